import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { ModalDialog } from './dialog.tsx'

type ConfirmDialogProps = {
  title: string
  /** What is lost, and what is kept. */
  children: ReactNode
  confirmLabel: string
  onConfirm: () => void
  onClose: () => void
}

export const ConfirmDialog = ({
  title,
  children,
  confirmLabel,
  onConfirm,
  onClose,
}: ConfirmDialogProps) => (
  <ModalDialog title={title} size="small" role="alertdialog" onClose={onClose}>
    <div className="px-5 pb-5 text-ink-soft max-sm:px-4">{children}</div>
    <footer className="flex justify-end gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="danger"
        onClick={() => {
          onClose()
          onConfirm()
        }}
      >
        {confirmLabel}
      </Button>
    </footer>
  </ModalDialog>
)
