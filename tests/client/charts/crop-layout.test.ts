import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cropLayout } from '#charts/drawing/crop-layout.ts'
import { fitToScreen } from '#charts/drawing/viewport.ts'
import type { Box, ChartLayout, Point } from '#charts/layout/chart-layout.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'

const screen = { width: 900, height: 700 }
const viewports = fc.record({
  x: fc.integer({ min: -4000, max: 1000 }),
  y: fc.integer({ min: -4000, max: 1000 }),
  scale: fc.double({ min: 0.1, max: 2.5, noNaN: true }),
})

describe.each(chartEntries)('The cropped layout of $title', ({ machine }) => {
  const chart = readChart(machine)
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const layout = computeLayout(request, estimateText)

  it('keeps everything when the whole chart is visible', () => {
    expect(cropLayout(layout, fitToScreen(layout, screen), screen)).toEqual(layout)
  })

  it('keeps every item with a visible point', () => {
    fc.assert(
      fc.property(viewports, (viewport) => {
        const isVisible = ({ x, y }: Point) => {
          const [left, top] = [x * viewport.scale + viewport.x, y * viewport.scale + viewport.y]
          return left >= 0 && left <= screen.width && top >= 0 && top <= screen.height
        }
        const visible = listPoints(layout).filter(({ points }) => points.some(isVisible))
        const kept = new Set(listPoints(cropLayout(layout, viewport, screen)).map(({ id }) => id))
        expect(visible.filter(({ id }) => !kept.has(id))).toEqual([])
      }),
    )
  })

  it('drops what is outside the viewport', () => {
    const part = cropLayout(layout, { x: -layout.width - 1, y: 0, scale: 1 }, screen)
    expect(part).toEqual({ ...layout, states: [], arrows: [], initials: [] })
  })
})

function listPoints({ states, arrows, initials }: ChartLayout): { id: string; points: Point[] }[] {
  return [
    ...states.map(({ visible, box }) => ({ id: visible.state.id, points: listCorners(box) })),
    ...arrows.map(({ arrow, label, incoming, outgoing }) => ({
      id: arrow.id,
      points: [...listCorners(label), ...incoming, ...outgoing.flat()],
    })),
    ...initials.map(({ id, line }) => ({ id, points: line })),
  ]
}

const listCorners = ({ x, y, width, height }: Box): Point[] => [
  { x, y },
  { x: x + width, y },
  { x, y: y + height },
  { x: x + width, y: y + height },
]
