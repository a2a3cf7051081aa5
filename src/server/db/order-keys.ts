import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { comparePlaces } from '#shared/compare-places.ts'

/**
 * The place of a video in its chapter, or of a chapter in its course; equal positions are ordered
 * by id.
 */
export type Place = { id: string; position: string }

/** A removed item keeps its place, to be restored there, but nothing can be moved after it. */
export type OrderedPlace = Place & { isRemoved: boolean }

/** New positions, by id. */
export type NewKeys = ReadonlyMap<string, string>

/**
 * Stored keys are shorter than this, so that the key after the last one always fits the contract.
 */
export const maxKeyLength = 200

// Searching all rows of a long chapter for the smallest run would take too long.
const maxRunLength = 32

export const isLongKey = ({ position }: Place) => position.length >= maxKeyLength

/**
 * Computes the keys that change when a video or a chapter moves.
 * @param others its siblings in the chapter or course, in order
 * @param moved the moved item, at the requested position
 * @param after the id of the sibling to place it directly after: `null` for the first place,
 *   `undefined` to use the position alone. An id that is not among the siblings counts as
 *   `undefined`.
 * @returns no keys if the requested position can be used as it is
 */
export function rekeyForMove(
  others: readonly OrderedPlace[],
  moved: Place,
  after: string | null | undefined,
): NewKeys {
  const place = { ...moved, isRemoved: false }
  const sorted = [...others, place].sort(comparePlaces)
  const index = after === undefined ? undefined : indexAfter(others, after)
  const fits = index === undefined || (precedingId(sorted, place) ?? null) === after
  const order = fits ? sorted : others.toSpliced(index, 0, place)
  if (isLongKey(moved)) return rekeyAll(order)
  return fits ? new Map() : rekeyRun(order, order.indexOf(place))
}

/**
 * Computes short keys that keep the order. All stay below the key that follows the current last
 * one, so that what a page is about to append stays last.
 */
export function rekeyAll(order: readonly Place[]): NewKeys {
  const keys = keysBetween(null, keyAfter(order), order.length)
  return changedKeys(order, keys ?? generateNKeysBetween(null, null, order.length))
}

/** Computes new keys for the smallest run around an index whose neighbours leave room. */
function rekeyRun(order: readonly Place[], index: number): NewKeys {
  const end = keyAfter(order)
  for (let size = 1; size <= Math.min(maxRunLength, order.length); size += 1) {
    const lastStart = Math.min(index, order.length - size)
    for (let start = Math.max(0, index - size + 1); start <= lastStart; start += 1) {
      const lower = order[start - 1]?.position ?? null
      const keys = keysBetween(lower, order[start + size]?.position ?? end, size)
      if (keys) return changedKeys(order.slice(start, start + size), keys)
    }
  }
  return rekeyAll(order)
}

function keysBetween(lower: string | null, upper: string | null, count: number) {
  if (lower !== null && upper !== null && lower >= upper) return undefined
  try {
    const keys = generateNKeysBetween(lower, upper, count)
    return keys.every((key) => key.length < maxKeyLength) ? keys : undefined
  } catch {
    // There is no key below the smallest integer.
    return undefined
  }
}

function keyAfter(order: readonly Place[]): string | null {
  const last = order.reduce<string | null>(
    (max, { position }) => (max === null || position > max ? position : max),
    null,
  )
  return last === null ? null : generateKeyBetween(last, null)
}

function indexAfter(others: readonly OrderedPlace[], after: string | null): number | undefined {
  if (after === null) return 0
  const index = others.findIndex(({ id, isRemoved }) => id === after && !isRemoved)
  return index === -1 ? undefined : index + 1
}

function precedingId(sorted: readonly OrderedPlace[], place: OrderedPlace): string | undefined {
  return sorted.slice(0, sorted.indexOf(place)).findLast(({ isRemoved }) => !isRemoved)?.id
}

const changedKeys = (order: readonly Place[], keys: readonly string[]): NewKeys =>
  new Map(
    order.flatMap(({ id, position }, index): [string, string][] => {
      const key = keys[index]
      return key === undefined || key === position ? [] : [[id, key]]
    }),
  )
