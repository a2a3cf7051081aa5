import type { Link, LinkLine } from '#contract/videos.ts'
import type { Broadcast, Database, Notifier } from './db/database.ts'

/** Everything that the app needs from outside; `main.ts` passes Node's, a test its own. */
export type Dependencies = {
  database: Database
  /** Who tells of changes at once; without it, those who follow them look now and then. */
  notifier?: Notifier | undefined
  /** Reaches the other servers; without it, pages don't hear what others edit. */
  broadcast?: Broadcast | undefined
  /** Aborts when the server stops, which ends what would be streamed for ever. */
  stopping?: AbortSignal | undefined
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
  /** Where uploads are received; without it, nothing can be brought into the library. */
  uploads?: Uploads | undefined
  /** Where thumbnails are stored, among the files. */
  thumbnails?: FileFolder | undefined
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

/** A folder to store small files in; `files` serves them under the same names. */
export type FileFolder = {
  write: (name: string, bytes: Uint8Array) => Promise<void>
  /** Removes a file; one that is not there, or is of another folder, is ignored. */
  remove: (name: string) => Promise<void>
}

/** Files that are on their way into the library, by the ids of the assets that they become. */
export type Uploads = {
  /** The size of the largest file, in bytes. */
  maxSize: number
  /** Answers a request of tus 1.0; what it refuses is thrown as a problem. */
  answer: (request: Request) => Promise<Response>
  /** Answers a creation; `undefined` if another one under the same id came first. */
  create: (request: Request) => Promise<Response | undefined>
  find: (id: string) => Promise<Upload | undefined>
  hasRoomFor: (bytes: number) => Promise<boolean>
  /** Reads what a whole file is, or finds out that it is no video. */
  inspect: (upload: Upload) => Promise<Inspection>
  /** Moves a whole file to those of the library, and resolves with its name there. */
  store: (id: string) => Promise<string>
  /** Removes what is known of an upload, and leaves its file in the library. */
  forget: (id: string) => Promise<void>
  /** Removes an upload with its file. */
  remove: (id: string) => Promise<void>
}

/** An upload as it was created, and the bytes that were received of it. */
export type Upload = { id: string; filename: string; size: number; offset: number }

export type Inspection =
  | { outcome: 'usable'; facts: VideoFacts; contentHash: string }
  | { outcome: Unusable }

/**
 * Why a file can't be used: its container is unknown or damaged, it has no picture, it ends before
 * its video does, or reading it takes more time or memory than any video does.
 */
export type Unusable = 'unreadable' | 'without-video' | 'truncated' | 'endless'

/** What a video file says of itself. Its width and height are those that a player shows. */
export type VideoFacts = {
  durationSeconds: number
  width: number
  height: number
  rotation: number
  codec: string
  audioCodec: string | null
  mimeType: string
}

/** Serves the built page and its assets; `undefined` for an address it does not have. */
export type Page = (request: Request, nonce: string) => Promise<Response | undefined>

export type LinkVideosRequest = {
  chapterId: string
  links: readonly Link[]
  /** The id of the page that asks for them, if it says so. */
  page?: string | undefined
  /** Aborts when the caller is gone. */
  signal: AbortSignal
}

/** The answer to one link: the video, or why it was not linked. */
export type LinkAnswer = Exclude<LinkLine, { done: true }>

/** Links videos to a chapter and yields their answers as they are known, any number at a time. */
export type LinkVideos = (request: LinkVideosRequest) => AsyncGenerator<LinkAnswer[]>
