import { describe, expect, it } from 'vitest'
import { findBox, findNewBoxes } from '#charts/drawing/find-boxes.ts'
import { noMarks } from '#charts/drawing/marks.ts'
import {
  computeUncovered,
  createViewport,
  revealAny,
  revealBox,
  type Size,
  type Viewport,
} from '#charts/drawing/viewport.ts'
import type { Box } from '#charts/layout/chart-layout.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { videoMachine } from '#machines/video.machine.ts'

const chart = readChart(videoMachine)
const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
const layout = computeLayout(request, estimateText)

const wide: Size = { width: 928, height: 690 }
const narrow: Size = { width: 390, height: 360 }

/** Converts a box to screen coordinates. */
const toScreen = ({ scale, x, y }: Viewport, box: Box) => ({
  left: box.x * scale + x,
  top: box.y * scale + y,
  right: (box.x + box.width) * scale + x,
  bottom: (box.y + box.height) * scale + y,
})

const place = (id: string): Box => findBox(layout, id) ?? { x: 0, y: 0, width: 0, height: 0 }
const marks = (active: string[], taken: string[] = []) => ({
  ...noMarks,
  active: new Set(active),
  taken: new Set(taken),
})

describe.each([wide, narrow])('On a screen of $width × $height', (screen) => {
  it('text is legible at first', () => {
    expect(createViewport(layout, screen, undefined).scale).toBeGreaterThanOrEqual(0.8)
  })

  it('neither the card nor the buttons cover the selection', () => {
    const room = computeUncovered(screen, 150)
    for (const { id } of chart.transitions) {
      const { left, top, right, bottom } = toScreen(
        revealBox(createViewport(layout, screen, undefined), place(id), room),
        place(id),
      )
      expect([left >= 0, top >= 0, right <= room.width, bottom <= room.height], id).toEqual(
        Array(4).fill(true),
      )
    }
  })
})

describe('The selection', () => {
  const view = { x: 0, y: 0, scale: 0.5 }

  it('pans by the smallest offset and does not zoom', () => {
    const belowTheCard = { x: 200, y: 1_300, width: 100, height: 40 }
    expect(revealBox(view, belowTheCard, { width: 800, height: 600 })).toEqual({
      ...view,
      y: 600 - 24 - 670,
    })
  })

  it('is centered at a legible scale if it is far away', () => {
    const box = { x: 3_000, y: 3_000, width: 100, height: 40 }
    expect(revealBox(view, box, { width: 800, height: 600 })).toEqual({
      scale: 0.85,
      x: (800 - 85) / 2 - 2_550,
      y: (600 - 34) / 2 - 2_550,
    })
  })

  it('is shown from its start if it is too large', () => {
    const frame = { x: 1_000, y: 1_000, width: 4_000, height: 4_000 }
    expect(revealBox(view, frame, { width: 800, height: 600 })).toEqual({
      scale: 0.85,
      x: 24 - 850,
      y: 24 - 850,
    })
  })
})

describe('The recent activity of an actor', () => {
  const before = marks(['video', 'video.link.optimistic', 'video.filename.viewing'])
  const now = marks(
    ['video', 'video.link.linked', 'video.filename.viewing'],
    ['video.link.linking||0'],
  )
  const view = { x: 0, y: 0, scale: 1 }
  const near = { x: 10, y: 10, width: 50, height: 20 }
  const far = { x: 5_000, y: 5_000, width: 50, height: 20 }

  it('consists of the entered states and the taken transitions', () => {
    expect(findNewBoxes(layout, now, before)).toEqual([
      place('video.link.linked'),
      place('video.link.linking||0'),
    ])
  })

  it('consists of all innermost active states if nothing is new', () => {
    expect(findNewBoxes(layout, marks([...before.active]), before).length).toBe(2)
  })

  it('does not pan while any of it is visible', () => {
    expect(revealAny(view, [far, near], wide)).toEqual(view)
    expect(revealAny(view, [], wide)).toEqual(view)
  })

  it('is centered, completely if there is room', () => {
    const beside = { ...far, x: far.x + 200 }
    expect(revealAny(view, [far, beside], wide)).toEqual({
      scale: 1,
      x: (wide.width - 250) / 2 - far.x,
      y: (wide.height - 20) / 2 - far.y,
    })
    const away = { ...far, x: far.x + 2_000 }
    expect(revealAny(view, [far, away], wide)).toEqual(revealBox(view, far, wide))
  })
})
