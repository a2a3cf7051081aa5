export type ByteRange = { start: number; end: number } | 'whole' | 'unsatisfiable'

/**
 * Parses a `Range` header (RFC 9110, 14.1.2); both ends are inclusive. Multiple ranges, other units
 * and malformed headers get the whole file, as the RFC allows.
 */
export function parseRange(header: string | null, size: number): ByteRange {
  const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return 'whole'
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
