import type { Json } from '../json.ts'

/** Whether a text may leave the page, by its path of keys. List items have the list's path. */
export type TextFilter = (path: readonly string[]) => boolean

const redacted = '…'
const maxItems = 20
const maxDepth = 8

/**
 * Redacts a value: keeps only the texts that the filter allows, truncates long lists, and reduces
 * class instances to their names, such as `Error`.
 */
export function redact(value: unknown, allowText: TextFilter, path: readonly string[] = []): Json {
  if (typeof value === 'string') return allowText(path) ? value : redacted
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if (path.length >= maxDepth) return redacted
  if (Array.isArray(value)) return redactList(value, allowText, path)
  if (value instanceof Error) return value.name
  if (!isPlain(value)) return value.constructor.name
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, redact(part, allowText, [...path, key])]),
  )
}

function redactList(
  list: readonly unknown[],
  allowText: TextFilter,
  path: readonly string[],
): Json[] {
  const items = list.slice(0, maxItems).map((item) => redact(item, allowText, path))
  const omitted = list.length - items.length
  return omitted > 0 ? [...items, `and ${omitted} more`] : items
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
