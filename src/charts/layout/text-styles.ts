export type TextStyle = 'title' | 'event' | 'detail'

/** The width of a text in px, in one of the chart's styles. */
export type MeasureText = (text: string, style: TextStyle) => number

export const textStyles: Record<TextStyle, { size: number; weight: number; lineHeight: number }> = {
  title: { size: 14, weight: 600, lineHeight: 20 },
  event: { size: 12, weight: 600, lineHeight: 16 },
  detail: { size: 11, weight: 400, lineHeight: 15 },
}
