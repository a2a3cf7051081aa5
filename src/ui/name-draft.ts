import { createFormControl } from 'react-hook-form'
import { create } from 'zustand'

/** A name that someone else has set since the editor was opened. */
export interface OtherName {
  name: string
  version: number
}

/** The text that is being typed for a name. It outlives the page that shows it. */
export interface NameDraft {
  formControl: ReturnType<typeof createFormControl<{ name: string }>>['formControl']
  /** The name that the editor was opened with. */
  initial: string
  /** The version of that name, which the new one replaces. */
  version: number
  /** The form is hidden while its name is being saved. If that fails, the form says why. */
  status: 'open' | 'saving' | 'failed'
  /** The latest name that is being saved, also while the form is open again. */
  pending: { name: string } | undefined
  wasFocused: boolean
  /** The name that conflicts with the new one: the user has to choose between the two. */
  other: OtherName | undefined
  /** Names that were sent, but perhaps not saved: the responses were lost. */
  sent: readonly string[]
}

type NameDrafts = {
  drafts: Readonly<Record<string, NameDraft>>
  /** Opens an editor, or shows the form again whose name is being saved. */
  open: (key: string, initial: string, version: number) => void
  update: (key: string, change: Partial<NameDraft>) => void
  /** Discards what was typed since the last save. */
  cancel: (key: string) => void
  close: (key: string) => void
}

/** The editors of names that are open or being saved, by a key that the caller chooses. */
export const useNameDrafts = create<NameDrafts>()((set, get) => ({
  drafts: {},
  open: (key, initial, version) => {
    const draft = get().drafts[key]
    if (draft?.pending) return get().update(key, { status: 'open', wasFocused: false })
    set(({ drafts }) => ({ drafts: { ...drafts, [key]: createNameDraft(initial, version) } }))
  },
  update: (key, change) =>
    set(({ drafts }) => {
      const draft = drafts[key]
      return draft ? { drafts: { ...drafts, [key]: { ...draft, ...change } } } : {}
    }),
  cancel: (key) => {
    const draft = get().drafts[key]
    if (!draft?.pending) return get().close(key)
    draft.formControl.reset({ name: draft.pending.name })
    get().update(key, { status: 'saving' })
  },
  close: (key) => set(({ drafts: { [key]: _, ...drafts } }) => ({ drafts })),
}))

/** Whether the editor of a name is open, by its key. */
export const useIsNameDrafted = (key: string): boolean =>
  useNameDrafts(({ drafts: { [key]: draft } }) => draft !== undefined && draft.status !== 'saving')

/** The name that is being saved in place of another, by the key of its editor. */
export const useSavingName = (key: string): string | undefined =>
  useNameDrafts(({ drafts }) => drafts[key]?.pending?.name)

/** Discards a name that is being saved, as it was undone, unless its form is open again. */
export function discardSaving(key: string): void {
  const { drafts, close } = useNameDrafts.getState()
  if (drafts[key]?.status === 'saving') close(key)
}

function createNameDraft(initial = '', version = 0): NameDraft {
  const { formControl } = createFormControl({ defaultValues: { name: initial } })
  return {
    formControl,
    initial,
    version,
    status: 'open',
    pending: undefined,
    wasFocused: false,
    other: undefined,
    sent: [],
  }
}

const newNames = new Map<string, NameDraft>()

/** The draft of a new name, which starts empty and lasts as long as the page. */
export function newNameDraft(key: string): NameDraft {
  const draft = newNames.get(key) ?? createNameDraft()
  newNames.set(key, draft)
  return draft
}

/** Empties the field of a new name. */
export const clearNewName = (key: string) => newNames.get(key)?.formControl.reset({ name: '' })

/** The keys of the drafts whose text is not saved. */
export const listTypedNames = (): string[] =>
  [...newNames, ...Object.entries(useNameDrafts.getState().drafts)]
    .filter(([, { formControl, initial }]) => formControl.getValues('name') !== initial)
    .map(([key]) => key)

/** The text of a draft, in the form that is stored beyond the page. */
export interface KeptName {
  key: string
  text: string
  initial: string
  version: number
  isNew: boolean
  /** Left out if there are none. */
  sent?: readonly string[]
}

/** Reads the drafts to be stored. */
export const readNameDrafts = (): KeptName[] => [
  ...[...newNames]
    .map(([key, draft]) => toKept(key, draft, true))
    // An empty field is shown without a stored draft, too.
    .filter(({ text }) => text !== ''),
  ...Object.entries(useNameDrafts.getState().drafts).map(([key, draft]) =>
    toKept(key, draft, false),
  ),
]

const toKept = (
  key: string,
  { formControl, initial, version, sent }: NameDraft,
  isNew: boolean,
): KeptName => ({
  key,
  text: formControl.getValues('name'),
  initial,
  version,
  isNew,
  ...(sent.length > 0 && { sent }),
})

/**
 * Restores what was typed on an earlier page, unless something else has been typed in its place.
 * @returns the texts that were not restored
 */
export const resumeNameDrafts = (names: readonly KeptName[]): string[] =>
  names.flatMap((name) => (resumeNameDraft(name) ? [] : [name.text]))

function resumeNameDraft(kept: KeptName): boolean {
  const { key, text, initial, version, isNew, sent = [] } = kept
  const { drafts, open, update } = useNameDrafts.getState()
  const draft = isNew ? newNameDraft(key) : drafts[key]
  if (!draft) {
    open(key, initial, version)
    update(key, { wasFocused: true })
    return resumeNameDraft(kept)
  }
  const typed = draft.formControl.getValues('name')
  if (typed !== draft.initial) return typed === text
  draft.formControl.reset({ name: text })
  if (!isNew) update(key, { initial, version, sent })
  return true
}

/** Forgets everything that was typed. */
export function clearNameDrafts(): void {
  newNames.clear()
  useNameDrafts.setState(useNameDrafts.getInitialState(), true)
}
