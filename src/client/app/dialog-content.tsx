import type { Chapter } from '#contract/chapters.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { usePicker } from '../features/media/picker.store.ts'
import { useAddVideos } from '../features/videos/add-videos.ts'
import { useLinkedMedia } from '../features/videos/use-chapter.ts'
import { closeDialog, type OpenDialog, useDialog } from './dialog.store.ts'
import {
  AssetDetails,
  AssetRemoval,
  AssetTags,
  ChapterMenu,
  ChapterPlayer,
  FoldersDialog,
  MediaLibrary,
  MissingCaptions,
  OutlineSheet,
  UnsavedPopover,
  VideoRenaming,
} from './dialog-code.ts'
import { CommandPalette, ShortcutsDialog, VideoSearch } from './keys/key-dialogs.tsx'
import { ChapterMove, VideoMove } from './move-dialogs.tsx'
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
    case 'chapter-move':
      return <ChapterMove chapter={dialog.chapter} />
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
    case 'asset-tags':
      return <AssetTags assets={dialog.assets} tag={dialog.tag} />
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
