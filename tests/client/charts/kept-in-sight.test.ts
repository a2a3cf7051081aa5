import { describe, expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { noMarks } from '#charts/drawing/marks.ts'
import { newPlaces, placeOf } from '#charts/drawing/places.ts'
import {
  firstView,
  roomOn,
  type Size,
  type Viewport,
  withAnyInSight,
  withInSight,
} from '#charts/drawing/viewport.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOutFromStore } from '#charts/layout/lay-out.ts'
import type { Box } from '#charts/layout/layout.ts'
import { storedLayouts } from '#client/app/charts/layouts/stored-layouts.ts'
import { videoMachine } from '#machines/video.machine.ts'

const chart = chartOf(videoMachine)
const stored = storedLayouts['video down'] ?? { nodes: {}, edges: {} }
const wish = { chart, direction: 'down', collapsed: new Set<string>() } as const
const layout = layOutFromStore(wish, stored, estimateText)
if (!layout) throw new Error('There is no stored layout: run `npm run charts:export`')

const wide: Size = { width: 928, height: 690 }
const narrow: Size = { width: 390, height: 360 }

/** A box as the screen shows it. */
const onScreen = ({ scale, x, y }: Viewport, box: Box) => ({
  ...{ left: box.x * scale + x, top: box.y * scale + y },
  ...{ right: (box.x + box.width) * scale + x, bottom: (box.y + box.height) * scale + y },
})

const place = (id: string): Box => placeOf(layout, id) ?? { x: 0, y: 0, width: 0, height: 0 }
const marks = (active: string[], taken: string[] = []) => ({
  ...noMarks,
  active: new Set(active),
  taken: new Set(taken),
})

describe.each([wide, narrow])('on a screen of $width × $height', (screen) => {
  it('words can be read at first', () => {
    expect(firstView(layout, screen, undefined).scale).toBeGreaterThanOrEqual(0.8)
  })

  it('neither the card nor the buttons hide what is chosen', () => {
    const room = roomOn(screen, 150)
    for (const { id } of chart.transitions) {
      const { left, top, right, bottom } = onScreen(
        withInSight(firstView(layout, screen, undefined), place(id), room),
        place(id),
      )
      expect([left >= 0, top >= 0, right <= room.width, bottom <= room.height], id).toEqual(
        Array(4).fill(true),
      )
    }
  })
})

describe('what is chosen', () => {
  const view = { x: 0, y: 0, scale: 0.5 }

  it('moves the picture as little as will do, and does not zoom it', () => {
    const belowTheCard = { x: 200, y: 1_300, width: 100, height: 40 }
    expect(withInSight(view, belowTheCard, { width: 800, height: 600 })).toEqual({
      ...view,
      y: 600 - 24 - 670,
    })
  })

  it('is gone to where it is far away, and is large enough to be read there', () => {
    const box = { x: 3_000, y: 3_000, width: 100, height: 40 }
    expect(withInSight(view, box, { width: 800, height: 600 })).toEqual({
      scale: 0.85,
      x: (800 - 85) / 2 - 2_550,
      y: (600 - 34) / 2 - 2_550,
    })
  })

  it('is seen from its beginning where it is too large', () => {
    const frame = { x: 1_000, y: 1_000, width: 4_000, height: 4_000 }
    expect(withInSight(view, frame, { width: 800, height: 600 })).toEqual({
      scale: 0.85,
      x: 24 - 850,
      y: 24 - 850,
    })
  })
})

describe('where an actor goes', () => {
  const before = marks(['video', 'video.link.optimistic', 'video.filename.viewing'])
  const now = marks(
    ['video', 'video.link.linked', 'video.filename.viewing'],
    ['video.link.linking.sending|xstate.done.actor.linkVideo|0'],
  )
  const view = { x: 0, y: 0, scale: 1 }
  const near = { x: 10, y: 10, width: 50, height: 20 }
  const far = { x: 5_000, y: 5_000, width: 50, height: 20 }

  it('is where it was not before, and what took it there', () => {
    expect(newPlaces(layout, now, before)).toEqual([
      place('video.link.linked'),
      place('video.link.linking.sending|xstate.done.actor.linkVideo|0'),
    ])
  })

  it('is all of where it stands when nothing in it is new', () => {
    expect(newPlaces(layout, marks([...before.active]), before).length).toBe(2)
  })

  it('does not move the picture while any of it is seen', () => {
    expect(withAnyInSight(view, [far, near], wide)).toEqual(view)
    expect(withAnyInSight(view, [], wide)).toEqual(view)
  })

  it('is brought into the middle, all of it where there is room', () => {
    const beside = { ...far, x: far.x + 200 }
    expect(withAnyInSight(view, [far, beside], wide)).toEqual({
      scale: 1,
      x: (wide.width - 250) / 2 - far.x,
      y: (wide.height - 20) / 2 - far.y,
    })
    const away = { ...far, x: far.x + 2_000 }
    expect(withAnyInSight(view, [far, away], wide)).toEqual(withInSight(view, far, wide))
  })
})
