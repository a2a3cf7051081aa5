import { create } from 'zustand'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaTagging } from '#contract/media-tags.ts'
import type { Video } from '#contract/videos.ts'
import type { FolderFiles } from '../features/uploads/group-by-folder.ts'
import type { ShownVideo } from '../features/videos/fold-videos.ts'

/** The open dialog and its subject. */
export type OpenDialog =
  | { kind: 'media-library'; chapter: Chapter }
  | { kind: 'player'; video: Video }
  | { kind: 'move'; chapter: Chapter; videos: readonly Video[] }
  | { kind: 'chapter-move'; chapter: Chapter }
  | { kind: 'renaming'; videos: readonly ShownVideo[]; names?: string }
  | { kind: 'chapter-menu'; chapter: Chapter }
  | { kind: 'chapter-removal'; chapter: Chapter }
  | { kind: 'course-removal'; course: CourseSummary }
  | { kind: 'outline'; courseId: string }
  | { kind: 'folders'; chapter: Chapter; groups: readonly FolderFiles[] }
  | { kind: 'asset'; asset: MediaAsset; remove?: (assets: readonly MediaAsset[]) => void }
  | { kind: 'captions'; courseId: string }
  | { kind: 'asset-removal'; assets: readonly MediaAsset[]; remove: () => void }
  | {
      kind: 'asset-tags'
      assets: readonly MediaAsset[]
      /** Resolves with a description of the result. */
      tag: (tagging: MediaTagging) => Promise<string>
    }
  | { kind: 'unsaved' }
  | { kind: 'commands'; courseId: string | undefined; typed?: string }
  | { kind: 'course-search'; courseId: string }
  | { kind: 'shortcuts' }

export type DialogState = {
  dialog: OpenDialog | null
  /** The asset that is previewed, over the open dialog or the page. */
  previewed: MediaAsset | null
  open: (dialog: OpenDialog) => void
  preview: (asset: MediaAsset) => void
  endPreview: () => void
  close: () => void
}

export const useDialog = create<DialogState>()((set) => ({
  dialog: null,
  previewed: null,
  open: (dialog) => set({ dialog }),
  preview: (previewed) => set({ previewed }),
  endPreview: () => set({ previewed: null }),
  close: () => set({ dialog: null, previewed: null }),
}))

/** Closes the open dialog. */
export function closeDialog() {
  // Removing the focused element would force a layout in the middle of the change.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  useDialog.getState().close()
}
