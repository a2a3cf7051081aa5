import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorNotice } from '#ui/feedback.tsx'
import { errorMessage } from '../../lib/http.ts'

export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  return (
    <>
      <title>Not loaded · Lectern</title>
      <h1 tabIndex={-1} className="mb-4 text-2xl font-semibold tracking-tight">
        This page did not load
      </h1>
      <ErrorNotice
        title="Nothing is lost."
        reason={errorMessage(error)}
        onRetry={() => {
          reset()
          return router.invalidate()
        }}
      />
    </>
  )
}
