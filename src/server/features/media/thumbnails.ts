import { maxThumbnail, type ThumbnailType, thumbnailTypes } from '#contract/media-details.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import {
  createTypeProblem,
  refuseTruncatedBody,
  requireUncompressed,
} from '../../http/request-body.ts'
import { readImageSize } from './image-size.ts'

const extensions: Record<ThumbnailType, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** Names a new thumbnail of an asset: differently each time, so that none is overwritten. */
export const nameThumbnail = (mediaId: string, type: ThumbnailType, newId: () => string): string =>
  `${mediaId}.${newId()}${extensions[type]}`

/** Whether a thumbnail was uploaded, for any asset, and may be replaced, unlike the demo's own. */
export const isUploadedThumbnail = (name: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(name)

/** The media type of a thumbnail, by its name. */
export const thumbnailType = (name: string): ThumbnailType =>
  thumbnailTypes.find((type) => name.endsWith(extensions[type])) ?? 'image/webp'

/**
 * Reads a thumbnail to store. Its type is the one in the file's header, whatever the request says.
 * The image is not decoded.
 */
export async function readThumbnail(
  request: Request,
): Promise<{ bytes: Uint8Array; type: ThumbnailType }> {
  requireImageType(request.headers.get('content-type'))
  requireUncompressed(request.headers.get('content-encoding') ?? undefined)
  const bytes = new Uint8Array(await request.arrayBuffer().catch(refuseTruncatedBody))
  const image = readImageSize(bytes)
  if (!image) refuse('unusable-image', 'The file isn’t a JPEG, PNG or WebP.')
  const { width, height, type } = image
  if (width < 1 || height < 1) refuse('unusable-image', 'The image has no pixels.')
  if (Math.max(width, height) > maxThumbnail.side) {
    const max = `${maxThumbnail.side} × ${maxThumbnail.side}`
    refuse('unusable-image', `The image has ${width} × ${height} pixels. The maximum is ${max}.`)
  }
  return { bytes, type }
}

function requireImageType(type: string | null): void {
  if (thumbnailTypes.some((allowed) => allowed === type)) return
  throw new ProblemError(createTypeProblem(type, thumbnailTypes.join(', ')))
}
