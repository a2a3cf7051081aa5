import type { FrameLog } from './frame-log.ts'

/** A pick, as the picker would hand it over. */
export interface Pick {
  mediaId: string
  filename: string
  durationSeconds: number
}

/** What a contender's page offers to the bench, as `window.peers`. */
export interface PeersPage {
  /** Shows the button `Add N videos` for these picks. */
  offer: (picks: readonly Pick[]) => void
  /** Fetches the list as the page does when it gets the focus back. */
  refetch: () => void
  /** Follows every frame from now on. */
  startRecording: () => void
  /** Opens the editor of a row, if the list shows it. */
  openEditor: (mediaId: string) => boolean
  stopRecording: () => FrameLog
}

/** The layers that manage the list, and the first one is what the others are compared with. */
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
export const latencies = ['fixed', 'log-normal', 'two-humped'] as const

export type Latency = (typeof latencies)[number]

/** What the server does to the requests of one run. */
export interface ServerCell {
  seed: number
  latency: Latency
  /** The share of links that are refused, from 0 to 1. */
  refused: number
  /** The assets of the picks, in order: what is drawn for a pick depends on its place here. */
  mediaIds: readonly string[]
}

/** What the server saw since its cell was set; times in milliseconds since 1970. */
export interface ServerLog {
  /** All HTTP requests but those of the bench and those for the page's files. */
  requests: number
  /** Requests for the list. */
  lists: number
  openRequests: number
  /** When the last request came or was answered. */
  lastActivityAt: number
  /** One entry for each answer to a link. */
  links: { mediaId: string; isRefused: boolean; at: number }[]
  /** One entry for each answer to a renaming. */
  renames: { videoId: string; isRefused: boolean; at: number }[]
}
