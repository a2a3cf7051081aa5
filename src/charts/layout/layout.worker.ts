import { errorMessage } from '#shared/error-message.ts'
import { layOutGraph } from './engine/lay-out-graph.ts'
import type { GraphPlaces, LayoutGraph } from './engine/layout-graph.ts'

/** The worker's response. */
export type LayoutAnswer = { places: GraphPlaces } | { failure: string }

addEventListener('message', ({ data }: MessageEvent<LayoutGraph>) => {
  postMessage(respond(data))
})

function respond(graph: LayoutGraph): LayoutAnswer {
  try {
    return { places: layOutGraph(graph) }
  } catch (error) {
    return { failure: errorMessage(error) }
  }
}
