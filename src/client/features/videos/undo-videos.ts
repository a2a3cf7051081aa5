import type { QueryClient } from '@tanstack/react-query'
import type { Video } from '#contract/videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import type { Operation } from '#machines/history.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { readChapterActors } from './authoring-context.tsx'
import { readSaved, type ShownVideo } from './fold-videos.ts'
import { readAllShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'
import { findPending } from './visiting-videos.ts'

/**
 * The current value of what an operation changes; `null` if it waits for someone's decision,
 * `undefined` if its entity is gone.
 */
export type CurrentValue = Operation['from'] | null | undefined

/** Reads and carries out the operations on videos. */
export function createVideoHandler(authoring: Authoring, queryClient: QueryClient) {
  const shown = readAllShownVideos(authoring, queryClient)
  const chapters = readChapterActors(authoring)
  const readPending = (id: string) => findPending(chapters, id)
  return {
    read: ({ id, field }: Operation) => readField(field, shown.get(id), readPending(id)),

    /** The dispatches that carry out an operation; none unless the page knows the video. */
    listDispatches(operation: Operation): VideoDispatch[] {
      if (operation.entity !== 'video') return []
      const video = shown.get(operation.id)
      const target = video ?? readPending(operation.id)
      const event = eventFor(operation, video)
      return target && event ? [{ video: toVideo(target), event }] : []
    },
  }
}

function readField(
  field: Operation['field'],
  video: ShownVideo | undefined,
  pending: PendingVideo | undefined,
): CurrentValue {
  if (field === 'isPresent') {
    if (video) return true
    return pending && !pending.wanted.isPresent ? false : undefined
  }
  if (!video || video.isRemovedElsewhere) return undefined
  const { chapterId, position } = video
  if (field === 'place') return { chapterId, position }
  return pending?.filenameStatus === 'conflict' ? null : video.filename
}

/** The event that carries out an operation. */
function eventFor(operation: Operation, shown: ShownVideo | undefined): VideoEvent | null {
  switch (operation.field) {
    case 'isPresent':
      return { type: operation.to ? 'video.restore' : 'video.remove' }
    case 'place':
      return { type: 'video.move', place: operation.to }
    case 'filename':
      return shown
        ? { type: 'video.setFilename', filename: operation.to, saved: readSaved(shown) }
        : null
    default:
      return null
  }
}

/** Converts a video to a row to act on; a removed one has only its pending state. */
function toVideo(video: ShownVideo | PendingVideo): Video {
  if ('filename' in video) return video
  const { id, mediaId, durationSeconds, wanted, confirmed } = video
  const { filename, chapterId, position } = wanted
  const { version, revision } = confirmed
  return { id, mediaId, durationSeconds, filename, chapterId, position, version, revision }
}
