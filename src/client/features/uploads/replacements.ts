/**
 * The assets whose files are to be replaced, by the uploads of the new ones. A reload forgets them:
 * the new file is then an asset of its own.
 */
const replacements = new Map<string, string>()
const uploadIds = new Set<string>()

export function noteReplacement(uploadId: string, mediaId: string): void {
  replacements.set(uploadId, mediaId)
  uploadIds.add(uploadId)
}

/** Whether an upload is, or was, to replace a file. */
export const isReplacement = (uploadId: string): boolean => uploadIds.has(uploadId)

/** The asset that an upload is for, if it is to replace a file; asked for once. */
export function takeReplacement(uploadId: string): string | undefined {
  const mediaId = replacements.get(uploadId)
  replacements.delete(uploadId)
  return mediaId
}
