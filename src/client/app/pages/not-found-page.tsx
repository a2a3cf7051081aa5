import { Link } from '@tanstack/react-router'
import { EmptyState } from '#ui/feedback.tsx'
import { SearchIcon } from '#ui/icons.tsx'
import { paths } from '../paths.ts'

export const NotFoundPage = () => (
  <>
    <title>Not found · Lectern</title>
    <h1 tabIndex={-1} className="sr-only">
      Not found
    </h1>
    <EmptyState icon={<SearchIcon />} title="There is nothing here">
      It may have been removed.{' '}
      <Link to={paths.courses} className="text-accent underline underline-offset-2">
        See all courses
      </Link>
    </EmptyState>
  </>
)
