/** The longer side of a thumbnail, in pixels: twice a tile's, for dense screens. */
const side = 480

/** The media type and quality that a thumbnail is encoded with. */
export const thumbnailEncoding = { type: 'image/jpeg', quality: 0.8 } as const

/**
 * Scales the size of a frame down to a thumbnail's: whole pixels, at least one each way. A smaller
 * frame keeps its size.
 */
export function fitThumbnail(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height, 1))
  const shrink = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: shrink(width), height: shrink(height) }
}
