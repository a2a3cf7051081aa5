import { createProblem } from '#contract/problem.ts'
import type { StoredFile } from '../../dependencies.ts'
import { problemResponse } from '../../http/problem-response.ts'
import { parseRange } from './range.ts'

/** Answers a GET or HEAD of a file (RFC 9110): the whole, a range, or 304. */
export function fileResponse(
  { method, headers: asked }: Request,
  file: StoredFile,
  description: Record<string, string>,
): Response {
  const etag = `"${file.size.toString(36)}-${Math.trunc(file.modifiedAt).toString(36)}"`
  const lastModified = new Date(file.modifiedAt).toUTCString()
  const headers = new Headers({
    ...description,
    etag,
    'last-modified': lastModified,
    'accept-ranges': 'bytes',
  })
  if (isKnown(asked, etag, file.modifiedAt)) return new Response(null, { status: 304, headers })

  const ifRange = asked.get('if-range')
  const isSame = ifRange === null || ifRange === etag || ifRange === lastModified
  const range = isSame && method === 'GET' ? parseRange(asked.get('range'), file.size) : 'whole'
  if (range === 'unsatisfiable') {
    const detail = `The file has ${file.size} bytes, counted from 0.`
    return problemResponse(createProblem('range-not-satisfiable', detail), {
      'content-range': `bytes */${file.size}`,
    })
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.size - 1 } : range
  headers.set('content-length', String(end - start + 1))
  if (range !== 'whole') headers.set('content-range', `bytes ${start}-${end}/${file.size}`)
  const hasBody = method !== 'HEAD' && file.size > 0
  return new Response(hasBody ? file.stream(start, end) : null, {
    status: range === 'whole' ? 200 : 206,
    headers,
  })
}

function isKnown(asked: Headers, etag: string, modifiedAt: number): boolean {
  const known = asked.get('if-none-match')
  if (known !== null) {
    return known.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))
  }
  const since = Date.parse(asked.get('if-modified-since') ?? '')
  return since >= Math.trunc(modifiedAt / 1000) * 1000
}
