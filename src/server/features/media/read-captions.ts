import { parseText, type VTTCue } from 'media-captions'
import { type CaptionsType, captionsTypes } from '#contract/captions.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import {
  createTypeProblem,
  refuseTruncatedBody,
  requireUncompressed,
  strictUtf8,
} from '../../http/request-body.ts'

/** Captions as they are stored: as WebVTT, whatever format they were sent in. */
export interface CaptionsText {
  text: string
  cueCount: number
}

/** Reads captions to store; refuses a file with an error or without a cue. */
export async function readCaptions(request: Request): Promise<CaptionsText> {
  const type = requireCaptionsType(request.headers.get('content-type'))
  requireUncompressed(request.headers.get('content-encoding') ?? undefined)
  const text = decode(await request.arrayBuffer().catch(refuseTruncatedBody))
  const isWebVtt = type === captionsTypes['.vtt']
  const { cues, errors } = await parseText(text, { type: isWebVtt ? 'vtt' : 'srt', errors: true })
  const format = isWebVtt ? 'WebVTT' : 'SubRip (.srt)'
  const [error] = errors
  if (error)
    refuse('unusable-captions', `Line ${error.line} isn’t valid ${format}: ${error.message}.`)
  if (cues.length === 0) refuse('unusable-captions', `The ${format} file contains no captions.`)
  // Postgres accepts every character but this one.
  if (text.includes('\0')) {
    refuse(
      'unusable-captions',
      'The file contains a NUL character. Save it as plain text in UTF-8.',
    )
  }
  return { text: isWebVtt ? text : writeWebVtt(cues), cueCount: cues.length }
}

function requireCaptionsType(header: string | null): CaptionsType {
  const types = Object.values(captionsTypes)
  const type = types.find((allowed) => allowed === header?.split(';')[0]?.trim().toLowerCase())
  return type ?? refuseType(header, types)
}

function refuseType(header: string | null, types: readonly string[]): never {
  throw new ProblemError(createTypeProblem(header, types.join(' or ')))
}

function decode(bytes: ArrayBuffer): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return refuse('unusable-captions', 'The file isn’t UTF-8. Save it as UTF-8, then add it again.')
  }
}

/** Writes cues as WebVTT, whose tags for italic, bold and underlined text are those of SubRip. */
const writeWebVtt = (cues: readonly VTTCue[]): string =>
  [
    'WEBVTT',
    ...cues.map(
      ({ startTime, endTime, text }) =>
        `${writeTime(startTime)} --> ${writeTime(endTime)}\n${text.replaceAll('-->', '→')}`,
    ),
  ].join('\n\n')

/** Formats a time in seconds as `01:02:03.456`. */
function writeTime(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000)
  const pad = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0')
  const [hours, minutes] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60]
  return `${pad(hours)}:${pad(minutes)}:${pad((milliseconds / 1000) % 60)}.${pad(milliseconds % 1000, 3)}`
}
