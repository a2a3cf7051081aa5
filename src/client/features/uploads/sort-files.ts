import { v7 as uuidv7 } from 'uuid'
import { createProblem, type Problem } from '#contract/problem.ts'
import type { UploadInput } from '#machines/upload.machine.ts'
import { cleanFilename } from '#shared/clean-filename.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { keepFile } from './kept-files.ts'

/** The files to upload, and those that are not videos. */
export type SortedFiles = { videos: File[]; others: File[] }

/** The extensions of videos whose type not every browser knows. */
const extensions = ['mp4', 'm4v', 'mov', 'webm', 'mkv']

const videoExtension = new RegExp(`\\.(${extensions.join('|')})$`, 'i')

/** What the browser's file picker offers, in the format of `accept`. */
export const acceptedFiles = ['video/*', ...extensions.map((extension) => `.${extension}`)].join()

/** Separates videos from other files, by the type that the browser reports or the extension. */
export function sortFiles(files: readonly File[]): SortedFiles {
  const isVideo = ({ name, type }: File) => type.startsWith('video/') || videoExtension.test(name)
  return { videos: files.filter(isVideo), others: files.filter((file) => !isVideo(file)) }
}

/**
 * Gives each file the permanent id of its upload and its media asset, and keeps it in memory.
 * @param maxSize the largest size that the server accepts, in bytes; `null` if unknown
 */
export const createUploadInputs = (files: readonly File[], maxSize: number | null): UploadInput[] =>
  files.map((file) => {
    const id = uuidv7()
    keepFile(id, file)
    const problem = findProblem(file, maxSize)
    return {
      id,
      filename: cleanFilename(file.name),
      sizeBytes: file.size,
      ...(problem && { problem }),
    }
  })

function findProblem({ size }: File, maxSize: number | null): Problem | undefined {
  if (size === 0) {
    return createProblem('unusable-video', 'The file is empty. Choose a video file.')
  }
  if (maxSize !== null && size > maxSize) {
    const max = formatFileSize(maxSize)
    return createProblem('file-too-large', `The file is too large. The maximum size is ${max}.`)
  }
  return undefined
}
