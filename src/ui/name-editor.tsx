import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { CheckIcon, CloseIcon, SpinnerIcon } from './icons.tsx'
import { Name } from './name.tsx'
import { type NameDraft, type OtherName, useNameDrafts } from './name-draft.ts'
import { NameForm, type NameFormProps } from './name-form.tsx'

export type NameEditorProps = Pick<
  NameFormProps,
  'label' | 'schema' | 'errorMessage' | 'inputClassName' | 'selectionEnd'
> & {
  /** Identifies the named item among all items with names. */
  draftKey: string
  draft: NameDraft
  /** Saves a name that replaces the one of this version. */
  save: (name: string, version: number) => Promise<unknown>
  /** Reads the name that someone else has set meanwhile, if that is why `save` rejected. */
  readOtherName: (error: unknown) => OtherName | undefined
  /** Whether the name is certainly not saved, since `save` rejected with this error. */
  isRefused: (error: unknown) => boolean
  onClose: () => void
}

/** The form of a name, which also asks what to keep if someone else has set another name. */
export function NameEditor({
  draftKey,
  draft,
  save,
  readOtherName,
  isRefused,
  errorMessage,
  onClose,
  ...field
}: NameEditorProps) {
  const form = useRef<HTMLDivElement>(null)
  const update = (change: Partial<NameDraft>) => useNameDrafts.getState().update(draftKey, change)

  const saveDraft = async (typed: string) => {
    const { version, other: seen, sent } = useNameDrafts.getState().drafts[draftKey] ?? draft
    // An unchanged name does not conflict with one that someone else has set meanwhile.
    const isUnchanged = typed === draft.initial && !draft.other
    if (isUnchanged && sent.length === 0) return
    const known = [seen?.name ?? draft.initial, ...sent]
    try {
      await saveOver({ save, readOtherName }, typed, version, known)
    } catch (error) {
      const other = readOtherName(error)
      if (other && isUnchanged) return
      const mayBeSaved = !isRefused(error) && !sent.includes(typed)
      update({ other, ...(mayBeSaved && { sent: [...sent, typed] }) })
      throw error
    }
  }

  return (
    <div ref={form} className="flex min-w-0 flex-col gap-2">
      <NameForm
        {...field}
        draft={draft}
        takesFocus
        save={saveDraft}
        errorMessage={(error) =>
          readOtherName(error)
            ? 'Renamed by someone else. Which name do you want to keep?'
            : errorMessage(error)
        }
        onSaved={onClose}
        onCancel={onClose}
        actions={({ saving }) => (
          <span className="flex gap-1">
            <Button
              type="submit"
              variant="primary"
              icon={saving ? <SpinnerIcon /> : phoneIcon(<CheckIcon />)}
              aria-disabled={saving}
            >
              <span className="max-sm:sr-only">{saving ? 'Saving' : 'Save'}</span>
            </Button>
            <Button variant="quiet" icon={phoneIcon(<CloseIcon />)} onClick={onClose}>
              <span className="max-sm:sr-only">Cancel</span>
            </Button>
          </span>
        )}
      />
      {draft.other && (
        <OtherNameChoice
          other={draft.other}
          onKeepMine={() => {
            if (draft.other) update({ version: draft.other.version })
            form.current?.querySelector('form')?.requestSubmit()
          }}
          onTakeTheirs={onClose}
        />
      )}
    </div>
  )
}

/** On a phone, there is room for icons only. */
const phoneIcon = (icon: ReactNode) => <span className="contents sm:hidden">{icon}</span>

/**
 * Saves a name over another version, and over later ones in which nobody else has changed the name,
 * but something else, such as the position.
 * @param known the names that it may replace
 */
async function saveOver(
  editor: Pick<NameEditorProps, 'save' | 'readOtherName'>,
  typed: string,
  version: number,
  known: readonly string[],
): Promise<void> {
  try {
    await editor.save(typed, version)
  } catch (error) {
    const other = editor.readOtherName(error)
    // Both set the same name, or the response to an earlier attempt was lost.
    if (other?.name === typed) return
    if (!other || !known.includes(other.name) || other.version === version) throw error
    await saveOver(editor, typed, other.version, known)
  }
}

type OtherNameChoiceProps = { other: OtherName; onKeepMine: () => void; onTakeTheirs: () => void }

const OtherNameChoice = ({ other, onKeepMine, onTakeTheirs }: OtherNameChoiceProps) => (
  <div className="flex flex-wrap gap-2">
    <Button size="small" onClick={onKeepMine}>
      Keep mine
    </Button>
    <Button size="small" onClick={onTakeTheirs}>
      <span className="line-clamp-2 break-words">
        Theirs: <Name>{other.name}</Name>
      </span>
    </Button>
  </div>
)
