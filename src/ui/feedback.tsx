import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { moveFocusOnUnmount } from './focus.ts'
import { SpinnerIcon, WarningIcon } from './icons.tsx'

type EmptyStateProps = { icon: ReactNode; title: string; children?: ReactNode }

/** Stands in for an empty list: says what is missing and how to add it. */
export const EmptyState = ({ icon, title, children }: EmptyStateProps) => (
  <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
    <span className="mb-2 grid size-10 place-items-center rounded-full bg-hover text-ink-soft">
      {icon}
    </span>
    <p className="font-medium">{title}</p>
    {children !== undefined && <div className="max-w-sm text-ink-soft">{children}</div>}
  </div>
)

type ErrorNoticeProps = {
  title: string
  reason: string
  onRetry?: () => unknown
  retryLabel?: string
  onClose?: () => void
}

/** An error in one part of the page, with a way to try again. */
export const ErrorNotice = ({
  title,
  reason,
  onRetry,
  retryLabel = 'Try again',
  onClose,
}: ErrorNoticeProps) => (
  <div
    ref={moveFocusOnUnmount}
    role="alert"
    className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-danger/30 bg-danger-soft px-3 py-2"
  >
    <WarningIcon className="size-5 text-danger" />
    <p className="min-w-0 flex-1 basis-48">
      <strong className="font-medium">{title}</strong>{' '}
      <span className="text-ink-soft">{reason}</span>
    </p>
    {onRetry && (
      <Button size="small" onClick={onRetry}>
        {retryLabel}
      </Button>
    )}
    {onClose && (
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    )}
  </div>
)

/** Says that something is under way, once that has taken longer than usual. */
export const Working = () => (
  <span className="inline-flex animate-appear-late items-center gap-1.5">
    <SpinnerIcon />
    <span>One moment…</span>
  </span>
)

/** A placeholder with the size of the content that is loading. */
export const Skeleton = ({ className }: { className: string }) => (
  <div className={`rounded-md bg-hover motion-safe:animate-pulse ${className}`} />
)
