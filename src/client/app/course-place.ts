import { idSchema } from '#contract/ids.ts'

/** A place in a course that a URL can link to. */
export interface CoursePlace {
  chapterId: string
  videoId?: string
}

/** Formats a place as the hash of a URL: the chapter's id and, after a slash, the video's. */
export const formatPlace = ({ chapterId, videoId }: CoursePlace): string =>
  videoId === undefined ? chapterId : `${chapterId}/${videoId}`

/** Parses what `formatPlace` returns, with or without a `#`; `null` for anything else. */
export function parsePlace(hash: string): CoursePlace | null {
  const [chapterId = '', videoId, ...rest] = hash.replace(/^#/, '').split('/')
  const ids = videoId === undefined ? [chapterId] : [chapterId, videoId]
  if (rest.length > 0 || !ids.every((id) => idSchema.safeParse(id).success)) return null
  return videoId === undefined ? { chapterId } : { chapterId, videoId }
}
