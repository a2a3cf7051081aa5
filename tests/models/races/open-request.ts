import type { Fate } from './fate.ts'
import { refusal, type ServerAnswer } from './reference-server.ts'

/** A request on its way, or in the middle of its answer. */
export interface OpenRequest {
  /** Names its turns. */
  name: string
  fate: Fate
  signal: AbortSignal
  linkIds: readonly string[]
  /** The assets of those links. */
  mediaIds: readonly string[]
  /** The video that it changes; `undefined` for a batch and a list. */
  videoId: string | undefined
  /** A line of its answer is on the page. */
  isAnswered: boolean
  close: () => void
}

export const isGivenUp = ({ signal, fate }: OpenRequest) => signal.aborted && !fate.isStubborn

export const connectionLost = () => new TypeError('fetch failed')

export const failure: ServerAnswer = { status: 500, body: refusal('unexpected').problem }

export const toResponse = ({ status, body }: ServerAnswer) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status })
