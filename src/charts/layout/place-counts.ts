import type { Box, ChartLayout } from './chart-layout.ts'
import type { TextBlock, TextBox, TextLine } from './chart-text.ts'
import { textStyles } from './measure-text.ts'

/** The place of a count, and the alignment of its text. */
export interface CountPlace extends Box {
  anchor: 'start' | 'end'
}

/** The space for a count of up to five characters. */
const size = { width: 40, height: 12 }
const gap = 3

/**
 * Places the count of each transition near its label, by transition id. A count covers another box
 * only if there is no other space, and a text or another count only if every place is taken.
 */
export function placeCounts(layout: ChartLayout): Map<string, CountPlace> {
  const boxes = [
    ...layout.arrows.map(({ text, label }) => ({ text, box: label })),
    ...layout.states.map(({ text, box }) => ({ text, box })),
  ]
  const rows = boxes.flatMap(listRows)
  const texts = boxes.flatMap(({ text, box }) =>
    text.blocks.flatMap(({ lines }) => lines.map((line) => toLineBox(line, box))),
  )
  const places = new Map<string, CountPlace>()
  for (const row of rows) {
    const candidates = listCandidates(row)
    const occupied = [...texts, ...places.values()]
    const otherBoxes = boxes.map(({ box }) => box).filter((box) => !contains(box, row.box))
    const place =
      candidates.find(avoids([...occupied, ...otherBoxes])) ??
      candidates.find(avoids(occupied)) ??
      candidates[0]
    if (place) places.set(row.id, place)
  }
  return places
}

interface Row {
  id: string
  block: TextBlock
  box: Box
}

function listRows({ text: { blocks }, box }: { text: TextBox; box: Box }): Row[] {
  return blocks.flatMap((block) =>
    block.transitionId === null ? [] : [{ id: block.transitionId, block, box }],
  )
}

/**
 * Lists places for a count, best first: after a line inside the box, then to the right of the box,
 * to the left, above and below, then the same farther away.
 */
function listCandidates({ block, box }: Row): CountPlace[] {
  const lines = block.lines.map((line) => toLineBox(line, box))
  const right = box.x + box.width
  const inside = lines
    .map(({ x, y, width }) => createPlace(x + width + 2 * gap, y + 2))
    .filter(({ x }) => x + size.width + gap <= right)
  const outside = distances.flatMap((distance) => [
    ...lines.map(({ y }) => createPlace(right + gap + distance, y + 2)),
    ...lines.map(({ y }) => createPlace(box.x - gap - distance - size.width, y + 2, 'end')),
    ...[0, 0.5, 1].flatMap((share) => {
      const x = box.x + share * (box.width - size.width)
      return [
        createPlace(x, box.y - gap - distance - size.height),
        createPlace(x, box.y + box.height + gap + distance),
      ]
    }),
  ])
  return [...inside, ...outside]
}

function createPlace(x: number, y: number, anchor: CountPlace['anchor'] = 'start'): CountPlace {
  return { x, y, ...size, anchor }
}

const distances = [0, 12, 24, 36]

function toLineBox({ x, y, width, style }: TextLine, box: Box): Box {
  return { x: box.x + x, y: box.y + y, width, height: textStyles[style].lineHeight }
}

const avoids = (obstacles: Box[]) => (place: Box) =>
  !obstacles.some((obstacle) => overlaps(place, obstacle))

const contains = (outer: Box, inner: Box) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
