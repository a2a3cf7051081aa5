import { v7 as uuidv7 } from 'uuid'
import { createProblem, type Problem } from '#contract/problem.ts'
import type { UploadInput } from '#machines/upload.machine.ts'
import { cleanFilename } from '#shared/clean-filename.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { keepFile } from './kept-files.ts'

/** What files are given to the queue as, and those that are no videos. */
export type SortedFiles = { videos: File[]; others: File[] }

/** The extensions of videos that browsers do not know a type for everywhere. */
const extensions = ['mp4', 'm4v', 'mov', 'webm', 'mkv']

const videoExtension = new RegExp(`\\.(${extensions.join('|')})$`, 'i')

/** What the browser's dialog for files offers. */
export const acceptedFiles = ['video/*', ...extensions.map((extension) => `.${extension}`)].join()

/** Tells videos from other files, by what their names and the browser say of them. */
export function sortFiles(files: readonly File[]): SortedFiles {
  const isVideo = ({ name, type }: File) => type.startsWith('video/') || videoExtension.test(name)
  return { videos: files.filter(isVideo), others: files.filter((file) => !isVideo(file)) }
}

/**
 * Gives each file the id that its upload and its media asset have for good, and keeps it at hand.
 * @param maxSize the largest size that the server takes, in bytes; `null` if unknown
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
    return createProblem('unusable-video', 'The file is empty. Choose one that holds a video.')
  }
  if (maxSize !== null && size > maxSize) {
    const max = formatFileSize(maxSize)
    return createProblem(
      'file-too-large',
      `The file is larger than ${max}, the most that is allowed here.`,
    )
  }
  return undefined
}
