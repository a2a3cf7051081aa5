import { placePicks } from '#client/features/videos/place-picks.ts'
import type { Link, MediaPick, Video } from '#contract/videos.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import type { Row } from './layer.ts'

/** Creates optimistic videos for picks, placed after those that are shown. */
export const createVideos = (
  chapterId: string,
  shown: readonly Video[],
  picks: readonly MediaPick[],
): Video[] => placePicks(picks, chapterId, shown.at(-1)?.position ?? null)

/** A video with a version is known to the server. */
export const toRow = ({ id, mediaId, filename, version }: Video): Row => ({
  id,
  mediaId,
  filename,
  status: version === 0 ? 'pending' : 'linked',
})

export const toLink = ({ id, mediaId, filename, position }: Video): Link => ({
  id,
  mediaId,
  filename,
  position,
})

/** Puts a video in its place, replacing the one with the same id. */
export const withVideo = (videos: readonly Video[], video: Video): Video[] =>
  sortVideos([...withoutVideo(videos, video.id), video])

export const sortVideos = (videos: readonly Video[]): Video[] => videos.toSorted(comparePlaces)

export const withoutVideo = (videos: readonly Video[], id: string): Video[] =>
  videos.filter((video) => video.id !== id)

export const withFilename = (videos: readonly Video[], id: string, filename: string): Video[] =>
  videos.map((video) => (video.id === id ? { ...video, filename } : video))
