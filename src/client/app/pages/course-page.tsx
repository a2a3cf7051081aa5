import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { EmptyState } from '#ui/feedback.tsx'
import { BackIcon, FilmIcon } from '#ui/icons.tsx'
import { CreateChapterForm } from '../../features/chapters/components/create-chapter-form.tsx'
import { courseQuery } from '../../features/courses/api/get-course.ts'
import { CourseHeading } from '../../features/courses/components/course-heading.tsx'
import { CourseChapter } from '../course-chapter.tsx'

const route = getRouteApi('/courses/$courseId')

export function CoursePage() {
  const { courseId } = route.useParams()
  const { data: course } = useSuspenseQuery(courseQuery(courseId))

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
          <p className="text-ink-soft">{formatCount(course.chapters.length, 'chapter')}</p>
        )}
      </div>
      {course.chapters.length === 0 && (
        <EmptyState icon={<FilmIcon />} title="No chapters yet">
          Give the first one a title, then add videos to it.
        </EmptyState>
      )}
      <div className="flex flex-col gap-4">
        {course.chapters.map((chapter) => (
          <CourseChapter key={chapter.id} chapter={chapter} />
        ))}
      </div>
      <div className="mt-6">
        <CreateChapterForm courseId={courseId} />
      </div>
    </>
  )
}
