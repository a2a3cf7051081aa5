import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { crc32 } from 'node:zlib'
import { computePngScale } from '#charts/export/png.ts'
import { colours } from '#charts/export/svg-colours.ts'

/**
 * Renders a chart's SVG as a PNG, in light colours and at the page's scale. It uses the font files of a
 * package, so that the text looks the same on every computer. The PNG embeds the hash of the SVG.
 */
export async function renderPng(svg: string): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js')
  const plain = inlineColours(svg)
  const font = {
    loadSystemFonts: false,
    fontFiles: listFontFiles(),
    defaultFontFamily: 'DejaVu Sans',
  }
  const { width, height } = new Resvg(plain, { font })
  const fitTo = { mode: 'zoom', value: computePngScale(width, height) } as const
  return embedHash(new Resvg(plain, { font, fitTo }).render().asPng(), hashSvg(svg))
}

/** Hashes an SVG, to tell which one a PNG was rendered from. */
export function hashSvg(svg: string): string {
  return createHash('sha256').update(svg).digest('hex')
}

/** Reads the hash that `renderPng` embedded; null for any other file. */
export function readSvgHash(png: Buffer): string | null {
  const begin = png.indexOf(keyword)
  if (begin < 0) return null
  return png.toString('latin1', begin + keyword.length, begin + keyword.length + hashLength)
}

const require = createRequire(import.meta.url)

const listFontFiles = () => [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
]

// resvg supports neither media queries nor variables.
function inlineColours(svg: string): string {
  return svg
    .replace(/@media [^{]*\{:root\{[^}]*\}\}/, '')
    .replace(/:root\{[^}]*\}/, '')
    .replace(/var\(--([\w-]+)\)/g, (_whole, name: string) => colours[name]?.light ?? 'black')
}

const keyword = 'tEXtSource\0sha256:'
const hashLength = 64
const headerEnd = 33

/** Embeds a hash in a PNG, as a text chunk after the header. */
function embedHash(png: Buffer, hash: string): Buffer {
  const text = Buffer.from(`${keyword}${hash}`, 'latin1')
  const chunk = Buffer.alloc(text.length + 8)
  chunk.writeUInt32BE(text.length - 'tEXt'.length, 0)
  text.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(text), text.length + 4)
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)])
}
