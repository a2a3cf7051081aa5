const combiningMarks = /[\u0300-\u036f]/g

/**
 * Folds a text for searching: letter case, accents and compatibility forms (full-width, ligatures) are
 * taken away, so that `résumé` finds `Resume`. Scripts without case or accents are left as they are.
 */
export function searchKey(text: string): string {
  return text.normalize('NFKD').replace(combiningMarks, '').toLowerCase()
}

/**
 * Makes a key whose plain byte order is the natural order of names: every number is written with its
 * length in front, so that `Lesson 2` comes before `Lesson 10`. Case and accents do not count.
 */
export function sortKey(name: string): string {
  return searchKey(name).replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '')
    return String(significant.length).padStart(3, '0') + significant
  })
}
