import type { MediaAsset } from '#contract/media.ts'

type Format = Pick<MediaAsset, 'codec' | 'mimeType'>

/** A codec’s name, and the media types to query: a browser may know only some of them. */
type Codec = { name: string; types: readonly string[] }

/** Keyed by the names that the server stores. */
const codecs: Readonly<Record<string, Codec>> = {
  h264: { name: 'H.264', types: ['video/mp4; codecs="avc1.42E01E"'] },
  hevc: {
    name: 'HEVC',
    types: ['video/mp4; codecs="hvc1.1.6.L93.B0"', 'video/mp4; codecs="hev1.1.6.L93.B0"'],
  },
  vp8: { name: 'VP8', types: ['video/webm; codecs="vp8"'] },
  vp9: { name: 'VP9', types: ['video/webm; codecs="vp9"', 'video/mp4; codecs="vp09.00.10.08"'] },
  av1: {
    name: 'AV1',
    types: ['video/mp4; codecs="av01.0.04M.08"', 'video/webm; codecs="av01.0.04M.08"'],
  },
  prores: {
    name: 'ProRes',
    types: ['video/quicktime; codecs="apch"', 'video/quicktime; codecs="apcn"'],
  },
}

/** Any other codec: it may be MPEG-4 Part 2 or ProRes, which some browsers play. */
const otherCodec: Codec = {
  name: 'this kind of video',
  types: ['video/mp4; codecs="mp4v.20.9"', 'video/quicktime; codecs="apch"'],
}

const explanations = new Map<string, string | null>()

/**
 * Explains why this browser can’t play an asset, according to `canPlayType` for its codec. The
 * result is cached for each format, so every tile may call this.
 * - A type counts as playable unless the browser rules it out: some never say more than “maybe”.
 * - Matroska is the only container checked. Browsers rule out QuickTime, but play it as MP4.
 * @returns a sentence without its full stop; `null` for an asset that may play
 */
export function explainUnplayable({ codec, mimeType }: Format): string | null {
  const key = `${mimeType} ${codec}`
  const cached = explanations.get(key)
  if (cached !== undefined) return cached
  const explanation = explain({ codec, mimeType })
  explanations.set(key, explanation)
  return explanation
}

function explain({ codec, mimeType }: Format): string | null {
  const { name, types } = Object.hasOwn(codecs, codec) ? (codecs[codec] ?? otherCodec) : otherCodec
  const player = document.createElement('video')
  const canPlay = (type: string) => player.canPlayType(type) !== ''
  if (!types.some(canPlay)) return `This browser can’t play ${name}`
  if (mimeType === matroska && !canPlay(matroska)) return 'This browser can’t play MKV files'
  return null
}

const matroska = 'video/x-matroska'
