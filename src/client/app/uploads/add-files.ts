import type { QueryClient } from '@tanstack/react-query'
import type { UploadInput } from '#machines/upload.machine.ts'
import { uploadLimitsQuery } from '../../features/uploads/api/upload-limits.ts'
import { findFile } from '../../features/uploads/kept-files.ts'
import { noteReplacement } from '../../features/uploads/replacements.ts'
import { useSkippedFiles } from '../../features/uploads/skipped-files.store.ts'
import { createUploadInputs, sortFiles } from '../../features/uploads/sort-files.ts'
import { previewFile } from '../../features/uploads/thumbnails/make-thumbnail.ts'
import type { Uploads } from '../../features/uploads/uploads.actors.ts'
import { addVideos } from '../../features/videos/add-videos.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { framePainted } from '../../lib/frame.ts'

/** What adding files needs. */
export interface FileParts {
  authoring: Authoring
  uploads: Uploads
  queryClient: QueryClient
}

/** Uploads the videos among the files into the library, and lists the names of the skipped ones. */
export function addToLibrary({ uploads, queryClient }: FileParts, files: readonly File[]) {
  uploads.send({ type: 'uploads.add', uploads: prepare(queryClient, files), isUrgent: false })
}

/**
 * Uploads a file that will replace an asset's.
 * @returns whether it is a video
 */
export function addReplacement(
  { uploads, queryClient }: Omit<FileParts, 'authoring'>,
  mediaId: string,
  file: File,
): boolean {
  const inputs = prepare(queryClient, [file])
  for (const { id } of inputs) noteReplacement(id, mediaId)
  uploads.send({ type: 'uploads.add', uploads: inputs, isUrgent: true })
  return inputs.length > 0
}

/** Adds the videos among the files to a chapter. Their rows are shown before the uploads start. */
export function addToChapter(
  { authoring, uploads, queryClient }: FileParts,
  chapterId: string,
  files: readonly File[],
) {
  const inputs = prepare(queryClient, files)
  if (inputs.length === 0) return
  addVideos(authoring, queryClient, chapterId, inputs.map(toVideo))
  void framePainted().then(() => {
    uploads.send({ type: 'uploads.add', uploads: inputs, isUrgent: true })
    for (const { id, problem } of inputs) {
      const file = problem ? undefined : findFile(id)
      if (file) previewFile(id, file)
    }
  })
}

function prepare(queryClient: QueryClient, files: readonly File[]): UploadInput[] {
  const { videos, others } = sortFiles(files)
  useSkippedFiles.getState().skip(others.map(({ name }) => name))
  const limits = queryClient.getQueryData(uploadLimitsQuery.queryKey)
  return createUploadInputs(videos, limits?.maxSize ?? null)
}

const toVideo = ({ id, filename }: UploadInput) => ({
  mediaId: id,
  filename,
  durationSeconds: 0,
  blockedBy: id,
})
