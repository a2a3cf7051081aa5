import limitConcurrency from 'p-limit'
import { noteThumbnail } from '#client/lib/thumbnail.tsx'
import { putThumbnail } from '../api/put-thumbnail.ts'
import { drawThumbnail } from './draw-thumbnail.ts'

const inTurn = limitConcurrency(1)

/**
 * Draws a thumbnail of an uploaded file and gives it to the library, one file at a time and beside
 * the uploads. Without one, a drawn film stands for the video.
 */
export const makeThumbnail = (mediaId: string, file: Blob): Promise<void> =>
  inTurn(async () => {
    const image = await drawThumbnail(file)
    if (!image) return
    await putThumbnail(mediaId, image)
    noteThumbnail(mediaId)
  }).catch(() => {})
