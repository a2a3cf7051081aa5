import { useQueryClient } from '@tanstack/react-query'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { Video } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { Name } from '#ui/name.tsx'
import { readOpenChapters } from '../features/chapters/chapter-changes.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { usePicker } from '../features/media/picker.store.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { useMoveVideos } from '../features/videos/move-videos.ts'
import { useReveal } from '../features/videos/reveal.store.ts'
import { useAddVideos, useLinkedMedia, useShownVideos } from '../features/videos/use-chapter.ts'
import { errorMessage } from '../lib/http.ts'
import { lazyComponent } from '../lib/lazy-component.tsx'
import { removeWithVideos } from './chapter-commands.ts'
import { removeWithChapters } from './course-commands.ts'
import { useCourseSize } from './course-totals.tsx'
import { type OpenDialog, useDialog } from './dialog.store.ts'
import { CommandPalette, keyDialogs, ShortcutsDialog, VideoSearch } from './keys/key-dialogs.tsx'
import { focusHeading } from './use-heading-focus.ts'

const MediaLibrary = lazyComponent(() =>
  import('../features/media/components/media-library.tsx').then(({ MediaLibrary }) => MediaLibrary),
)
const PlayerDialog = lazyComponent(() =>
  import('../features/player/components/player-dialog.tsx').then(
    ({ PlayerDialog }) => PlayerDialog,
  ),
)
const MoveDialog = lazyComponent(() =>
  import('../features/videos/components/move-dialog.tsx').then(({ MoveDialog }) => MoveDialog),
)
const VideoRenaming = lazyComponent(() =>
  import('./video-renaming.tsx').then(({ VideoRenaming }) => VideoRenaming),
)
const ChapterMenu = lazyComponent(() =>
  import('./chapter-menu.tsx').then(({ ChapterMenu }) => ChapterMenu),
)
const ConfirmDialog = lazyComponent(() =>
  import('#ui/confirm-dialog.tsx').then(({ ConfirmDialog }) => ConfirmDialog),
)
const OutlineSheet = lazyComponent(() =>
  import('./outline/outline-sheet.tsx').then(({ OutlineSheet }) => OutlineSheet),
)
const UnsavedPopover = lazyComponent(() =>
  import('./unsaved-popover.tsx').then(({ UnsavedPopover }) => UnsavedPopover),
)

/** The dialogs, whose code can be loaded ahead. */
export const dialogComponents = [
  MediaLibrary,
  ConfirmDialog,
  MoveDialog,
  ChapterMenu,
  VideoRenaming,
  PlayerDialog,
  UnsavedPopover,
  OutlineSheet,
  ...keyDialogs,
]

/** Loads the picker's code before its button is pressed. */
export function preloadMediaLibrary(): void {
  // If this fails, opening the dialog loads it again and shows the failure.
  MediaLibrary.preload().catch(() => {})
}

/** The open dialog, if any. */
export function Dialogs() {
  const dialog = useDialog((state) => state.dialog)
  return (
    dialog && (
      <CatchBoundary getResetKey={() => JSON.stringify(dialog)} errorComponent={DialogError}>
        <Suspense fallback={<OpeningNotice />}>{renderDialog(dialog)}</Suspense>
      </CatchBoundary>
    )
  )
}

/** Says that the press was heard, once it takes long enough to be doubted. */
const OpeningNotice = () => (
  <div className={`${noticeClass} flex animate-appear-late items-center gap-2 px-3 py-2`}>
    <p role="status" className="flex min-w-0 flex-1 items-center gap-2">
      <SpinnerIcon className="size-4 text-ink-soft" />
      <span>Opening…</span>
    </p>
    <Button size="small" onClick={closeDialog}>
      Cancel
    </Button>
  </div>
)

function DialogError({ error, reset }: ErrorComponentProps) {
  const forgetFailure = () => {
    for (const component of dialogComponents) component.forgetFailure()
  }
  return (
    <div className={noticeClass}>
      <ErrorNotice
        title="This did not open."
        reason={errorMessage(error)}
        onRetry={() => {
          forgetFailure()
          reset()
        }}
        onClose={() => {
          forgetFailure()
          closeDialog()
        }}
      />
    </div>
  )
}

const noticeClass =
  'fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl rounded-lg border border-line bg-raised shadow-floating'

function renderDialog(dialog: OpenDialog) {
  switch (dialog.kind) {
    case 'media-library':
      return <ChapterMediaLibrary chapter={dialog.chapter} />
    case 'player':
      return (
        <PlayerDialog mediaId={dialog.mediaId} filename={dialog.filename} onClose={closeDialog} />
      )
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
      chapterTitle={chapter.title}
      linkedMediaIds={ids}
      chapterFailure={query.isError ? query : undefined}
      onAdd={(picks) => {
        addVideos([...picks])
        useCollapsed.getState().expand(chapter.id)
        usePicker.getState().clear()
        closeDialog()
      }}
      onClose={closeDialog}
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

function ChapterRemoval({ chapter }: { chapter: Chapter }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { videos, query } = useShownVideos(chapter.id)
  return (
    <ConfirmDialog
      title="Remove this chapter?"
      confirmLabel="Remove chapter"
      onConfirm={() => {
        void removeWithVideos(queryClient, authoring, chapter)
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">
          <Name>{chapter.title}</Name>
        </strong>
        <span>{describeLoss(videos.length, query.isSuccess)}</span>
      </p>
    </ConfirmDialog>
  )
}

function describeLoss(videoCount: number, isCounted: boolean): string {
  if (isCounted && videoCount === 0) return ' will be removed. It has no videos.'
  const videos = isCounted ? formatCount(videoCount, 'video') : 'videos'
  return ` and its ${videos} will be removed. The files stay in the media library.`
}

function CourseRemoval({ course }: { course: CourseSummary }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { chapterCount, videoCount } = useCourseSize(course)
  return (
    <ConfirmDialog
      title="Remove this course?"
      confirmLabel="Remove course"
      onConfirm={() => {
        void removeWithChapters(queryClient, authoring, course)
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">
          <Name>{course.title}</Name>
        </strong>
        <span>
          {`, its ${formatCount(chapterCount, 'chapter')} and ${formatCount(videoCount, 'video')} will be removed. The files stay in the media library.`}
        </span>
      </p>
    </ConfirmDialog>
  )
}

function closeDialog() {
  // Removing the focused element would force a layout in the middle of the change.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  useDialog.getState().close()
}

// After the dialog has released the focus, and before it restores it to a button that is gone.
const focusHeadingNextFrame = () => requestAnimationFrame(focusHeading)
