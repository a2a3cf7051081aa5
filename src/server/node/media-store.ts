import type { DataStore } from '@tus/server'
import type { FileFolder, FileSource, StoredFile } from '../dependencies.ts'

/** Where media is kept: the files of the library, and those on their way into it. */
export type MediaStore = FileSource &
  FileFolder & {
    uploads: UploadStore
    hasRoomFor: (bytes: number) => Promise<boolean>
    /**
     * Deletes uploads that nobody has touched since a date, and files of the library that are as
     * old and not in use.
     * @param findUsed Finds which names are of files in use.
     * @returns how many files were deleted
     */
    deleteUntouched: (
      before: Date,
      findUsed: (names: readonly string[]) => Promise<ReadonlySet<string>>,
    ) => Promise<number>
    close: () => void
  }

/** Where uploads are received, by the ids of the assets that they become. */
export type UploadStore = {
  /** What the tus server writes to. A creation throws `UploadExistsError` where one is there. */
  datastore: DataStore
  /** Opens a whole upload, also one that a stop left after it was moved to the library. */
  open: (id: string) => Promise<StoredFile | undefined>
  /** The SHA-256 of a whole upload, in hexadecimal. */
  readHash: (id: string, file: StoredFile) => Promise<string>
  /** Moves a whole upload to the files of the library, and resolves with its name there. */
  store: (id: string) => Promise<string>
  /** Removes what is known of an upload, and leaves its file in the library. */
  forget: (id: string) => Promise<void>
}

/** An upload was created before under the same id; the two may differ. */
export class UploadExistsError extends Error {}
