import type { ReactNode } from 'react'
import { Dialog, type DialogProps } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'

type Size = 'small' | 'wide' | 'full'

type ModalDialogProps = {
  title: string
  subtitle?: ReactNode
  size: Size
  role?: NonNullable<DialogProps['role']>
  onClose: () => void
  /** If given, Escape calls this instead of closing the dialog, such as to clear a search first. */
  onEscape?: (() => void) | undefined
  children: ReactNode
}

/**
 * A modal dialog, open while mounted. It has no exit animation, so that it is gone in the frame
 * that unmounts it. React Aria traps the focus and restores it on close.
 */
export const ModalDialog = ({
  title,
  subtitle,
  size,
  role = 'dialog',
  onClose,
  onEscape,
  children,
}: ModalDialogProps) => (
  <ModalOverlay
    isOpen
    isDismissable
    onOpenChange={(open) => !open && onClose()}
    className="fixed inset-0 z-40 flex animate-appear items-center justify-center bg-scrim p-6 max-sm:p-0"
  >
    <Modal className={`flex max-h-full outline-none ${sizeClasses[size]}`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: handles keys pressed in the dialog */}
      <div
        className="contents"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !onEscape) return
          event.stopPropagation()
          onEscape()
        }}
      >
        <Dialog
          role={role}
          // If the window is too low for its parts, the dialog scrolls as a whole.
          className="flex min-h-0 w-full flex-col overflow-x-hidden overflow-y-auto overscroll-contain rounded-xl border border-line bg-raised shadow-floating outline-none max-sm:rounded-none max-sm:border-0"
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3 max-sm:px-4">
            <div className="min-w-0 flex-1">
              <Heading
                slot="title"
                level={2}
                dir="auto"
                className="line-clamp-2 text-lg font-semibold"
              >
                {title}
              </Heading>
              {subtitle !== undefined && <p className="truncate text-ink-soft">{subtitle}</p>}
            </div>
            <span className="-mt-1 -mr-2">
              <IconButton label="Close" icon={<CloseIcon />} onClick={onClose} />
            </span>
          </header>
          {children}
        </Dialog>
      </div>
    </Modal>
  </ModalOverlay>
)

const sizeClasses: Record<Size, string> = {
  small: 'w-full max-w-md max-sm:self-end',
  wide: 'w-full max-w-4xl max-sm:h-full',
  full: 'h-full max-h-[800px] w-full max-w-[1120px] max-sm:max-h-none',
}
