import type { Link, LinkLine } from '#contract/videos.ts'
import type { Database } from './db/database.ts'

/** Everything that the app needs from outside; `main.ts` passes Node's, a test its own. */
export type Dependencies = {
  database: Database
  files: FileSource
  log: Log
  clock: Clock
  newId: () => string
  docs: FileSource | undefined
  page: Page | undefined
  /** The address that it listens at; `undefined` to answer to any host name. */
  host: string | undefined
  /** Names that it answers to beside those of this machine. */
  furtherHosts?: readonly string[]
  /** Links videos; straight to the database unless something stands in between. */
  linkVideos?: LinkVideos | undefined
}

/** Milliseconds since 1970. */
export type Clock = { now: () => number }

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

/** Files by name: of the media library, or of a package that is served as it is. */
export type FileSource = { open: (name: string) => Promise<StoredFile | undefined> }

export type StoredFile = {
  size: number
  /** Milliseconds since 1970. */
  modifiedAt: number
  /** The bytes from `start` to `end`, both included. Nothing is opened until it is read. */
  stream: (start: number, end: number) => ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Serves the built page and its assets; `undefined` for an address it does not have. */
export type Page = (request: Request, nonce: string) => Promise<Response | undefined>

export type LinkVideosRequest = {
  chapterId: string
  links: readonly Link[]
  /** Aborts when the caller is gone. */
  signal: AbortSignal
}

/** The answer to one link: the video, or why it was not linked. */
export type LinkAnswer = Exclude<LinkLine, { done: true }>

/** Links videos to a chapter and yields their answers as they are known, any number at a time. */
export type LinkVideos = (request: LinkVideosRequest) => AsyncGenerator<LinkAnswer[]>
