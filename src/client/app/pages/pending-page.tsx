import { Skeleton } from '#ui/feedback.tsx'

export const PendingPage = () => (
  <>
    <h1 tabIndex={-1} className="sr-only">
      Loading
    </h1>
    <div role="status" aria-label="Loading">
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="mt-8 h-40" />
      <Skeleton className="mt-4 h-40" />
    </div>
  </>
)
