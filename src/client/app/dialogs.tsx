import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { focusContent } from '#ui/focus.ts'
import { SpinnerIcon } from '#ui/icons.tsx'
import { describeError } from '../lib/http.ts'
import { forgetFailures } from '../lib/lazy-component.tsx'
import { closeDialog, useDialog } from './dialog.store.ts'
import { AssetPreview } from './dialog-code.ts'
import { DialogContent } from './dialog-content.tsx'

/** The open dialog, if any, and over it the previewed asset. */
export function Dialogs() {
  const { dialog, previewed, endPreview } = useDialog()
  return (
    <>
      {dialog && <FocusFallback />}
      {dialog && (
        <CatchBoundary getResetKey={() => JSON.stringify(dialog)} errorComponent={DialogError}>
          <Suspense fallback={<OpeningNotice onCancel={closeDialog} />}>
            <DialogContent dialog={dialog} />
          </Suspense>
        </CatchBoundary>
      )}
      {previewed && (
        <CatchBoundary getResetKey={() => previewed.id} errorComponent={PreviewError}>
          <Suspense fallback={<OpeningNotice onCancel={endPreview} />}>
            <AssetPreview asset={previewed} onClose={endPreview} />
          </Suspense>
        </CatchBoundary>
      )}
    </>
  )
}

/** Keeps the focus in the page if what opened the dialog is gone by the time it closes. */
function FocusFallback() {
  const [trigger] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After React Aria has tried to restore the focus.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && !trigger?.isConnected) focusContent()
      })
    },
    [trigger],
  )
  return null
}

/** Acknowledges the press, once opening takes noticeably long. */
const OpeningNotice = ({ onCancel }: { onCancel: () => void }) => (
  <Notice className="flex animate-appear-late items-center gap-2 px-3 py-2">
    <p role="status" className="flex min-w-0 flex-1 items-center gap-2">
      <SpinnerIcon className="size-4 text-ink-soft" />
      <span>Opening…</span>
    </p>
    <Button size="small" onClick={onCancel}>
      Cancel
    </Button>
  </Notice>
)

const DialogError = (props: ErrorComponentProps) => (
  <OpeningError {...props} onClose={closeDialog} />
)

const PreviewError = (props: ErrorComponentProps) => (
  <OpeningError {...props} onClose={useDialog.getState().endPreview} />
)

const OpeningError = ({ error, reset, onClose }: ErrorComponentProps & { onClose: () => void }) => (
  <Notice>
    <ErrorNotice
      title="This couldn’t be opened."
      reason={describeError(error)}
      onRetry={() => {
        forgetFailures()
        reset()
      }}
      onClose={() => {
        forgetFailures()
        onClose()
      }}
    />
  </Notice>
)

/** A notice over the open dialog, which makes everything inert but itself and what is marked so. */
const Notice = ({ className = '', children }: { className?: string; children: ReactNode }) =>
  createPortal(
    <div
      data-react-aria-top-layer
      className={`${className} fixed inset-x-4 bottom-4 z-50 mx-auto max-w-xl rounded-lg border border-line bg-raised shadow-floating`}
    >
      {children}
    </div>,
    document.body,
  )
