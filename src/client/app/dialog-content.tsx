import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { readOpenChapters } from '../features/chapters/chapter-changes.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { usePicker } from '../features/media/picker.store.ts'
import { useAddVideos } from '../features/videos/add-videos.ts'
import { useMoveVideos } from '../features/videos/move-videos.ts'
import { useReveal } from '../features/videos/reveal.store.ts'
import { useLinkedMedia } from '../features/videos/use-chapter.ts'
import { closeDialog, type OpenDialog, useDialog } from './dialog.store.ts'
import {
  AssetDetails,
  AssetRemoval,
  ChapterMenu,
  ChapterPlayer,
  FoldersDialog,
  MediaLibrary,
  MissingCaptions,
  MoveDialog,
  OutlineSheet,
  UnsavedPopover,
  VideoRenaming,
} from './dialog-code.ts'
import { CommandPalette, ShortcutsDialog, VideoSearch } from './keys/key-dialogs.tsx'
import { ChapterRemoval, CourseRemoval } from './removal-dialogs.tsx'
import { UploadButton } from './uploads/upload-button.tsx'

/** The content of the open dialog. */
export function DialogContent({ dialog }: { dialog: OpenDialog }) {
  switch (dialog.kind) {
    case 'media-library':
      return <ChapterMediaLibrary chapter={dialog.chapter} />
    case 'player':
      return <ChapterPlayer video={dialog.video} />
    case 'move':
      return <VideoMove chapter={dialog.chapter} videos={dialog.videos} />
    case 'renaming':
      return <VideoRenaming videos={dialog.videos} names={dialog.names} onClose={closeDialog} />
    case 'chapter-menu':
      return <ChapterMenu chapter={dialog.chapter} onClose={closeDialog} />
    case 'chapter-removal':
      return <ChapterRemoval chapter={dialog.chapter} />
    case 'course-removal':
      return <CourseRemoval course={dialog.course} />
    case 'outline':
      return <OutlineSheet courseId={dialog.courseId} onClose={closeDialog} />
    case 'folders':
      return <FoldersDialog chapter={dialog.chapter} groups={dialog.groups} onClose={closeDialog} />
    case 'asset':
      return <AssetDetails asset={dialog.asset} remove={dialog.remove} />
    case 'captions':
      return <MissingCaptions courseId={dialog.courseId} onClose={closeDialog} />
    case 'asset-removal':
      return <AssetRemoval assets={dialog.assets} remove={dialog.remove} />
    case 'unsaved':
      return <UnsavedPopover onClose={closeDialog} />
    case 'commands':
      return (
        <CommandPalette courseId={dialog.courseId} initial={dialog.typed} onClose={closeDialog} />
      )
    case 'course-search':
      return <VideoSearch courseId={dialog.courseId} onClose={closeDialog} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={closeDialog} />
  }
}

function ChapterMediaLibrary({ chapter }: { chapter: Chapter }) {
  const { ids, query } = useLinkedMedia(chapter.id)
  const addVideos = useAddVideos(chapter.id)
  return (
    <MediaLibrary
      chapter={chapter}
      linkedMediaIds={ids}
      chapterFailure={query.isError ? query : undefined}
      onAdd={(picks) => {
        addVideos([...picks])
        useCollapsed.getState().expand(chapter.id)
        usePicker.getState().clear()
        closeDialog()
      }}
      onPreview={useDialog.getState().preview}
      onClose={closeDialog}
      actions={<UploadButton />}
    />
  )
}

type VideoMoveProps = { chapter: Chapter; videos: readonly Video[] }

function VideoMove({ chapter, videos }: VideoMoveProps) {
  const move = useMoveVideos()
  const [first] = videos
  const isTogether = videos.every(({ chapterId }) => chapterId === first?.chapterId)
  const chapters = readOpenChapters(useQueryClient(), chapter.courseId)
  return (
    <MoveDialog
      subject={videos.length === 1 && first ? first.filename : formatCount(videos.length, 'video')}
      chapters={chapters.length > 0 ? chapters : [chapter]}
      currentId={isTogether && first ? first.chapterId : null}
      onMove={({ id }, end) => {
        move(videos, id, end)
        useCollapsed.getState().expand(id)
        closeDialog()
        if (first) useReveal.getState().reveal(first.id)
      }}
      onClose={closeDialog}
    />
  )
}
