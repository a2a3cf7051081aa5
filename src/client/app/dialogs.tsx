import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Button } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { describeError } from '../lib/http.ts'
import { closeDialog, useDialog } from './dialog.store.ts'
import { AssetPreview, dialogComponents } from './dialog-code.ts'
import { DialogContent } from './dialog-content.tsx'

/** The open dialog, if any, and over it the previewed asset. */
export function Dialogs() {
  const { dialog, previewed, endPreview } = useDialog()
  return (
    <>
      {dialog && (
        <CatchBoundary getResetKey={() => JSON.stringify(dialog)} errorComponent={DialogError}>
          <Suspense fallback={<OpeningNotice onCancel={closeDialog} />}>
            <DialogContent dialog={dialog} />
          </Suspense>
        </CatchBoundary>
      )}
      {previewed && (
        <CatchBoundary getResetKey={() => previewed.id} errorComponent={DialogError}>
          <Suspense fallback={<OpeningNotice onCancel={endPreview} />}>
            <AssetPreview asset={previewed} onClose={endPreview} />
          </Suspense>
        </CatchBoundary>
      )}
    </>
  )
}

/** Acknowledges the press, once opening takes noticeably long. */
const OpeningNotice = ({ onCancel }: { onCancel: () => void }) => (
  <div className={`${noticeClass} flex animate-appear-late items-center gap-2 px-3 py-2`}>
    <p role="status" className="flex min-w-0 flex-1 items-center gap-2">
      <SpinnerIcon className="size-4 text-ink-soft" />
      <span>Opening…</span>
    </p>
    <Button size="small" onClick={onCancel}>
      Cancel
    </Button>
  </div>
)

function DialogError({ error, reset }: ErrorComponentProps) {
  const forgetFailure = () => {
    for (const component of dialogComponents) component.forgetFailure()
  }
  return (
    <div className={noticeClass}>
      <ErrorNotice
        title="This couldn’t be opened."
        reason={describeError(error)}
        onRetry={() => {
          forgetFailure()
          reset()
        }}
        onClose={() => {
          forgetFailure()
          closeDialog()
        }}
      />
    </div>
  )
}

const noticeClass =
  'fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl rounded-lg border border-line bg-raised shadow-floating'
