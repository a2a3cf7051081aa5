import type { DBSchema } from 'idb'
import { createDatabaseOpener } from '#client/lib/open-database.ts'
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
  /** The tab that sends it. Once that tab is closed, another one may take over. */
  tabId: z.string(),
  filename: z.string(),
  sizeBytes: z.number(),
  /** Its place among the uploads of its tab, which resume in this order. */
  order: z.number(),
  /** The videos that wait for it in chapters, with their latest names and places. */
  rows: z.array(rowSchema),
  /** Opens the file again, in browsers that have such handles. */
  handle: z.custom<FileHandle>().optional(),
})

/** An upload in its persisted form. */
export type UploadRecord = z.infer<typeof recordSchema>

/** A video that waits for its file, in its persisted form. */
export type WaitingRow = z.infer<typeof rowSchema>

interface Schema extends DBSchema {
  uploads: { key: string; value: UploadRecord }
}

const open = createDatabaseOpener<Schema>(
  'lectern-uploads',
  1,
  (database) => void database.createObjectStore('uploads', { keyPath: 'id' }),
)

/**
 * Reads the uploads that earlier pages have stored, in order. Records that this version did not
 * write are skipped.
 */
export async function readStoredUploads(): Promise<UploadRecord[]> {
  const records: unknown[] = await (await open()).getAll('uploads')
  return records
    .flatMap((record) => recordSchema.safeParse(record).data ?? [])
    .sort((a, b) => a.order - b.order)
}

/** Writes new and changed records, and deletes those of finished uploads. */
export async function writeStoredUploads(
  changed: readonly UploadRecord[],
  removedIds: readonly string[],
): Promise<void> {
  const transaction = (await open()).transaction('uploads', 'readwrite')
  const written = [
    ...changed.map((record) => transaction.store.put(record)),
    ...removedIds.map((id) => transaction.store.delete(id)),
  ]
  // By itself, IndexedDB commits only after the page has handled the results, which an unloading
  // page never does.
  transaction.commit()
  await Promise.all([...written, transaction.done])
}
