import type { FrameLog } from './frame-log.ts'

/** A pick, as the picker would pass it on. */
export interface OfferedPick {
  mediaId: string
  filename: string
  durationSeconds: number
}

/** What a contender's page exposes to the bench, as `window.peers`. */
export interface PeersPage {
  /** Shows the button `Add N videos` for these picks. */
  offer: (picks: readonly OfferedPick[]) => void
  /** Fetches the list as the page does when it regains the focus. */
  refetch: () => void
  /** Starts to record every frame. */
  startRecording: () => void
  /** Opens the editor of a row, if the list shows it. */
  openEditor: (mediaId: string) => boolean
  stopRecording: () => FrameLog
}

/** The layers that manage the list; the others are compared with the first one. */
export const layers = [
  'lectern',
  'one-by-one',
  'query-snapshot',
  'query-patch',
  'tanstack-db',
  'use-optimistic',
  'rtk-query',
] as const

export type LayerName = (typeof layers)[number]

/** How links reach the server. `h2` is `fetch` over HTTP/2 with TLS. */
export const transports = ['batch', 'fetch', 'h2', 'trpc'] as const

export type TransportName = (typeof transports)[number]

/** How long the server takes for a request of a cell. */
export const latencies = ['fixed', 'log-normal', 'bimodal'] as const

export type Latency = (typeof latencies)[number]

/** What the server does to the requests of one run. */
export interface ServerCell {
  seed: number
  latency: Latency
  /** The share of links that are refused, from 0 to 1. */
  refused: number
  /** The assets of the picks, in order: what is drawn for a pick depends on its index here. */
  mediaIds: readonly string[]
}

/** What the server has seen since its cell was set; times in milliseconds since 1970. */
export interface ServerLog {
  /** All HTTP requests except those of the bench and those for the page's files. */
  requests: number
  /** Requests for the list. */
  lists: number
  openRequests: number
  /** When the last request arrived or was responded to. */
  lastActivityAt: number
  /** One entry for each response to a link. */
  links: { mediaId: string; isRefused: boolean; at: number }[]
  /** One entry for each response to a rename. */
  renames: { videoId: string; isRefused: boolean; at: number }[]
}
