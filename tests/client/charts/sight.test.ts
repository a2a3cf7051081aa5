import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { partInSight } from '#charts/drawing/sight.ts'
import { wholeIn } from '#charts/drawing/viewport.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOutFromStore } from '#charts/layout/lay-out.ts'
import type { Box, ChartLayout, Point } from '#charts/layout/layout.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { storedLayouts } from '#client/app/charts/layouts/stored-layouts.ts'

const screen = { width: 900, height: 700 }
const viewports = fc.record({
  x: fc.integer({ min: -4000, max: 1000 }),
  y: fc.integer({ min: -4000, max: 1000 }),
  scale: fc.double({ min: 0.1, max: 2.5, noNaN: true }),
})

describe.each(chartEntries)('of $title', ({ machine }) => {
  const chart = chartOf(machine)
  const stored = storedLayouts[`${machine.id} down`] ?? { nodes: {}, edges: {} }
  const wish = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const layout = layOutFromStore(wish, stored, estimateText)
  if (!layout) throw new Error('There is no stored layout: run `npm run charts:export`')

  it('everything is in sight where the whole of it is shown', () => {
    expect(partInSight(layout, wholeIn(layout, screen), screen)).toEqual(layout)
  })

  it('nothing that the screen shows a point of is left out', () => {
    fc.assert(
      fc.property(viewports, (viewport) => {
        const isSeen = ({ x, y }: Point) => {
          const [left, top] = [x * viewport.scale + viewport.x, y * viewport.scale + viewport.y]
          return left >= 0 && left <= screen.width && top >= 0 && top <= screen.height
        }
        const seen = pointsOf(layout).filter(({ points }) => points.some(isSeen))
        const inSight = new Set(pointsOf(partInSight(layout, viewport, screen)).map(({ id }) => id))
        expect(seen.filter(({ id }) => !inSight.has(id))).toEqual([])
      }),
    )
  })

  it('what is far away is left out', () => {
    const part = partInSight(layout, { x: -layout.width - 1, y: 0, scale: 1 }, screen)
    expect(part).toEqual({ ...layout, states: [], arrows: [], initials: [] })
  })
})

function pointsOf({ states, arrows, initials }: ChartLayout): { id: string; points: Point[] }[] {
  return [
    ...states.map(({ visible, box }) => ({ id: visible.state.id, points: cornersOf(box) })),
    ...arrows.map(({ arrow, label, incoming, outgoing }) => ({
      id: arrow.id,
      points: [...cornersOf(label), ...incoming, ...outgoing.flat()],
    })),
    ...initials.map(({ id, line }) => ({ id, points: line })),
  ]
}

const cornersOf = ({ x, y, width, height }: Box): Point[] => [
  { x, y },
  { x: x + width, y },
  { x, y: y + height },
  { x: x + width, y: y + height },
]
