import type { LinkContent } from '#contract/videos.ts'

/** Identifies the content of a link as it was made: the same link again has the same fingerprint. */
export const linkFingerprint = (
  chapterId: string,
  { mediaId, filename, position }: LinkContent,
): string => JSON.stringify([chapterId, mediaId, filename, position])
