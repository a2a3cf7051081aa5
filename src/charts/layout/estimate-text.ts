import { type TextStyle, textStyles } from './measure-text.ts'

/**
 * Estimates the width of a text in px without a canvas, such as in Node. The widths are those of
 * DejaVu Sans, the widest font that the page may use, so that the result fits on every screen.
 */
export function estimateText(text: string, style: TextStyle): number {
  const { size, weight } = textStyles[style]
  const widths = weight > 500 ? bold : regular
  const hundredths = [...text].reduce((sum, letter) => sum + (widths.get(letter) ?? otherWidth), 0)
  return (hundredths / 100) * size + 1
}

/** The width of other characters, such as Chinese ones, which fill a square. */
const otherWidth = 105

const parseWidths = (widths: Record<number, string>) =>
  new Map(
    Object.entries(widths).flatMap(([width, letters]) =>
      [...letters].map((letter) => [letter, Number(width)] as const),
    ),
  )

/** Characters by their width in hundredths of an em. */
const regular = parseWidths({
  28: 'ijl',
  29: 'IJ',
  32: ' .,·',
  34: ':/',
  35: 'f',
  36: '-',
  39: 't()',
  41: 'r',
  50: '_',
  52: 'sz',
  55: 'c',
  56: 'L',
  58: 'kF',
  59: 'vxy',
  60: 'P',
  61: 'aoTY',
  62: 'e',
  63: 'bdghnpquES',
  64: '0123456789',
  66: 'K',
  68: 'AV',
  69: 'BRXZ',
  70: 'C',
  73: 'U',
  75: 'HN',
  77: 'DG',
  79: 'OQ',
  82: 'w',
  86: 'M',
  97: 'm',
  99: 'W',
  100: '…',
})

const bold = parseWidths({
  34: 'ijl',
  35: ' ',
  37: 'IJ/',
  38: '.,·',
  40: ':',
  42: '-',
  44: 'f',
  46: '()',
  48: 't',
  49: 'r',
  50: '_',
  58: 'z',
  59: 'c',
  60: 's',
  64: 'L',
  65: 'vxy',
  67: 'ak',
  68: 'eEFT',
  69: 'o',
  70: '0123456789',
  71: 'hnu',
  72: 'bdgpqSY',
  73: 'CPZ',
  76: 'B',
  77: 'AKRVX',
  81: 'U',
  82: 'G',
  83: 'D',
  84: 'HN',
  85: 'OQ',
  92: 'w',
  100: 'M…',
  104: 'm',
  110: 'W',
})
