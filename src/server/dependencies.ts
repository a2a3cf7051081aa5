import type { Link, LinkResultLine } from '#contract/videos.ts'
import type { Broadcast, Database, Notifier } from './db/database.ts'

/** Everything the app needs from outside: `main.ts` passes Node's, tests pass their own. */
export type Dependencies = {
  database: Database
  /** Wakes the streams of changes at once; without it, they poll. */
  notifier?: Notifier | undefined
  /** Reaches the other servers; without it, pages don't show what others are editing. */
  broadcast?: Broadcast | undefined
  /** Aborts when the server stops, which ends the endless streams. */
  stopping?: AbortSignal | undefined
  files: FileSource
  log: Log
  clock: Clock
  newId: () => string
  docs: FileSource | undefined
  page: Page | undefined
  /** The address the server listens on; `undefined` accepts any host name. */
  host: string | undefined
  /** Host names it accepts besides those of this machine. */
  extraHosts?: readonly string[]
  /** Receives uploads; without it, nothing can be added to the library. */
  uploads?: Uploads | undefined
  /** Where thumbnails are stored; `files` serves them. */
  thumbnails?: FileFolder | undefined
  /** Links videos; by default, directly in the database. */
  linkVideos?: LinkVideos | undefined
}

/** Milliseconds since 1970. */
export type Clock = { now: () => number }

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

/** Files by name: those of the media library, or of a package that is served unchanged. */
export type FileSource = { open: (name: string) => Promise<StoredFile | undefined> }

export type StoredFile = {
  size: number
  /** Milliseconds since 1970. */
  modifiedAt: number
  /** Streams the bytes from `start` to `end`, both inclusive. Opens nothing until it is read. */
  stream: (start: number, end: number) => ReadableStream<Uint8Array<ArrayBuffer>>
}

/** A folder to store small files in; `files` serves them under the same names. */
export type FileFolder = {
  write: (name: string, bytes: Uint8Array) => Promise<void>
  /** Removes a file. Ignores one that does not exist or belongs to another folder. */
  remove: (name: string) => Promise<void>
}

/** Files being uploaded to the library, by the ids of the assets they will become. */
export type Uploads = {
  /** The size of the largest file, in bytes. */
  maxSize: number
  /** Handles a tus 1.0 request; throws a problem if it refuses. */
  answer: (request: Request) => Promise<Response>
  /** Handles a creation; `undefined` if an upload with the same id already exists. */
  create: (request: Request) => Promise<Response | undefined>
  find: (id: string) => Promise<Upload | undefined>
  hasRoomFor: (bytes: number) => Promise<boolean>
  /** Inspects a complete file: what it is, or why it can't be used. */
  inspect: (upload: Upload) => Promise<Inspection>
  /** Moves a complete file into the library and resolves with its name there. */
  store: (id: string) => Promise<string>
  /** Removes an upload's metadata; its file stays in the library. */
  forget: (id: string) => Promise<void>
  /** Removes an upload and its file. */
  remove: (id: string) => Promise<void>
}

/** An upload as it was created, and how many bytes have been received, as `offset`. */
export type Upload = { id: string; filename: string; size: number; offset: number }

export type Inspection =
  | { outcome: 'usable'; facts: VideoFacts; contentHash: string }
  | { outcome: Unusable }

/**
 * Why a file can't be used: its container is unknown or damaged, it has no picture, it ends before
 * its video does, or reading it takes more time or memory than any video does.
 */
export type Unusable = 'unreadable' | 'without-video' | 'truncated' | 'endless'

/** What a video file declares about itself. Width and height are as a player displays them. */
export type VideoFacts = {
  durationSeconds: number
  width: number
  height: number
  rotation: number
  codec: string
  audioCodec: string | null
  mimeType: string
}

/** Serves the built page and its assets; `undefined` for an unknown path. */
export type Page = (request: Request, nonce: string) => Promise<Response | undefined>

export type LinkVideosRequest = {
  chapterId: string
  links: readonly Link[]
  /** The id of the requesting page, if it sent one. */
  page?: string | undefined
  /** Aborts when the client disconnects. */
  signal: AbortSignal
}

/** Links videos to a chapter and yields the results as they arrive, any number at a time. */
export type LinkVideos = (request: LinkVideosRequest) => AsyncGenerator<LinkResultLine[]>
