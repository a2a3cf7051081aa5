import { type MeasureText, textStyles } from './text-styles.ts'

/** Measures texts with the page's own font. */
export function createBrowserMeasure(): MeasureText {
  const canvas = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(document.body).fontFamily
  const known = new Map<string, number>()
  return (text, style) => {
    const { size, weight } = textStyles[style]
    const font = `${weight} ${size}px ${family}`
    const key = `${font} ${text}`
    const width = known.get(key) ?? widthOf(canvas, font, text)
    known.set(key, width)
    return width
  }
}

function widthOf(canvas: CanvasRenderingContext2D | null, font: string, text: string): number {
  if (!canvas) return 0
  canvas.font = font
  return canvas.measureText(text).width
}
