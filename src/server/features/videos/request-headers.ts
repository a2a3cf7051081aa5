import type { RevisionHeaders } from '#contract/videos.ts'
import { refuse } from '../../http/problem-response.ts'
import type { Revision } from './rows.repository.ts'

/** Parses an `If-Match` header such as `"3"`. */
export function parseIfMatch(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined
  const [, digits] = /^"([1-9]\d{0,8})"$/.exec(ifMatch) ?? []
  if (digits !== undefined) return Number(digits)
  const message = 'Give one version in double quotes, such as "3"'
  return refuse('invalid-request', `${message}.`, {
    errors: [{ path: 'headers.if-match', message }],
  })
}

/** Parses the headers that give a change its revision. */
export function parseRevision(headers: RevisionHeaders): Revision | undefined {
  const { 'lectern-revision': revision, 'lectern-page': page } = headers
  return revision === undefined || page === undefined
    ? undefined
    : { revision: Number(revision), page }
}
