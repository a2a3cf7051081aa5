import type { ThumbnailType } from '#contract/media-details.ts'

type ImageSize = { type: ThumbnailType; width: number; height: number }

/**
 * Reads the type and size of an image from its header, without decoding it; `undefined` if it is
 * not a JPEG, PNG or WebP.
 */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return readPng(view) ?? readWebp(view) ?? readJpeg(view)
  } catch (error) {
    // The header reaches beyond the end.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const readText = (view: DataView, start: number, length: number) =>
  String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(start + index)))

// Source: https://www.w3.org/TR/png-3/, 5.2 and 11.2.1.
function readPng(view: DataView): ImageSize | undefined {
  if (readText(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || readText(view, 12, 4) !== 'IHDR') return
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

// Source: RFC 9649, 2.3 to 2.7; the frame headers are those of VP8 (RFC 6386, 9.1) and VP8L (3.4).
function readWebp(view: DataView): ImageSize | undefined {
  if (readText(view, 0, 4) !== 'RIFF' || readText(view, 8, 4) !== 'WEBP') return
  const type = 'image/webp'
  switch (readText(view, 12, 4)) {
    case 'VP8X':
      return { type, width: readUint24(view, 24) + 1, height: readUint24(view, 27) + 1 }
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return
      const bits = view.getUint32(21, true)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ': {
      if (readText(view, 23, 3) !== '\x9d\x01\x2a') return
      const [width, height] = [view.getUint16(26, true), view.getUint16(28, true)]
      return { type, width: width & 0x3fff, height: height & 0x3fff }
    }
  }
}

const readUint24 = (view: DataView, offset: number) =>
  view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x1_0000

const isStandalone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

// Source: ITU-T T.81, B.1.1 and B.2.2. Follows the segments up to the frame header.
function readJpeg(view: DataView): ImageSize | undefined {
  if (view.getUint16(0) !== 0xffd8) return
  let offset = 2
  for (;;) {
    if (view.getUint8(offset) !== 0xff) return
    const marker = view.getUint8(offset + 1)
    if (isFrameHeader(marker)) {
      return {
        type: 'image/jpeg',
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
      }
    }
    if (marker === 0xff) offset += 1
    else if (isStandalone(marker)) offset += 2
    else offset += 2 + view.getUint16(offset + 2)
  }
}
