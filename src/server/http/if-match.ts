import { refuse } from './problem-response.ts'

/** Parses an `If-Match` header such as `"3"`. */
export function parseIfMatch(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined
  const [, digits] = /^"([1-9]\d{0,8})"$/.exec(ifMatch) ?? []
  if (digits !== undefined) return Number(digits)
  const message = 'Use one version in double quotes, such as "3"'
  return refuse('invalid-request', `${message}.`, {
    errors: [{ path: 'headers.if-match', message }],
  })
}

/** Reads the version that a request's headers name, and the id of the page that sent it. */
export const readVersion = (headers: {
  'if-match'?: string | undefined
  'lectern-page'?: string | undefined
}) => ({ version: parseIfMatch(headers['if-match']), page: headers['lectern-page'] })

/** The `ETag` header of a row, to send back in `If-Match`. */
export const etagHeader = ({ version }: { version: number }) => ({ etag: `"${version}"` })

/** Refuses a change that names no version. */
export const refuseUnversioned = (): never =>
  refuse('version-required', 'Send the version you are changing, such as If-Match: "3".')
