/** Draws an SVG file as a PNG, twice as large where the browser can hold that. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  // The page's policy lets pictures come from such an address, and from no `blob:`.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  return drawn(image)
}

/** How much larger than the chart its PNG is. */
export function pngScale(width: number, height: number): number {
  return Math.min(2, Math.sqrt(mostPixels / (width * height)))
}

/** The canvas area that every browser can hold: 16 Mi px, Safari's limit. */
const mostPixels = 16_777_216

async function drawn(image: HTMLImageElement): Promise<Blob> {
  const { naturalWidth, naturalHeight } = image
  const scale = pngScale(naturalWidth, naturalHeight)
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(naturalWidth * scale)
  canvas.height = Math.floor(naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser made no picture.')
  return blob
}
