import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Chapter } from '#contract/chapters.ts'
import { isolate } from '#shared/isolate.ts'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { moveFocusOnUnmount } from '#ui/focus.ts'
import { BackIcon, FilmIcon } from '#ui/icons.tsx'
import { listTypedNames } from '#ui/name-draft.ts'
import { AppendChapterForm } from '../../features/chapters/components/append-chapter-form.tsx'
import { appendChapterDraftKey } from '../../features/chapters/new-chapters.store.ts'
import { useShownChapters } from '../../features/chapters/use-shown-chapters.ts'
import { courseQuery } from '../../features/courses/api/get-course.ts'
import { CourseFailureNotice } from '../../features/courses/components/course-failure-notice.tsx'
import { CourseHeading } from '../../features/courses/components/course-heading.tsx'
import { useShownCourse } from '../../features/courses/course-changes.ts'
import { toSummary } from '../../features/courses/to-summary.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { isGone } from '../../lib/http.ts'
import { addChapter, ignore } from '../chapter-operations.ts'
import { CourseChapters } from '../course-chapters.tsx'
import {
  restoreCourseAndRetry,
  retitleTypedCourse,
  retryCourseChange,
} from '../course-operations.ts'
import { CourseTotals } from '../course-totals.tsx'
import { CourseVideos } from '../course-videos.tsx'
import { SearchButton } from '../keys/search-button.tsx'
import { LinkedPlace } from '../linked-place.tsx'
import { CourseOutline, OutlineButton } from '../outline/course-outline.tsx'

const none: readonly Chapter[] = []

const route = getRouteApi('/courses/$courseId')

export function CoursePage() {
  const { courseId } = route.useParams()
  const { data: course, error } = useSuspenseQuery(courseQuery(courseId))
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { title, failure } = useShownCourse(course)
  const isRemoved = isGone(error)
  const { chapters, changes } = useShownChapters(course)

  return (
    <>
      <title>{`${isolate(title)} · Lectern`}</title>
      <Link
        to="/"
        className="-ml-1 inline-flex h-8 items-center gap-1 rounded-md px-1 text-ink-soft hover:text-ink max-sm:h-10 [&_svg]:size-4"
      >
        <BackIcon />
        Courses
      </Link>
      <div className="mb-6">
        <CourseHeading
          course={{ ...course, title }}
          onRetitle={(typed) =>
            retitleTypedCourse(queryClient, authoring, toSummary({ ...course, title }), typed)
          }
        />
        {chapters.length > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <CourseTotals chapters={chapters} />
            {!isRemoved && (
              <span className="flex gap-1">
                {chapters.length > 1 && <OutlineButton courseId={courseId} />}
                <SearchButton courseId={courseId} />
              </span>
            )}
          </div>
        )}
      </div>
      {isRemoved && (
        <div className="mb-6">
          <ErrorNotice
            title="This course was removed by someone else."
            reason="Your changes are still here."
            onRetry={() =>
              void restoreCourseAndRetry(queryClient, authoring, toSummary(course)).catch(ignore)
            }
            retryLabel="Restore course"
          />
        </div>
      )}
      <LinkedPlace course={course} />
      {failure && (
        <CourseFailureNotice
          key={failure.number}
          failure={failure}
          className="mb-6"
          onTryAgain={(change) => retryCourseChange(queryClient, authoring, change)}
        />
      )}
      {chapters.length === 0 && (
        <EmptyState icon={<FilmIcon />} title={isRemoved ? 'No chapters' : 'No chapters yet'}>
          {isRemoved ? undefined : 'Give the first one a title, then add videos to it.'}
        </EmptyState>
      )}
      <div className="relative">
        <CourseOutline
          chapters={chapters}
          removedElsewhere={course.removedElsewhere ?? none}
          isCourseRemoved={isRemoved}
        />
        <CourseVideos chapters={chapters}>
          <CourseChapters
            courseId={courseId}
            chapters={chapters}
            changes={changes}
            removedElsewhere={course.removedElsewhere ?? none}
            isCourseRemoved={isRemoved}
          />
        </CourseVideos>
      </div>
      {(!isRemoved || listTypedNames().includes(appendChapterDraftKey(courseId))) && (
        <div ref={moveFocusOnUnmount} className="mt-6">
          <AppendChapterForm
            courseId={courseId}
            create={(chapter) => addChapter(queryClient, authoring, chapter)}
          />
        </div>
      )}
    </>
  )
}
