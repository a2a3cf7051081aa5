import type { DBSchema } from 'idb'
import { databaseOpener } from '#client/lib/open-database.ts'
import { z } from '#contract/zod.ts'
import type { FileHandle } from './kept-files.ts'

const rowSchema = z.object({
  id: z.string(),
  chapterId: z.string(),
  filename: z.string(),
  position: z.string(),
})

const recordSchema = z.object({
  id: z.string(),
  /** The tab that sends it; one that is closed has no say any more. */
  tabId: z.string(),
  filename: z.string(),
  sizeBytes: z.number(),
  /** Its place among the uploads of its tab: they go on in their order. */
  order: z.number(),
  /** The videos that wait for it in chapters, as they were named and placed last. */
  rows: z.array(rowSchema),
  /** Leads to the file again, in browsers that have such handles. */
  handle: z.custom<FileHandle>().optional(),
})

/** An upload as it outlives its page. */
export type UploadRecord = z.infer<typeof recordSchema>

/** A video that waits for its file, as it outlives its page. */
export type WaitingRow = z.infer<typeof rowSchema>

interface Schema extends DBSchema {
  uploads: { key: string; value: UploadRecord }
}

const open = databaseOpener<Schema>(
  'lectern-uploads',
  1,
  (database) => void database.createObjectStore('uploads', { keyPath: 'id' }),
)

/**
 * Reads the uploads that pages have left behind, in their order. What no page of this version has
 * written is skipped.
 */
export async function readStoredUploads(): Promise<UploadRecord[]> {
  const records: unknown[] = await (await open()).getAll('uploads')
  return records
    .flatMap((record) => recordSchema.safeParse(record).data ?? [])
    .sort((one, other) => one.order - other.order)
}

/** Stores what is new or has changed, and removes what is over. */
export async function writeStoredUploads(
  changed: readonly UploadRecord[],
  removedIds: readonly string[],
): Promise<void> {
  const transaction = (await open()).transaction('uploads', 'readwrite')
  const written = [
    ...changed.map((record) => transaction.store.put(record)),
    ...removedIds.map((id) => transaction.store.delete(id)),
  ]
  // A page that is being left would not be there to commit it.
  transaction.commit()
  await Promise.all([...written, transaction.done])
}
