import type { UploadReport } from '#machines/upload.machine.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { isolate } from '#shared/isolate.ts'
import { chooseFiles } from '#ui/choose-files.ts'
import { findHandle, keepFile } from './kept-files.ts'
import { acceptedFiles } from './sort-files.ts'
import { previewFile } from './thumbnails/make-thumbnail.ts'
import type { Uploads } from './uploads.actors.ts'

/**
 * Lets the user choose the file of an upload again, and resumes the upload.
 * @returns an error message if a different file was chosen; otherwise `null`
 */
export async function attachFile(uploads: Uploads, upload: UploadReport): Promise<string | null> {
  const { id, sizeBytes, filename } = upload
  const file = (await openHandle(id)) ?? (await chooseFiles(oneVideo))[0]
  if (!file) return null
  if (file.size !== sizeBytes) {
    return `“${isolate(file.name)}” is a different file (${formatFileSize(file.size)}). Choose “${isolate(filename)}” (${formatFileSize(sizeBytes)}).`
  }
  keepFile(id, file)
  previewFile(id, file)
  uploads.send({ type: 'upload.dispatch', id, event: { type: 'upload.attach' } })
  return null
}

const oneVideo = { accept: acceptedFiles, isMultiple: false }

/** Asks for permission to read the file behind the stored handle, if there is one. */
async function openHandle(id: string): Promise<File | undefined> {
  const handle = findHandle(id)
  try {
    const permission = await handle?.requestPermission?.({ mode: 'read' })
    return permission === 'granted' ? await handle?.getFile() : undefined
  } catch {
    return undefined
  }
}
