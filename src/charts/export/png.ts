/** Renders an SVG file as a PNG, at the scale of `computePngScale`. */
export async function renderPng(svg: string): Promise<Blob> {
  const image = new Image()
  // The page's content security policy allows images from `data:` but not from `blob:`.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  return encodePng(image)
}

/** Computes the scale of a chart's PNG: 2, or less if the canvas would be too large. */
export function computePngScale(width: number, height: number): number {
  return Math.min(2, Math.sqrt(maxPixels / (width * height)))
}

/** The largest canvas area that every browser supports: 16 Mi px, Safari's limit. */
const maxPixels = 16_777_216

async function encodePng(image: HTMLImageElement): Promise<Blob> {
  const { naturalWidth, naturalHeight } = image
  const scale = computePngScale(naturalWidth, naturalHeight)
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(naturalWidth * scale)
  canvas.height = Math.floor(naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser couldn’t encode the PNG')
  return blob
}
