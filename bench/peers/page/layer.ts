import type { ComponentType, PropsWithChildren } from 'react'
import type { Link, MediaPick, Video } from '#contract/videos.ts'

/** How a contender talks to the server; each call rejects if the server refuses. */
export interface Transport {
  list: (signal?: AbortSignal) => Promise<Video[]>
  link: (link: Link) => Promise<Video>
  /** Waits for a link of the same video that is in flight. */
  rename: (video: Video, filename: string) => Promise<Video>
}

/** A row of the list that all contenders share. */
export interface Row {
  id: string
  mediaId: string
  filename: string
  status: 'pending' | 'linked' | 'failed'
}

/** What a contender provides to the list. */
export interface Layer {
  /** `undefined` until the list has loaded. */
  rows: readonly Row[] | undefined
  add: (picks: readonly MediaPick[]) => void
  rename: (id: string, filename: string) => void
  /** Runs when the user returns to the window. */
  refetch: () => void
}

export interface Contender {
  Provider: ComponentType<PropsWithChildren>
  useLayer: () => Layer
}

export type CreateContender = (place: { chapterId: string; server: Transport }) => Contender
