import type { Link } from '#contract/videos.ts'
import type { Database } from './db/database.ts'

/** Everything the app needs of the world; `main.ts` hands in Node's, a test its own. */
export type Dependencies = {
  database: Database
  files: FileSource
  log: Log
  clock: Clock
  newId: () => string
  wait: Wait
  faults: Faults | undefined
  docs: FileSource | undefined
  page: Page | undefined
  /** Where it listens; `undefined` where it answers to any name. */
  host: string | undefined
}

/** Milliseconds since 1970. */
export type Clock = { now: () => number }

/** Resolves after so many milliseconds, or at once when the signal aborts. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

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

/** What is in store for one link. */
export type Fate = {
  /** Milliseconds. */
  delay: number
  outcome: 'served' | 'refused' | 'cut-before' | 'cut-after'
}

/** Trouble on purpose, for development and tests. */
export type Faults = { fateOf: (link: Link) => Fate }
