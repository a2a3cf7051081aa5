import { visibleCharacter } from './visible-character.ts'

const maxLength = 255

/** Characters no filename may contain: controls, line separators, direction controls, slashes. */
const forbidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069/\\]+/gu

const extension = /\.[\p{L}\p{N}]{1,8}$/u

/**
 * Turns a file's own name into a valid filename: replaces forbidden characters with a space, and
 * truncates a long name before its extension. A name that would show as nothing becomes `Video`.
 * @returns 1 to 255 Unicode code points, trimmed
 */
export function cleanFilename(name: string): string {
  const cleaned = name.toWellFormed().replace(forbidden, ' ').replace(/\s+/gu, ' ').trim()
  const [end = ''] = extension.exec(cleaned) ?? []
  const stem = [...cleaned.slice(0, cleaned.length - end.length)]
  const kept = stem
    .slice(0, maxLength - end.length)
    .join('')
    .trim()
  return visibleCharacter.test(kept) ? kept + end : `Video${end}`
}
