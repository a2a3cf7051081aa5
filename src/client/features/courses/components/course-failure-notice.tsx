import { errorMessage } from '#client/lib/http.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { useCourseFailure } from '../course-changes.ts'
import type { CourseChange } from '../fold-courses.ts'

const titles: Record<CourseChange['kind'], string> = {
  remove: 'The course could not be removed.',
  restore: 'The course could not be brought back.',
  retitle: 'The course could not be renamed.',
}

type CourseFailureNoticeProps = {
  courseId: string
  className: string
  /** Makes the change that failed once more. */
  onTryAgain: (change: CourseChange) => void
}

/** Says which change of a course failed last, which looks as before. */
export function CourseFailureNotice(props: CourseFailureNoticeProps) {
  const { courseId, className, onTryAgain } = props
  const failure = useCourseFailure(courseId)
  if (!failure) return null
  const { change, error, forget } = failure
  return (
    <div className={className}>
      <ErrorNotice
        title={titles[change.kind]}
        reason={errorMessage(error)}
        onRetry={() => {
          forget()
          onTryAgain(change)
        }}
        onClose={forget}
      />
    </div>
  )
}
