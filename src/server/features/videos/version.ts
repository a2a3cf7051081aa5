import { refuse } from '../../http/problem-response.ts'

/** The version in an `If-Match` header such as `"3"`. */
export function versionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    refuse('version-required', 'Say which version you change, such as If-Match: "3".')
  }
  const [, digits] = /^"([1-9]\d{0,8})"$/.exec(ifMatch) ?? []
  if (digits !== undefined) return Number(digits)
  const message = 'Give one version in double quotes, such as "3"'
  return refuse('invalid-request', `${message}.`, {
    errors: [{ path: 'headers.if-match', message }],
  })
}
