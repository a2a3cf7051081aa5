import { compareCodeUnits } from './compare-places.ts'
import { searchKey } from './search-key.ts'

/**
 * The version of the rules. Raise it whenever `searchKey` or `sortKey` changes what it returns: the
 * next start rebuilds the stored keys.
 */
export const keyVersion = 2

/**
 * Creates a key whose byte order is the natural order of names: every number is prefixed with its
 * length, so that `Lesson 2` comes before `Lesson 10`. Case and accents are ignored.
 */
export function sortKey(name: string): string {
  return searchKey(name).replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '')
    return String(significant.length).padStart(3, '0') + significant
  })
}

/** Compares two names by their sort keys, for sorting. */
export const compareNaturally = (a: string, b: string): number =>
  compareCodeUnits(sortKey(a), sortKey(b))
