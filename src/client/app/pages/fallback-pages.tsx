import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { EmptyState, ErrorNotice, Skeleton } from '#ui/feedback.tsx'
import { SearchIcon } from '#ui/icons.tsx'
import { describeError } from '../../lib/http.ts'

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

export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  return (
    <>
      <title>Error · Lectern</title>
      <h1 tabIndex={-1} className="mb-4 text-2xl font-semibold tracking-tight">
        This page couldn’t be loaded
      </h1>
      <ErrorNotice
        title="Your work is safe."
        reason={describeError(error)}
        onRetry={() => {
          reset()
          return router.invalidate()
        }}
      />
    </>
  )
}

export const NotFoundPage = () => (
  <>
    <title>Page not found · Lectern</title>
    <h1 tabIndex={-1} className="sr-only">
      Page not found
    </h1>
    <EmptyState icon={<SearchIcon />} title="This page doesn’t exist">
      It may have been removed.{' '}
      <Link to="/" className="text-accent underline underline-offset-2">
        See all courses
      </Link>
    </EmptyState>
  </>
)
