import type { QueryClient } from '@tanstack/react-query'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import type { TypedName } from '#ui/save-draft.ts'
import {
  createChapter,
  type NewChapter,
  placeAtEnd,
} from '../features/chapters/api/create-chapter.ts'
import { removeChapter } from '../features/chapters/api/remove-chapter.ts'
import { restoreChapter } from '../features/chapters/api/restore-chapter.ts'
import { saveChapterTitle } from '../features/chapters/api/retitle-chapter.ts'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { placeAfter } from '../features/chapters/place-chapter.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { closeChapters, reopenChapters } from '../features/videos/closed-chapters.ts'
import { retryFailed } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { ensureData } from '../lib/ensure-data.ts'
import { fillCopy } from './fill-copy.ts'
import { recordChange, recordRetitle } from './record-change.ts'
import { focusWhenShown } from './scroll-anchor.ts'

/** Adds a chapter, and records that for undo at once. */
export function addChapter(queryClient: QueryClient, authoring: Authoring, chapter: NewChapter) {
  const { id, courseId, title, place = placeAtEnd(queryClient, courseId) } = chapter
  const row = { id, courseId, title, position: place.position, version: 1 }
  return recordChange(
    authoring,
    {
      kind: chapter.copyOf === undefined ? 'chapter-create' : 'chapter-duplicate',
      name: title,
      operation: { ...toPresence(chapter), from: false, to: true, row },
    },
    createChapter(queryClient, chapter),
  )
}

/** Gives a chapter the title typed in its editor, and records that for undo at once. */
export const retitleTypedChapter = (
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
  typed: TypedName,
) => {
  const { id, courseId } = chapter
  const saved = saveChapterTitle(queryClient, chapter, typed)
  return recordRetitle(authoring, { entity: 'chapter', id, courseId }, typed, saved)
}

/** Removes a chapter with its videos; a refusal is shown at the chapter. */
export const removeChapterWithVideos = (
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
): Promise<void> =>
  recordChange(
    authoring,
    {
      kind: 'chapter-remove',
      name: chapter.title,
      operation: { ...toPresence(chapter), from: true, to: false, row: chapter },
    },
    removeAndClose(queryClient, authoring, chapter),
  ).catch(ignore)

/** Removes a chapter, and stops its actors unless it was restored meanwhile. */
export async function removeAndClose(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
) {
  await removeChapter(queryClient, chapter)
  closeUnlessShown(queryClient, authoring, chapter)
}

/** Restores a chapter with its pending work, and retries what failed while it was removed. */
export async function restoreAndRetry(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
) {
  const restored = restoreChapter(queryClient, chapter)
  reopenChapters(authoring, chapter.id)
  try {
    await restored
  } catch (error) {
    closeUnlessShown(queryClient, authoring, chapter)
    throw error
  }
  retryFailed(authoring, queryClient, chapter.id)
}

function closeUnlessShown(
  queryClient: QueryClient,
  authoring: Authoring,
  { id, courseId }: Chapter,
) {
  const shown = readShownChapters(queryClient, courseId)
  if (!shown.some((chapter) => chapter.id === id)) closeChapters(authoring, id, [id])
}

/**
 * Adds a copy of a chapter below it, with the same videos and names. The videos are linked in
 * parallel, and each can fail on its own. If the copy itself is refused, the original shows that.
 */
export async function duplicateChapter(
  queryClient: QueryClient,
  authoring: Authoring,
  { id, courseId, title }: Chapter,
): Promise<void> {
  const copy = {
    id: uuidv7(),
    courseId,
    title: nameCopy(title),
    place: placeAfter(readShownChapters(queryClient, courseId), id),
    copyOf: id,
  }
  focusWhenShown(copy.id)
  try {
    await Promise.all([
      addChapter(queryClient, authoring, copy),
      ensureData(queryClient, videosQuery(id)),
    ])
  } catch {
    return
  }
  fillCopy(queryClient, authoring, copy)
}

/** The title of a copy. Shortens the original's to fit the limit of 255 characters. */
export const nameCopy = (title: string) => `${[...title].slice(0, 248).join('')} (copy)`

const toPresence = ({ id, courseId }: Pick<Chapter, 'id' | 'courseId'>) =>
  ({ entity: 'chapter', field: 'isPresent', id, courseId }) as const

/** Failures are shown by the components that fold the changes. */
export const ignore = () => {}
