/**
 * The assets whose files are to be replaced, by the ids of the uploads that replace them. They are
 * lost on reload: the new file then becomes an asset of its own.
 */
const replacements = new Map<string, string>()
const uploadIds = new Set<string>()

export function noteReplacement(uploadId: string, mediaId: string): void {
  replacements.set(uploadId, mediaId)
  uploadIds.add(uploadId)
}

/** Whether an upload is or was meant to replace a file. */
export const isReplacement = (uploadId: string): boolean => uploadIds.has(uploadId)

/** Returns the asset whose file an upload is to replace, if any, and forgets it. */
export function takeReplacement(uploadId: string): string | undefined {
  const mediaId = replacements.get(uploadId)
  replacements.delete(uploadId)
  return mediaId
}
