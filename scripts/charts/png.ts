import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { crc32 } from 'node:zlib'
import { pngScale } from '#charts/export/png.ts'
import { colours } from '#charts/export/svg-colours.ts'

/**
 * Draws a chart's SVG file as a PNG, light and as large as the page does. Its letters come from a package's font files, so that
 * they are the same on every machine. The PNG keeps the stamp of the SVG.
 */
export async function drawPng(svg: string): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js')
  const plain = withPlainColours(svg)
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans' }
  const { width, height } = new Resvg(plain, { font })
  const fitTo = { mode: 'zoom', value: pngScale(width, height) } as const
  return stamped(new Resvg(plain, { font, fitTo }).render().asPng(), stampOf(svg))
}

/** Tells what a PNG was drawn from: the SVG's hash. */
export function stampOf(svg: string): string {
  return createHash('sha256').update(svg).digest('hex')
}

/** The stamp that a PNG of `drawPng` keeps; null for any other file. */
export function stampIn(png: Buffer): string | null {
  const begin = png.indexOf(keyword)
  if (begin < 0) return null
  return png.toString('latin1', begin + keyword.length, begin + keyword.length + stampLength)
}

const require = createRequire(import.meta.url)

const fontFiles = () => [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
]

// The renderer knows neither media queries nor variables.
function withPlainColours(svg: string): string {
  return svg
    .replace(/@media [^{]*\{:root\{[^}]*\}\}/, '')
    .replace(/:root\{[^}]*\}/, '')
    .replace(/var\(--([\w-]+)\)/g, (_whole, name: string) => colours[name]?.light ?? 'black')
}

const keyword = 'tEXtSource\0sha256:'
const stampLength = 64
const headerEnd = 33

/** Puts the stamp into a PNG, as a text chunk behind the header. */
function stamped(png: Buffer, stamp: string): Buffer {
  const text = Buffer.from(`${keyword}${stamp}`, 'latin1')
  const chunk = Buffer.alloc(text.length + 8)
  chunk.writeUInt32BE(text.length - 'tEXt'.length, 0)
  text.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(text), text.length + 4)
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)])
}
