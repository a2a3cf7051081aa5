import { type TextStyle, textStyles } from './chart-text.ts'

/**
 * How wide a text is at most in the fonts that the page may get, in px, where nothing can draw it: in Node.
 * Widths are of an em, by kind of letter, and generous, so that what is laid out by them fits on any screen.
 */
export function estimateText(text: string, style: TextStyle): number {
  const { size, weight } = textStyles[style]
  const ems = [...text].reduce((sum, letter) => sum + emsOf(letter), 0)
  return ems * size * (weight > 500 ? 1.07 : 1)
}

const narrow = new Set(' .,:;|!\'"`ijlIftr()[]/-·')
const wide = new Set('mwMW@%…')

function emsOf(letter: string): number {
  if (narrow.has(letter)) return 0.38
  if (wide.has(letter)) return 0.92
  if (letter >= 'A' && letter <= 'Z') return 0.72
  return (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1.1 : 0.59
}
