const combiningMarks = /[\u0300-\u036f]/g

/**
 * Folds a text for searching: removes letter case, accents and compatibility forms (full-width,
 * ligatures), so that `résumé` finds `Resume`. Other scripts are unchanged.
 */
export function searchKey(text: string): string {
  return text.normalize('NFKD').replace(combiningMarks, '').toLowerCase()
}

/**
 * Makes a key whose byte order is the natural order of names: every number is prefixed with its length,
 * so that `Lesson 2` comes before `Lesson 10`. Case and accents do not count.
 */
export function sortKey(name: string): string {
  return searchKey(name).replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '')
    return String(significant.length).padStart(3, '0') + significant
  })
}
