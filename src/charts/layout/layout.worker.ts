import { errorMessage } from '#shared/error-message.ts'
import type { GraphPlaces, LayoutGraph } from './engine/graph.ts'
import { placeGraph } from './engine/place-graph.ts'

/** The worker's response. */
export type LayoutMessage = { places: GraphPlaces } | { failure: string }

addEventListener('message', ({ data }: MessageEvent<LayoutGraph>) => {
  postMessage(respond(data))
})

function respond(graph: LayoutGraph): LayoutMessage {
  try {
    return { places: placeGraph(graph) }
  } catch (error) {
    return { failure: errorMessage(error) }
  }
}
