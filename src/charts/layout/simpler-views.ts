import { listStates } from '../chart.ts'
import type { LayoutRequest } from './compute-layout.ts'

/** A view of a chart that is quicker to lay out, and a sentence to tell the reader about it. */
export interface SimplerView {
  request: LayoutRequest
  sentence: string
}

/** Lists simpler views of a chart, for when a layout fails or takes too long; fullest first. */
export function listSimplerViews(request: LayoutRequest): SimplerView[] {
  const { root } = request.chart
  const exits = new Map(listStates(root).map(({ id }) => [id, true]))
  const collapsed = new Set(root.states.map(({ id }) => id))
  return [
    {
      request: { ...request, exits },
      sentence:
        'This chart takes too long to lay out in full. Only main paths are drawn as lines; each state lists where its other transitions lead.',
    },
    {
      request: { ...request, exits, collapsed },
      sentence:
        'This chart takes too long to lay out in full, so its outermost states are collapsed. The outline lists everything.',
    },
  ]
}
