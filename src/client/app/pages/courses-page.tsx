import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#ui/feedback.tsx'
import { CourseCard } from '../../features/courses/components/course-card.tsx'
import { CourseFailureNotice } from '../../features/courses/components/course-failure-notice.tsx'
import { CreateCourseForm } from '../../features/courses/components/create-course-form.tsx'
import { useShownCourses } from '../../features/courses/course-changes.ts'
import type { CourseChange } from '../../features/courses/fold-courses.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import {
  duplicateWithChapters,
  retitleTypedCourse,
  retryCourseChange,
} from '../course-operations.ts'
import { useDialog } from '../dialog.store.ts'
import { LecternIcon } from '../lectern-icon.ts'
import { RemovedCourseNotice } from '../removed-course-notice.tsx'

export function CoursesPage() {
  const { courses, removedIds, failures } = useShownCourses()
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const open = useDialog((state) => state.open)
  const shownIds = new Set(courses.map(({ id }) => id))
  const failedRestores = [...failures].flatMap(([id, failure]) =>
    shownIds.has(id) ? [] : [failure],
  )
  const tryAgain = (change: CourseChange) => retryCourseChange(queryClient, authoring, change)
  return (
    <>
      <title>Courses · Lectern</title>
      <h1 tabIndex={-1} className="mb-5 text-2xl font-semibold tracking-tight">
        Courses
      </h1>
      <CreateCourseForm />
      {courses.length === 0 && (
        <EmptyState icon={<LecternIcon />} title="No courses yet">
          Enter a title above to create one. Then add chapters and videos.
        </EmptyState>
      )}
      <ul className="mt-6 flex flex-col gap-3">
        {courses.map((course) => (
          <CourseCard
            key={course.id}
            course={course}
            link={
              <Link
                to="/courses/$courseId"
                params={{ courseId: course.id }}
                className="rounded-sm after:absolute after:inset-0 after:rounded-xl"
              >
                {course.title}
              </Link>
            }
            failure={failures.get(course.id)}
            removedNotice={
              removedIds.has(course.id) && (
                <RemovedCourseNotice course={course} failure={failures.get(course.id)} />
              )
            }
            onDuplicate={() => duplicateWithChapters(queryClient, authoring, course)}
            onRemove={() => open({ kind: 'course-removal', course })}
            onRetitle={(typed) => retitleTypedCourse(queryClient, authoring, course, typed)}
            onTryAgain={tryAgain}
          />
        ))}
      </ul>
      {failedRestores.map((failure) => (
        <CourseFailureNotice
          key={failure.number}
          failure={failure}
          className="mt-3"
          onTryAgain={tryAgain}
        />
      ))}
    </>
  )
}
