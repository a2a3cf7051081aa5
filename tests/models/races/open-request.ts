import type { NetworkOutcome } from './network-outcome.ts'
import { refuse, type ServerResponse } from './reference-server.ts'

/** A request in flight, or in the middle of its response. */
export interface OpenRequest {
  /** Starts the labels of its turns. */
  name: string
  outcome: NetworkOutcome
  signal: AbortSignal
  linkIds: readonly string[]
  /** The assets of those links. */
  mediaIds: readonly string[]
  /** The video that it changes; `undefined` for a batch and a list. */
  videoId: string | undefined
  /** Whether the page has received a line of its response. */
  isStreaming: boolean
  close: () => void
}

export const isAborted = ({ signal, outcome }: OpenRequest) =>
  signal.aborted && !outcome.arrivesAfterAbort

export const connectionLost = () => new TypeError('fetch failed')

export const serverError: ServerResponse = refuse('unexpected')

export const toResponse = ({ status, body }: ServerResponse) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status })
