import { useMemo, useRef } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { ModalDialog } from '#ui/dialog.tsx'
import { useThrottled } from '#ui/use-throttled.ts'
import { useAuthoring } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import type { Rename } from '../record-changes.ts'
import { checkNames, type PlannedName } from './check-names.ts'
import { NamePreview, type PreviewHandle } from './name-preview.tsx'
import { dropRenameDraft, findRenameDraft } from './rename-draft.ts'
import { RenameFields } from './rename-fields.tsx'
import { readRules } from './rename-values.ts'
import { useNewNames } from './use-new-names.ts'

export interface RenameDialogProps {
  /** In the order they are numbered. */
  videos: readonly ShownVideo[]
  /** The names of their chapters' other videos. */
  others: readonly ShownVideo[]
  /** New names to start with, one per line. */
  names?: string | undefined
  onRename: (renames: Rename<ShownVideo>[]) => void
  onClose: () => void
}

/**
 * Renames many videos by rules, with a preview of each name. The settings are kept if the dialog is
 * closed without renaming.
 */
export function RenameDialog(props: RenameDialogProps) {
  const { videos, others, onRename, onClose } = props
  const authoring = useAuthoring()
  const draft = findRenameDraft(authoring, videos, props.names)
  const form = useForm({ formControl: draft.formControl })
  const values = useWatch({ control: form.control })
  const { rules, errors } = useMemo(
    () => readRules({ ...form.getValues(), ...values }, navigator.language),
    [form, values],
  )
  const shown = useMemo(() => videos.map(({ filename }) => filename), [videos])
  const { filenames, isPending, problem } = useNewNames(shown, rules)
  const names = useMemo(() => checkNames(videos, filenames, others), [videos, filenames, others])
  const preview = useRef<PreviewHandle>(null)
  const firstInvalid = names.findIndex(({ status }) => status === 'invalid')
  const hasFieldErrors = problem !== undefined || Object.keys(errors).length > 0
  const changed = names.filter(({ status }) => status === 'changed' || status === 'taken')
  const canRename = !hasFieldErrors && !isPending && firstInvalid < 0 && changed.length > 0
  const status = useThrottled(describeStatus(names, { hasFieldErrors, isPending }))

  function rename() {
    if (!canRename) return
    dropRenameDraft(authoring)
    onRename(changed.map(({ video, filename }) => ({ video, filename })))
  }

  return (
    <ModalDialog
      title={`Rename ${formatCount(videos.length, 'video')}`}
      size="full"
      onClose={onClose}
    >
      <form
        noValidate
        className="flex flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          rename()
        }}
      >
        <RenameFields
          form={form}
          errors={problem === undefined ? errors : { ...errors, find: problem }}
          videoCount={videos.length}
        />
        <NamePreview ref={preview} names={names} />
        <footer className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-raised px-5 py-3 max-sm:px-4 [@media(height>=30rem)]:sticky [@media(height>=30rem)]:bottom-0">
          <p role="status" id={statusId} className="min-w-0 flex-1 basis-48 text-ink-soft">
            {status}
          </p>
          {firstInvalid >= 0 && (
            <Button variant="quiet" onClick={() => preview.current?.scrollTo(firstInvalid)}>
              Show first problem
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            aria-disabled={!canRename}
            aria-describedby={statusId}
          >
            Apply
          </Button>
        </footer>
      </form>
    </ModalDialog>
  )
}

/** Unique, since only one dialog is open at a time. */
const statusId = 'rename-status'

interface FormState {
  /** A field of the form shows an error. */
  hasFieldErrors: boolean
  isPending: boolean
}

/** Describes what applying would do, or why it can't be done. */
function describeStatus(
  names: readonly PlannedName[],
  { hasFieldErrors, isPending }: FormState,
): string {
  if (hasFieldErrors) return 'Fix the errors above.'
  if (isPending) return 'Updating preview…'
  const count = (wanted: PlannedName['status']) =>
    names.filter(({ status }) => status === wanted).length
  const invalid = count('invalid')
  if (invalid > 0) {
    return `${formatCount(invalid, 'name')} can’t be used. Change the rules, or leave ${invalid === 1 ? 'its video' : 'their videos'} out.`
  }
  const taken = count('taken')
  const changed = count('changed') + taken
  if (changed === 0) return 'No names will change yet.'
  const changes = `${formatCount(changed, 'name')} will change`
  if (taken === 0) return `${changes}.`
  return `${changes}; ${taken} will be used more than once in the chapter.`
}
