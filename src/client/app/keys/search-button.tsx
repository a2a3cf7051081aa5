import { Button } from '#ui/button.tsx'
import { SearchIcon } from '#ui/icons.tsx'
import { useDialog } from '../dialog.store.ts'

/** Opens the search over a course's videos. */
export const SearchButton = ({ courseId }: { courseId: string }) => (
  <Button
    variant="quiet"
    size="small"
    icon={<SearchIcon />}
    onClick={() => useDialog.getState().open({ kind: 'course-search', courseId })}
  >
    Search this course
  </Button>
)
