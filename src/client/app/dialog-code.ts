import { lazyComponent } from '../lib/lazy-component.tsx'
import { keyDialogs } from './keys/key-dialogs.tsx'

export const MediaLibrary = lazyComponent(() =>
  import('../features/media/components/media-library.tsx').then(({ MediaLibrary }) => MediaLibrary),
)
export const ChapterPlayer = lazyComponent(() =>
  import('./players.tsx').then(({ ChapterPlayer }) => ChapterPlayer),
)
export const AssetPreview = lazyComponent(() =>
  import('./players.tsx').then(({ AssetPreview }) => AssetPreview),
)
export const MoveDialog = lazyComponent(() =>
  import('../features/videos/components/move-dialog.tsx').then(({ MoveDialog }) => MoveDialog),
)
export const VideoRenaming = lazyComponent(() =>
  import('./video-renaming.tsx').then(({ VideoRenaming }) => VideoRenaming),
)
export const ChapterMenu = lazyComponent(() =>
  import('./chapter-menu.tsx').then(({ ChapterMenu }) => ChapterMenu),
)
export const ConfirmDialog = lazyComponent(() =>
  import('#ui/confirm-dialog.tsx').then(({ ConfirmDialog }) => ConfirmDialog),
)
export const OutlineSheet = lazyComponent(() =>
  import('./outline/outline-sheet.tsx').then(({ OutlineSheet }) => OutlineSheet),
)
export const FoldersDialog = lazyComponent(() =>
  import('./uploads/folders-dialog.tsx').then(({ FoldersDialog }) => FoldersDialog),
)
export const AssetDetails = lazyComponent(() =>
  import('./asset-dialogs.tsx').then(({ AssetDetails }) => AssetDetails),
)
export const AssetRemoval = lazyComponent(() =>
  import('./asset-removal.tsx').then(({ AssetRemoval }) => AssetRemoval),
)
export const AssetTags = lazyComponent(() =>
  import('./asset-dialogs.tsx').then(({ AssetTags }) => AssetTags),
)
export const MissingCaptions = lazyComponent(() =>
  import('./missing-captions.tsx').then(({ MissingCaptions }) => MissingCaptions),
)
export const UnsavedPopover = lazyComponent(() =>
  import('./unsaved-popover.tsx').then(({ UnsavedPopover }) => UnsavedPopover),
)

/** The dialogs whose code can be preloaded. */
export const dialogComponents = [
  MediaLibrary,
  ConfirmDialog,
  MoveDialog,
  ChapterMenu,
  VideoRenaming,
  ChapterPlayer,
  AssetPreview,
  UnsavedPopover,
  OutlineSheet,
  FoldersDialog,
  AssetDetails,
  AssetRemoval,
  AssetTags,
  MissingCaptions,
  ...keyDialogs,
]

/** Preloads the picker's code before its button is pressed. */
export function preloadMediaLibrary(): void {
  // If this fails, opening the dialog retries and shows the failure.
  MediaLibrary.preload().catch(() => {})
}
