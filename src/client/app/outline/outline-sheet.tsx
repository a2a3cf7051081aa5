import { useSuspenseQuery } from '@tanstack/react-query'
import { ModalDialog } from '#ui/dialog.tsx'
import { useShownChapters } from '../../features/chapters/use-shown-chapters.ts'
import { courseQuery } from '../../features/courses/api/get-course.ts'
import { useGoTo } from '../go-to.ts'
import { CollapseButton } from './collapse-button.tsx'
import { OutlineList } from './outline-list.tsx'

type OutlineSheetProps = { courseId: string; onClose: () => void }

const none: ReadonlySet<string> = new Set()

/** The outline over the page, for windows without room at the side. */
export function OutlineSheet({ courseId, onClose }: OutlineSheetProps) {
  const { data: course } = useSuspenseQuery(courseQuery(courseId))
  const { chapters } = useShownChapters(course)
  const { goToChapter } = useGoTo()
  return (
    <ModalDialog title="Outline" size="small" onClose={onClose}>
      <div className="min-h-0 overflow-y-auto px-3 pb-4">
        <CollapseButton chapters={chapters} />
        <OutlineList
          chapters={chapters}
          // No video can be dropped on it, as it covers the page.
          openIds={none}
          onJump={(chapter) => {
            onClose()
            void goToChapter(chapter)
          }}
          isMovable
        />
      </div>
    </ModalDialog>
  )
}
