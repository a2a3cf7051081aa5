import type { TextBlock, TextBox, TextLine } from './chart-text.ts'
import type { Box, ChartLayout } from './layout.ts'
import { textStyles } from './text-styles.ts'

/** Room for a count, and the side of it that the count keeps to: that of its words. */
export interface CountPlace extends Box {
  anchor: 'start' | 'end'
}

/** The room that a transition's count takes; it has at most five letters. */
const size = { width: 40, height: 12 }
const gap = 3

/** Where each transition's count stands: as near to its words as it hides neither words nor another count, and if it can no other box. */
export function countPlacesOf(layout: ChartLayout): Map<string, CountPlace> {
  const boxes = [
    ...layout.arrows.map(({ text, label }) => ({ text, box: label })),
    ...layout.states.map(({ text, box }) => ({ text, box })),
  ]
  const rows = boxes.flatMap(rowsIn)
  const words = boxes.flatMap(({ text, box }) =>
    text.blocks.flatMap(({ lines }) => lines.map((line) => boxOfLine(line, box))),
  )
  const places = new Map<string, CountPlace>()
  for (const row of rows) {
    const candidates = candidatesFor(row)
    const taken = [...words, ...places.values()]
    const others = boxes.map(({ box }) => box).filter((box) => !holds(box, row.box))
    const place =
      candidates.find(isClearOf([...taken, ...others])) ??
      candidates.find(isClearOf(taken)) ??
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

function rowsIn({ text: { blocks }, box }: { text: TextBox; box: Box }): Row[] {
  return blocks.flatMap((block) =>
    block.transitionId === null ? [] : [{ id: block.transitionId, block, box }],
  )
}

/** Behind a line where the box has room, at the box's right, at its left, above and below it; then farther off. */
function candidatesFor({ block, box }: Row): CountPlace[] {
  const lines = block.lines.map((line) => boxOfLine(line, box))
  const right = box.x + box.width
  const inside = lines
    .map(({ x, y, width }) => placeAt(x + width + 2 * gap, y + 2))
    .filter(({ x }) => x + size.width + gap <= right)
  const beside = distances.flatMap((far) => [
    ...lines.map(({ y }) => placeAt(right + gap + far, y + 2)),
    ...lines.map(({ y }) => placeAt(box.x - gap - far - size.width, y + 2, 'end')),
    ...[0, 0.5, 1].flatMap((share) => {
      const x = box.x + share * (box.width - size.width)
      return [
        placeAt(x, box.y - gap - far - size.height),
        placeAt(x, box.y + box.height + gap + far),
      ]
    }),
  ])
  return [...inside, ...beside]
}

function placeAt(x: number, y: number, anchor: CountPlace['anchor'] = 'start'): CountPlace {
  return { x, y, ...size, anchor }
}

const distances = [0, 12, 24, 36]

function boxOfLine({ x, y, width, style }: TextLine, box: Box): Box {
  return { x: box.x + x, y: box.y + y, width, height: textStyles[style].lineHeight }
}

const isClearOf = (obstacles: Box[]) => (place: Box) =>
  !obstacles.some((one) => overlap(place, one))

const holds = (outer: Box, box: Box) =>
  outer.x <= box.x &&
  outer.y <= box.y &&
  outer.x + outer.width >= box.x + box.width &&
  outer.y + outer.height >= box.y + box.height

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
