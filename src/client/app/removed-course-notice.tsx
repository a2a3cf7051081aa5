import { useQueryClient } from '@tanstack/react-query'
import type { CourseSummary } from '#contract/courses.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { useNameDrafts } from '#ui/name-draft.ts'
import { restoreCourse } from '../features/courses/api/restore-course.ts'
import type { MadeCourseChange } from '../features/courses/course-changes.ts'
import { courseDraftKey } from '../features/courses/course-draft.ts'
import { forgetChange } from '../lib/changes.ts'
import { describeError } from '../lib/http.ts'
import { ignore } from './chapter-operations.ts'
import { focusHeading } from './use-heading-focus.ts'

type RemovedCourseNoticeProps = {
  course: CourseSummary
  /** The last change to it, if that failed. */
  failure: MadeCourseChange | undefined
}

/** Says that someone else has removed a course whose title is being typed in the list. */
export function RemovedCourseNotice({ course, failure }: RemovedCourseNoticeProps) {
  const queryClient = useQueryClient()
  return (
    <ErrorNotice
      title="This course was removed by someone else."
      reason={
        failure?.change.kind === 'restore'
          ? describeError(failure.error)
          : 'The title you typed stays here until you close it.'
      }
      onRetry={() => void restoreCourse(queryClient, course).catch(ignore)}
      retryLabel="Restore course"
      onClose={() => {
        focusHeading()
        if (failure) forgetChange(queryClient, failure)
        useNameDrafts.getState().close(courseDraftKey(course.id))
      }}
    />
  )
}
