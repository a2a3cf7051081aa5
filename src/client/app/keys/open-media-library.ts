import type { Chapter } from '#contract/chapters.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { useDialog } from '../dialog.store.ts'

/** Opens the media library to add videos to a chapter. */
export function openMediaLibrary(chapter: Chapter) {
  usePicker.getState().open(chapter.id)
  useDialog.getState().open({ kind: 'media-library', chapter })
}
