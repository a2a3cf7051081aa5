import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { isolate } from '#shared/isolate.ts'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { BackIcon, FilmIcon } from '#ui/icons.tsx'
import { CreateChapterForm } from '../../features/chapters/components/create-chapter-form.tsx'
import { useShownChapters } from '../../features/chapters/use-shown-chapters.ts'
import { courseQuery } from '../../features/courses/api/get-course.ts'
import { useRestoreCourse } from '../../features/courses/api/restore-course.ts'
import { CourseHeading } from '../../features/courses/components/course-heading.tsx'
import { errorMessage, isGone } from '../../lib/http.ts'
import { CourseChapters } from '../course-chapters.tsx'
import { CourseTotals } from '../course-totals.tsx'
import { CourseVideos } from '../course-videos.tsx'
import { SearchButton } from '../keys/search-button.tsx'

const route = getRouteApi('/courses/$courseId')

export function CoursePage() {
  const { courseId } = route.useParams()
  const { data: course, error } = useSuspenseQuery(courseQuery(courseId))
  const restore = useRestoreCourse(courseId)
  const isRemoved = isGone(error)
  const { chapters, changes } = useShownChapters(course)

  return (
    <>
      <title>{`${isolate(course.title)} · Lectern`}</title>
      <Link
        to="/"
        className="-ml-1 inline-flex h-8 items-center gap-1 rounded-md px-1 text-ink-soft hover:text-ink max-sm:h-10 [&_svg]:size-4"
      >
        <BackIcon />
        Courses
      </Link>
      <div className="mb-6">
        <CourseHeading course={course} />
        {course.chapters.length > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <CourseTotals chapters={course.chapters} />
            {!isRemoved && <SearchButton courseId={courseId} />}
          </div>
        )}
      </div>
      {isRemoved && (
        <div className="mb-6">
          <ErrorNotice
            title="This course was removed elsewhere."
            reason={
              restore.isError ? errorMessage(restore.error) : 'What you did in it stays here.'
            }
            onRetry={() => restore.mutate()}
            retryLabel="Bring it back"
          />
        </div>
      )}
      {chapters.length === 0 && (
        <EmptyState icon={<FilmIcon />} title="No chapters yet">
          Give the first one a title, then add videos to it.
        </EmptyState>
      )}
      <CourseVideos chapters={chapters}>
        <CourseChapters
          courseId={courseId}
          chapters={chapters}
          changes={changes}
          removedElsewhere={course.removedElsewhere ?? []}
          isCourseRemoved={isRemoved}
        />
      </CourseVideos>
      {!isRemoved && (
        <div className="mt-6">
          <CreateChapterForm courseId={courseId} />
        </div>
      )}
    </>
  )
}
