export type TextStyle = 'title' | 'event' | 'detail'

/** Returns the width of a text in px. */
export type MeasureText = (text: string, style: TextStyle) => number

export const textStyles: Record<TextStyle, { size: number; weight: number; lineHeight: number }> = {
  title: { size: 14, weight: 600, lineHeight: 20 },
  event: { size: 12, weight: 600, lineHeight: 16 },
  detail: { size: 11, weight: 400, lineHeight: 15 },
}

/** Creates a function that measures texts in the page's font. */
export function createBrowserMeasure(): MeasureText {
  const canvas = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(document.body).fontFamily
  const cache = new Map<string, number>()
  return (text, style) => {
    const { size, weight } = textStyles[style]
    const font = `${weight} ${size}px ${family}`
    const key = `${font} ${text}`
    const width = cache.get(key) ?? measureWidth(canvas, font, text)
    cache.set(key, width)
    return width
  }
}

function measureWidth(canvas: CanvasRenderingContext2D | null, font: string, text: string): number {
  if (!canvas) return 0
  canvas.font = font
  return canvas.measureText(text).width
}
