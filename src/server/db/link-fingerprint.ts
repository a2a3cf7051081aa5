import type { LinkContent } from '#contract/videos.ts'

/** Identifies a link by its original content: the same link, repeated, has the same fingerprint. */
export const linkFingerprint = (
  chapterId: string,
  { mediaId, filename, position }: LinkContent,
): string => JSON.stringify([chapterId, mediaId, filename, position])
