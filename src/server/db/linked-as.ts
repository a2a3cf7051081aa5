import type { LinkContent } from '#contract/videos.ts'

/** The content of a link as it was made, to tell the same link sent again from another under its id. */
export const linkedAs = (chapterId: string, { mediaId, filename, position }: LinkContent): string =>
  JSON.stringify([chapterId, mediaId, filename, position])
