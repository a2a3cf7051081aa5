export const caseStyles = ['sentence', 'title', 'lower', 'upper'] as const

export type CaseStyle = (typeof caseStyles)[number]

/**
 * Changes the letter case of a text by the rules of a language: `istanbul` becomes `İstanbul` in
 * Turkish.
 * @param locale a BCP 47 tag such as `tr`
 */
export function changeCase(text: string, style: CaseStyle, locale: string): string {
  switch (style) {
    case 'lower':
      return text.toLocaleLowerCase(locale)
    case 'upper':
      return text.toLocaleUpperCase(locale)
    case 'sentence':
      return toSentenceCase(text, locale)
    case 'title':
      return toTitleCase(text, locale)
  }
}

/** Capitalizes the first letter, whatever comes before it: `1. intro` becomes `1. Intro`. */
function toSentenceCase(text: string, locale: string): string {
  const lower = text.toLocaleLowerCase(locale)
  return lower.replace(/\p{L}/u, (letter) => capitalize(letter, locale))
}

function toTitleCase(text: string, locale: string): string {
  const segments = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)
  return Array.from(segments, ({ segment }) => toSentenceCase(segment, locale)).join('')
}

/** If the capital form has two letters, only the first is a capital: `ß` becomes `Ss`. */
function capitalize(letter: string, locale: string): string {
  const [first = '', ...rest] = letter.toLocaleUpperCase(locale)
  return first + rest.join('').toLocaleLowerCase(locale)
}
