import { searchKey } from './search-key.ts'

/**
 * Raise it with every change of what `searchKey` or `sortKey` return: stored keys are then made
 * anew.
 */
export const keyVersion = 1

/**
 * Makes a key whose byte order is the natural order of names: every number is prefixed with its
 * length, so that `Lesson 2` comes before `Lesson 10`. Case and accents do not count.
 */
export function sortKey(name: string): string {
  return searchKey(name).replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '')
    return String(significant.length).padStart(3, '0') + significant
  })
}
