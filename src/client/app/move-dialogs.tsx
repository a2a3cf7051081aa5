import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { readOpenChapters, readShownChapters } from '../features/chapters/chapter-changes.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { findPrevious } from '../features/chapters/place-chapter.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import type { MoveOption } from '../features/videos/components/move-dialog.tsx'
import { useMoveVideos } from '../features/videos/move-videos.ts'
import { useReveal } from '../features/videos/reveal.store.ts'
import { closeDialog } from './dialog.store.ts'
import { MoveDialog } from './dialog-code.ts'
import { moveChapterAfter } from './move-chapters.ts'

type VideoMoveProps = { chapter: Chapter; videos: readonly Video[] }

/** Moves videos to the end of a chapter, or to the start of their own. */
export function VideoMove({ chapter, videos }: VideoMoveProps) {
  const move = useMoveVideos()
  const [first] = videos
  const isTogether = videos.every(({ chapterId }) => chapterId === first?.chapterId)
  const open = readOpenChapters(useQueryClient(), chapter.courseId)
  const chapters = open.length > 0 ? open : [chapter]
  const currentId = isTogether && first ? first.chapterId : null
  const options = chapters.flatMap((chapter) => listEnds(chapter, currentId))
  return (
    <MoveDialog
      subject={videos.length === 1 && first ? first.filename : formatCount(videos.length, 'video')}
      options={options}
      onMove={(optionId) => {
        const option = options.find(({ id }) => id === optionId)
        if (!option) return
        move(videos, option.chapterId, option.end)
        useCollapsed.getState().expand(option.chapterId)
        closeDialog()
        if (first) useReveal.getState().reveal(first.id)
      }}
      onClose={closeDialog}
    />
  )
}

interface End extends MoveOption {
  chapterId: string
  end: 'start' | 'end'
}

function listEnds({ id, title }: Chapter, currentId: string | null): End[] {
  const end: End = { id, label: title, chapterId: id, end: 'end' }
  if (id !== currentId) return [end]
  return [
    { ...end, id: `${id} start`, label: `Start of ${isolate(title)}`, end: 'start' },
    { ...end, label: `End of ${isolate(title)}` },
  ]
}

/** The id of the option for the start of the course. */
const startId = 'start'

/** Moves a chapter to the start of its course, or after another chapter. */
export function ChapterMove({ chapter }: { chapter: Chapter }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const chapters = readShownChapters(queryClient, chapter.courseId)
  const currentId = findPrevious(chapters, chapter.id) ?? startId
  const options: MoveOption[] = [
    { id: startId, label: 'Start of the course' },
    ...chapters.map(({ id, title }) => ({ id, label: `After ${isolate(title)}` })),
  ]
  return (
    <MoveDialog
      subject={chapter.title}
      options={options.filter(({ id }) => id !== chapter.id && id !== currentId)}
      onMove={(id) => {
        closeDialog()
        moveChapterAfter(queryClient, authoring, chapter, id === startId ? null : id)
      }}
      onClose={closeDialog}
    />
  )
}
