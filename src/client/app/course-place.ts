import { idSchema } from '#contract/ids.ts'

/** A place in a course that an address can lead to. */
export interface CoursePlace {
  chapterId: string
  videoId?: string
}

/**
 * The part of an address that leads to a place: the chapter's id, and after a slash the video's.
 */
export const formatPlace = ({ chapterId, videoId }: CoursePlace): string =>
  videoId === undefined ? chapterId : `${chapterId}/${videoId}`

/** Reads what `formatPlace` writes, with or without its `#`; `null` for anything else. */
export function parsePlace(hash: string): CoursePlace | null {
  const [chapterId = '', videoId, ...rest] = hash.replace(/^#/, '').split('/')
  const ids = videoId === undefined ? [chapterId] : [chapterId, videoId]
  if (rest.length > 0 || !ids.every((id) => idSchema.safeParse(id).success)) return null
  return videoId === undefined ? { chapterId } : { chapterId, videoId }
}
