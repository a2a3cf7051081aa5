import { createProblem } from '#contract/problem.ts'
import type { StoredFile } from '../../dependencies.ts'
import { createProblemResponse } from '../../http/problem-response.ts'
import { parseRange } from './range.ts'

/** Responds to a GET or HEAD of a file (RFC 9110): the whole file, a range, or 304. */
export function createFileResponse(
  { method, headers: requestHeaders }: Request,
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
  if (isNotModified(requestHeaders, etag, file.modifiedAt))
    return new Response(null, { status: 304, headers })

  const ifRange = requestHeaders.get('if-range')
  const canUseRange = ifRange === null || ifRange === etag || ifRange === lastModified
  const range =
    canUseRange && method === 'GET' ? parseRange(requestHeaders.get('range'), file.size) : 'whole'
  if (range === 'unsatisfiable') {
    const detail = `The file has ${file.size} bytes, numbered from 0.`
    return createProblemResponse(createProblem('range-not-satisfiable', detail), {
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

function isNotModified(requestHeaders: Headers, etag: string, modifiedAt: number): boolean {
  const tags = requestHeaders.get('if-none-match')
  if (tags !== null) {
    return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
  }
  const since = Date.parse(requestHeaders.get('if-modified-since') ?? '')
  return since >= Math.trunc(modifiedAt / 1000) * 1000
}
