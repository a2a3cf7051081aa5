import type { DataStore } from '@tus/server'
import type { FileFolder, FileSource, StoredFile } from '../dependencies.ts'

/** Stores media: the files of the library, and uploads on their way into it. */
export type MediaStore = FileSource &
  FileFolder & {
    uploads: UploadStore
    hasRoomFor: (bytes: number) => Promise<boolean>
    /**
     * Deletes uploads that have not been touched since a date, and files of the library that are as
     * old and not in use.
     * @param findUsed Finds which of the names belong to files in use.
     * @returns how many files were deleted
     */
    deleteStale: (
      before: Date,
      findUsed: (names: readonly string[]) => Promise<ReadonlySet<string>>,
    ) => Promise<number>
    close: () => void
  }

/** Stores uploads, by the ids of the assets they will become. */
export type UploadStore = {
  /** What the tus server writes to. Creating an upload that exists throws `UploadExistsError`. */
  datastore: DataStore
  /** Opens a complete upload, even if the server stopped after moving it to the library. */
  open: (id: string) => Promise<StoredFile | undefined>
  /** Reads the SHA-256 of a complete upload, in hexadecimal. */
  readHash: (id: string, file: StoredFile) => Promise<string>
  /** Moves a complete upload into the library and resolves with its name there. */
  store: (id: string) => Promise<string>
  /** Removes an upload's metadata; its file stays in the library. */
  forget: (id: string) => Promise<void>
}

/** An upload with the same id already exists; the two may differ. */
export class UploadExistsError extends Error {}
