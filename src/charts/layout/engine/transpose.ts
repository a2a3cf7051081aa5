import type { Box, Point } from '../chart-layout.ts'
import type { ArrowPlace, GraphPlaces } from './graph.ts'

/** Swaps the axes: what runs down then runs to the right. */
export function transposePlaces({ boxes, arrows, initials }: GraphPlaces): GraphPlaces {
  return {
    boxes: mapValues(boxes, swapBox),
    arrows: mapValues(arrows, swapArrow),
    initials: mapValues(initials, ({ dot, line }) => ({ dot: swapBox(dot), line: line.map(swap) })),
  }
}

const swapArrow = ({ label, isMain, incoming, outgoing }: ArrowPlace): ArrowPlace => ({
  label: swapBox(label),
  isMain,
  incoming: incoming.map(swap),
  outgoing: outgoing.map((line) => line.map(swap)),
})

const swap = ({ x, y }: Point): Point => ({ x: y, y: x })

const swapBox = ({ x, y, width, height }: Box): Box => ({
  x: y,
  y: x,
  width: height,
  height: width,
})

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
