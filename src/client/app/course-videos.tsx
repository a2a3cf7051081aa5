import type { ReactNode } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { SelectableVideos } from '../features/videos/components/selectable-videos.tsx'
import { useDialog } from './dialog.store.ts'

type CourseVideosProps = {
  chapters: readonly Chapter[]
  /** Renders the chapters. */
  children: ReactNode
}

/** Wraps the chapters of a course page, so that videos are selected and moved across chapters. */
export function CourseVideos({ chapters, children }: CourseVideosProps) {
  const move = (videos: readonly Video[]) => {
    const chapter = chapters.find(({ id }) => id === videos[0]?.chapterId)
    if (chapter) useDialog.getState().open({ kind: 'move', chapter, videos })
  }
  return (
    <SelectableVideos
      chapterIds={chapters.map(({ id }) => id)}
      isCollapsed={(chapterId) => useCollapsed.getState().collapsed[chapterId] === true}
      onExpand={(chapterId) => useCollapsed.getState().expand(chapterId)}
      onMove={move}
      onRename={(videos) => useDialog.getState().open({ kind: 'renaming', videos })}
    >
      {children}
    </SelectableVideos>
  )
}
