import type { Json } from '../chart.ts'

/** Whether a text may be told, by the keys that lead to it. What is in a list is led to by the list's. */
export type MayTell = (path: readonly string[]) => boolean

/** What is told in the place of a text that is left out. */
const leftOut = '…'

const mostItems = 20
const mostLevels = 8

/**
 * A value as it may be told to others: no text but those that `mayTell` lets through, long lists cut,
 * and of what is no plain data only its kind, such as `Error`.
 */
export function told(value: unknown, mayTell: MayTell, path: readonly string[] = []): Json {
  if (typeof value === 'string') return mayTell(path) ? value : leftOut
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if (path.length >= mostLevels) return leftOut
  if (Array.isArray(value)) return toldList(value, mayTell, path)
  if (value instanceof Error) return value.name
  if (!isPlain(value)) return value.constructor.name
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, told(part, mayTell, [...path, key])]),
  )
}

function toldList(list: readonly unknown[], mayTell: MayTell, path: readonly string[]): Json[] {
  const items = list.slice(0, mostItems).map((item) => told(item, mayTell, path))
  const more = list.length - items.length
  return more > 0 ? [...items, `and ${more} more`] : items
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
