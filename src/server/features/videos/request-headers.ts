import type { RevisionHeaders } from '#contract/revision-headers.ts'
import type { Revision } from './rows.repository.ts'

/** Parses the headers with a change's revision. */
export function parseRevision(headers: RevisionHeaders): Revision | undefined {
  const { 'lectern-revision': revision, 'lectern-page': page } = headers
  return revision === undefined || page === undefined
    ? undefined
    : { revision: Number(revision), page }
}
