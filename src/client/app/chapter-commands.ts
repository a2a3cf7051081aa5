import type { QueryClient } from '@tanstack/react-query'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import { createChapter } from '../features/chapters/api/create-chapter.ts'
import { moveChapter } from '../features/chapters/api/move-chapter.ts'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { placeBehind, placeOneStep } from '../features/chapters/place-chapter.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { addVideos, readShownVideos } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { focusWhenShown, keepInPlace } from './kept-chapter.ts'

/** Moves a chapter up (-1) or down (1); a refusal is shown at the chapter. */
export function moveOneStep(queryClient: QueryClient, chapter: Chapter, step: -1 | 1) {
  const chapters = readShownChapters(queryClient, chapter.courseId)
  const place = placeOneStep(chapters, chapter.id, step)
  if (!place) return
  keepInPlace(chapter.id)
  void moveChapter(queryClient, chapter, place).catch(ignore)
}

/**
 * Adds a copy of a chapter below it, with the same videos under the same names. They link in
 * parallel, and each can fail alone; that the chapter itself was refused is shown at the original.
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
    place: placeBehind(readShownChapters(queryClient, courseId), id),
    copyOf: id,
  }
  focusWhenShown(copy.id)
  try {
    await Promise.all([
      createChapter(queryClient, copy),
      queryClient.ensureQueryData(videosQuery(id)),
    ])
  } catch {
    return
  }
  const picks = new Map(
    readShownVideos(authoring, queryClient, id).map(({ mediaId, filename, durationSeconds }) => [
      mediaId,
      { mediaId, filename, durationSeconds },
    ]),
  )
  if (picks.size > 0) addVideos(authoring, queryClient, copy.id, [...picks.values()])
}

/** A title may have 255 characters. */
const nameCopy = (title: string) => `${[...title].slice(0, 248).join('')} (copy)`

/** What failed is shown by whoever folds the changes. */
export const ignore = () => {}
