import { useQueryClient } from '@tanstack/react-query'
import { forgetChange } from '#client/lib/changes.ts'
import { describeError } from '#client/lib/http.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import type { MadeCourseChange } from '../course-changes.ts'
import type { CourseChange } from '../fold-courses.ts'

const titles: Record<CourseChange['kind'], string> = {
  remove: 'The course couldn’t be removed.',
  restore: 'The course couldn’t be restored.',
  retitle: 'The course couldn’t be renamed.',
  duplicate: 'The course couldn’t be duplicated.',
}

type CourseFailureNoticeProps = {
  failure: MadeCourseChange
  className: string
  /** Retries the failed change. */
  onTryAgain: (change: CourseChange) => void
}

/** Reports which change failed; the course itself looks as it did before. */
export function CourseFailureNotice(props: CourseFailureNoticeProps) {
  const { failure, className, onTryAgain } = props
  const queryClient = useQueryClient()
  const { change, error } = failure
  const forget = () => forgetChange(queryClient, failure)
  return (
    <div className={className}>
      <ErrorNotice
        title={titles[change.kind]}
        reason={describeError(error)}
        onRetry={() => {
          forget()
          onTryAgain(change)
        }}
        onClose={() => restoreFocusAfter(forget, () => null)}
      />
    </div>
  )
}
