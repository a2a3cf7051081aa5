import type { Box, ChartLayout, Point } from '#charts/layout/chart-layout.ts'
import { textStyles } from '#charts/layout/measure-text.ts'
import { placeCounts } from '#charts/layout/place-counts.ts'
import type { VisibleState } from '#charts/layout/visible-chart.ts'

/** Describes every fault that a reader would see in a layout. */
export function findFaults(layout: ChartLayout): string[] {
  return [
    ...findOverlappingStates(layout),
    ...findOverlappingLabels(layout),
    ...findLooseEnds(layout),
    ...findDiagonalLines(layout),
    ...findOverflowingTexts(layout),
    ...findMergedLines(layout),
    ...findCrossedBoxes(layout),
    ...findCrowdedEnds(layout),
  ]
}

/** Describes every count that is missing or covers a text or another count. */
export function findCountFaults(layout: ChartLayout): string[] {
  const { states, arrows } = layout
  const places = [...placeCounts(layout)].map(([id, box]) => ({ id, box }))
  const boxes = [
    ...states.map(({ box, text }) => ({ box, text })),
    ...arrows.map(({ label, text }) => ({ box: label, text })),
  ]
  const words = boxes.flatMap(({ box, text }) =>
    text.blocks.flatMap(({ lines }) =>
      lines.map(({ text: word, style, x, y, width }) => ({
        word,
        box: { x: box.x + x, y: box.y + y, width, height: textStyles[style].lineHeight },
      })),
    ),
  )
  const transitions = boxes
    .flatMap(({ text }) => text.blocks)
    .flatMap((block) => block.transitionId ?? [])
  return [
    ...transitions
      .filter((id) => !places.some((place) => place.id === id))
      .map((id) => `${id} has no count`),
    ...places.flatMap(({ id, box }) =>
      words
        .filter((text) => overlap(text.box, box))
        .map(({ word }) => `the count of ${id} lies on ${word}`),
    ),
    ...listPairs(places)
      .filter(([a, b]) => overlap(a.box, b.box))
      .map(([a, b]) => `the counts of ${a.id} and ${b.id} overlap`),
  ]
}

function findOverlappingStates({ states }: ChartLayout): string[] {
  return listPairs(states).flatMap(([a, b]) => {
    if (isInside(a.visible, b.visible))
      return contains(b.box, a.box) ? [] : [`${getId(a)} leaves ${getId(b)}`]
    if (isInside(b.visible, a.visible))
      return contains(a.box, b.box) ? [] : [`${getId(b)} leaves ${getId(a)}`]
    return overlap(a.box, b.box) ? [`${getId(a)} overlaps ${getId(b)}`] : []
  })
}

function findOverlappingLabels({ states, arrows }: ChartLayout): string[] {
  const betweenLabels = listPairs(arrows)
    .filter(([a, b]) => overlap(a.label, b.label))
    .map(([a, b]) => `label ${a.arrow.id} overlaps label ${b.arrow.id}`)
  const withStates = arrows.flatMap(({ arrow, label }) =>
    states
      .filter(({ box }) => overlap(box, label) && !contains(box, label))
      .map((state) => `label ${arrow.id} overlaps ${getId(state)}`),
  )
  const withNames = arrows.flatMap(({ arrow, label }) =>
    states
      .filter(({ box, text }) => overlap({ ...box, height: text.height }, label))
      .map((state) => `label ${arrow.id} overlaps the name of ${getId(state)}`),
  )
  return [...betweenLabels, ...withStates, ...withNames]
}

function findLooseEnds({ states, arrows, initials }: ChartLayout): string[] {
  const frames = new Map(states.map(({ visible, box, text }) => [visible.state.id, { box, text }]))
  const touches = (point: Point | undefined, id: string) => {
    const frame = frames.get(id)
    if (!frame || !point) return false
    const head = { ...frame.box, height: frame.text.height }
    return onBorder(point, frame.box) || onBorder(point, head)
  }
  const arrowEnds = arrows.flatMap(({ arrow, label, incoming, outgoing }) => [
    touches(incoming[0], arrow.source.state.id) ? '' : `${arrow.id} does not begin at its source`,
    onBorder(incoming.at(-1), label) ? '' : `${arrow.id} misses its label`,
    ...outgoing.flatMap((line, index) => [
      onBorder(line[0], label) ? '' : `${arrow.id} does not leave its label`,
      touches(line.at(-1), arrow.targets[index]?.state.id ?? '')
        ? ''
        : `${arrow.id} misses its target`,
    ]),
  ])
  const dots = initials.map(({ id, dot, line }) =>
    isMidway(line[0], dot) ? '' : `the dot of ${id} has no line from its middle`,
  )
  return [...arrowEnds, ...dots].filter((fault) => fault !== '')
}

function isMidway(point: Point | undefined, box: Box): boolean {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2]
  return onBorder(point, box) && (near(point?.x ?? 0, middleX) || near(point?.y ?? 0, middleY))
}

function findDiagonalLines({ arrows, initials }: ChartLayout): string[] {
  const lines = [
    ...arrows.flatMap(({ arrow, incoming, outgoing }) =>
      [incoming, ...outgoing].map((line) => ({ name: arrow.id, line })),
    ),
    ...initials.map(({ id, line }) => ({ name: id, line })),
  ]
  const isDiagonal = (line: Point[]) =>
    line.some(({ x, y }, index) => {
      const next = line[index + 1]
      return next !== undefined && !near(x, next.x) && !near(y, next.y)
    })
  return lines.filter(({ line }) => isDiagonal(line)).map(({ name }) => `${name} is not orthogonal`)
}

interface Segment {
  name: string
  from: Point
  to: Point
}

function listSegments({ arrows, initials }: ChartLayout): Segment[] {
  const lines = [
    ...arrows.flatMap(({ arrow, incoming, outgoing }) =>
      [incoming, ...outgoing].map((line, index) => ({ name: `${arrow.id} (${index})`, line })),
    ),
    ...initials.map(({ id, line }) => ({ name: `the dot of ${id}`, line })),
  ]
  return lines.flatMap(({ name, line }) =>
    line.slice(1).flatMap((to, index) => {
      const from = line[index]
      return from ? [{ name, from, to }] : []
    }),
  )
}

const toBox = ({ from, to }: Segment, margin = 0): Box => ({
  x: Math.min(from.x, to.x) - margin,
  y: Math.min(from.y, to.y) - margin,
  width: Math.abs(from.x - to.x) + 2 * margin,
  height: Math.abs(from.y - to.y) + 2 * margin,
})

/** In px: parallel parts of two lines that are closer than this count as merged. */
const minDistance = 3

function findMergedLines(layout: ChartLayout): string[] {
  const segments = listSegments(layout)
  const isFlat = ({ from, to }: Segment) => near(from.y, to.y)
  const level = (segment: Segment) => (isFlat(segment) ? segment.from.y : segment.from.x)
  const span = ({ from, to }: Segment, flat: boolean): [number, number] =>
    flat
      ? [Math.min(from.x, to.x), Math.max(from.x, to.x)]
      : [Math.min(from.y, to.y), Math.max(from.y, to.y)]
  const faults: string[] = []
  for (const flat of [true, false]) {
    const sorted = segments
      .filter((segment) => isFlat(segment) === flat)
      .sort((a, b) => level(a) - level(b))
    for (const [index, segment] of sorted.entries()) {
      for (const other of sorted.slice(index + 1)) {
        if (level(other) - level(segment) >= minDistance) break
        const [[a, b], [c, d]] = [span(segment, flat), span(other, flat)]
        if (segment.name !== other.name && Math.min(b, d) - Math.max(a, c) > tolerance)
          faults.push(`${segment.name} lies on ${other.name}`)
      }
    }
  }
  return faults
}

/**
 * Finds lines that run through a box or label other than their ends, or through a frame's heading.
 */
function findCrossedBoxes(layout: ChartLayout): string[] {
  const plain = [
    ...layout.states
      .filter(({ visible }) => visible.children.length === 0)
      .map((state) => ({ name: getId(state), box: state.box })),
    ...layout.arrows.map(({ arrow, label }) => ({ name: `label ${arrow.id}`, box: label })),
    ...layout.initials.map(({ id, dot }) => ({ name: `the dot of ${id}`, box: dot })),
  ]
  const headings = layout.states
    .filter(({ visible }) => visible.children.length > 0)
    .map((state) => ({
      name: `the heading of ${getId(state)}`,
      box: { ...state.box, width: state.text.width, height: state.text.height },
    }))
  return listSegments(layout).flatMap((segment) =>
    [...plain, ...headings]
      .filter(({ box }) => overlap(box, toBox(segment)))
      .map(({ name }) => `${segment.name} runs through ${name}`),
  )
}

const minEndDistance = 5

/** Finds ends of different lines that are too close to be distinguished. */
function findCrowdedEnds({ arrows, initials }: ChartLayout): string[] {
  const ends = [
    ...arrows.flatMap(({ arrow, incoming, outgoing }) => [
      { name: `${arrow.id} (start)`, point: incoming[0] },
      ...outgoing.map((line, index) => ({ name: `${arrow.id} (${index})`, point: line.at(-1) })),
    ]),
    ...initials.map(({ id, line }) => ({ name: `the dot of ${id}`, point: line.at(-1) })),
  ].flatMap(({ name, point }) => (point ? [{ name, point }] : []))
  ends.sort((a, b) => a.point.x - b.point.x)
  return ends.flatMap((end, index) => {
    const close: string[] = []
    for (const other of ends.slice(index + 1)) {
      if (other.point.x - end.point.x >= minEndDistance) break
      if (Math.abs(other.point.y - end.point.y) < minEndDistance)
        close.push(`${end.name} and ${other.name} end closer than ${minEndDistance} px`)
    }
    return close
  })
}

function findOverflowingTexts({ states, arrows }: ChartLayout): string[] {
  const boxes = [
    ...states.map(({ visible, box, text }) => ({ name: visible.state.id, box, text })),
    ...arrows.map(({ arrow, label, text }) => ({ name: arrow.id, box: label, text })),
  ]
  return boxes
    .filter(
      ({ box, text }) => text.width > box.width + tolerance || text.height > box.height + tolerance,
    )
    .map(({ name }) => `the text of ${name} is larger than its box`)
}

const tolerance = 0.6

const getId = ({ visible }: ChartLayout['states'][number]) => visible.state.id

const near = (a: number, b: number) => Math.abs(a - b) <= tolerance

function isInside(state: VisibleState, outer: VisibleState): boolean {
  return state.parent !== null && (state.parent === outer || isInside(state.parent, outer))
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x + tolerance < b.x + b.width &&
    b.x + tolerance < a.x + a.width &&
    a.y + tolerance < b.y + b.height &&
    b.y + tolerance < a.y + a.height
  )
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x - tolerance &&
    inner.y >= outer.y - tolerance &&
    inner.x + inner.width <= outer.x + outer.width + tolerance &&
    inner.y + inner.height <= outer.y + outer.height + tolerance
  )
}

function onBorder(point: Point | undefined, { x, y, width, height }: Box): boolean {
  if (!point) return false
  const within = contains({ x, y, width, height }, { ...point, width: 0, height: 0 })
  const onSide = near(point.x, x) || near(point.x, x + width)
  return within && (onSide || near(point.y, y) || near(point.y, y + height))
}

function listPairs<Item>(items: Item[]): [Item, Item][] {
  return items.flatMap((first, index) =>
    items.slice(index + 1).map((second): [Item, Item] => [first, second]),
  )
}
