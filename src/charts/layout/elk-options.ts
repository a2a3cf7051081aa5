import type { LayoutOptions } from 'elkjs/lib/elk-api.js'
import type { Direction } from './chart-layout.ts'

// https://eclipse.dev/elk/reference/options.html

const framePadding = 18

/** Options for the graph as a whole. */
export const rootOptions = (direction: Direction): LayoutOptions => ({
  ...layeredOptions(direction),
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
})

/** Options for a state without states inside. */
export const stateOptions = (direction: Direction, isRegion: boolean): LayoutOptions => ({
  ...(isRegion ? regionAlignment[direction] : {}),
  ...portMargin,
})

/** Options for a state with states inside, below a header of this size. */
export const frameOptions = (
  { width, height }: { width: number; height: number },
  direction: Direction,
  isRegion: boolean,
): LayoutOptions => ({
  ...layeredOptions(direction),
  ...stateOptions(direction, isRegion),
  'elk.padding': `[top=${height + framePadding},left=${framePadding},bottom=${framePadding},right=${framePadding}]`,
  'elk.nodeSize.constraints': 'MINIMUM_SIZE',
  'elk.nodeSize.minimum': `(${width},${height})`,
})

/** Lines meet a dot and a label in the middle. */
export const initialOptions: LayoutOptions = {
  'elk.layered.nodePlacement.networkSimplex.nodeFlexibility': 'NONE',
}

/** Options for a label, in the first or the last layer of its frame if need be. */
export const labelOptions = (layer: 'FIRST' | 'LAST' | null): LayoutOptions => ({
  ...initialOptions,
  ...(layer && { 'elk.layered.layering.layerConstraint': layer }),
})

/** Keeps lines off the round corners of a state. */
const portMargin = { 'elk.spacing.portsSurrounding': '[top=10,left=10,bottom=10,right=10]' }

const regionAlignment: Record<Direction, LayoutOptions> = {
  right: { 'elk.alignment': 'LEFT' },
  down: { 'elk.alignment': 'TOP' },
}

// Nodes don't inherit options: each state with states inside needs them all.
const layeredOptions = (direction: Direction): LayoutOptions => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.networkSimplex.nodeFlexibility.default': 'PORT_POSITION',
  'elk.layered.thoroughness': '20',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
})
