import type { MediaAsset } from '#contract/media.ts'

type Format = Pick<MediaAsset, 'codec' | 'mimeType'>

/** What a codec is called, and types that a browser is asked about: it may know only some. */
type Codec = { name: string; types: readonly string[] }

/** By the names that the server stores. */
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

/** What a codec without a name may be: MPEG-4 Part 2 or ProRes, which some browsers play. */
const unnamed: Codec = {
  name: 'this kind of video',
  types: ['video/mp4; codecs="mp4v.20.9"', 'video/quicktime; codecs="apch"'],
}

const explanations = new Map<string, string | null>()

/**
 * Tells why this browser can’t play an asset, by what `canPlayType` says of its codec. The browser
 * is asked once for each format, so this may be called for every tile.
 * - A type counts as played unless the browser denies it: “maybe” is the most that some say.
 * - Of containers, only Matroska is asked about. Browsers deny QuickTime, and play it as MP4.
 * @returns a sentence without its full stop; `null` for an asset that may play
 */
export function explainUnplayable({ codec, mimeType }: Format): string | null {
  const key = `${mimeType} ${codec}`
  const known = explanations.get(key)
  if (known !== undefined) return known
  const explanation = explain({ codec, mimeType })
  explanations.set(key, explanation)
  return explanation
}

function explain({ codec, mimeType }: Format): string | null {
  const { name, types } = Object.hasOwn(codecs, codec) ? (codecs[codec] ?? unnamed) : unnamed
  const player = document.createElement('video')
  const isPlayed = (type: string) => player.canPlayType(type) !== ''
  if (!types.some(isPlayed)) return `This browser can’t play ${name}`
  if (mimeType === matroska && !isPlayed(matroska)) return 'This browser can’t play MKV files'
  return null
}

const matroska = 'video/x-matroska'
