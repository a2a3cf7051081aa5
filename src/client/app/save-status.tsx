import { useMatch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CheckIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import { useDialog } from './dialog.store.ts'
import {
  countUnsaved,
  describeSaving,
  type Unsaved,
  useFindPlace,
  useUnsaved,
} from './use-unsaved.ts'

/** The id of the button that opens the list of unsaved changes. */
export const saveStatusId = 'save-status'

/** Shows whether everything is saved, and opens the list of what is not. */
export function SaveStatus() {
  const isOpen = useDialog(({ dialog }) => dialog?.kind === 'unsaved')
  const unsaved = useUnsaved()
  const counts = countUnsaved(unsaved)
  const { icon, color } = stateStyles[findState(counts)]
  const number = counts.failed || counts.saving

  return (
    <>
      <button
        id={saveStatusId}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => useDialog.getState().open({ kind: 'unsaved' })}
        className={`flex h-8 items-center gap-1.5 rounded-md px-2 text-sm whitespace-nowrap tabular-nums transition-colors hover:bg-hover max-sm:h-10 max-[23rem]:px-1 ${color}`}
      >
        {icon}
        <span className="max-sm:sr-only">{describeSaving(counts)}</span>
        {number > 0 && (
          <span aria-hidden className="sm:hidden">
            {number}
          </span>
        )}
      </button>
      <ElsewhereNotice unsaved={unsaved} />
    </>
  )
}

type SaveState = 'saved' | 'saving' | 'failed'

function findState({ failed, saving }: ReturnType<typeof countUnsaved>): SaveState {
  if (failed > 0) return 'failed'
  return saving > 0 ? 'saving' : 'saved'
}

const stateStyles: Record<SaveState, { icon: ReactNode; color: string }> = {
  saved: { icon: <CheckIcon className="size-4" />, color: 'text-ink-soft' },
  saving: { icon: <SpinnerIcon className="size-4" />, color: 'text-ink-soft' },
  failed: { icon: <WarningIcon className="size-4" />, color: 'font-medium text-danger' },
}

/** Announces failures that no chapter's status line on this page announces. */
function ElsewhereNotice({ unsaved }: { unsaved: Unsaved }) {
  const findPlace = useFindPlace()
  const shown = useMatch({ from: '/courses/$courseId', shouldThrow: false })?.params.courseId
  const failed = unsaved.videos.filter(({ isFailed }) => isFailed)
  const elsewhere = failed.filter(({ chapterId }) => findPlace(chapterId).courseId !== shown)
  return (
    <span aria-live="polite" className="sr-only">
      {elsewhere.length > 0 ? describeSaving({ failed: elsewhere.length, saving: 0 }) : ''}
    </span>
  )
}
