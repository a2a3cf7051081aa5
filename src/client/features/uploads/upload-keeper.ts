import { findGoneTabs, holdTabLock, runExclusively, tabId } from '#client/lib/tab-lock.ts'
import type { UploadReport } from '#machines/upload.machine.ts'
import { isFinished } from '#machines/uploads.machine.ts'
import { groupBy } from '#shared/groups.ts'
import { findFile, findHandle, keepFile, keepHandle } from './kept-files.ts'
import {
  readStoredUploads,
  type UploadRecord,
  type WaitingRow,
  writeStoredUploads,
} from './stored-uploads.ts'
import { previewFile } from './thumbnails/make-thumbnail.ts'
import type { Uploads } from './uploads.actors.ts'

/** A row that waits for an upload. */
export type RowOfUpload = WaitingRow & { mediaId: string }

interface RowSource {
  /** The rows that currently wait for these uploads. */
  read: (uploadIds: ReadonlySet<string>) => readonly RowOfUpload[]
  restore: (rows: readonly RowOfUpload[]) => void
}

/** Persists uploads as they change, so that they resume after a reload or a crash. */
export function createUploadKeeper(uploads: Uploads, rows: RowSource) {
  let stored = new Map<string, string>()
  let writing = Promise.resolve()

  function listRecords(): UploadRecord[] {
    const reports = Object.values(uploads.getSnapshot().context.uploads)
    if (reports.length === 0) return []
    const waiting = groupBy(
      rows.read(new Set(reports.map(({ id }) => id))),
      ({ mediaId }) => mediaId,
    )
    return reports
      .filter((report) => !isFinished(report) || waiting.has(report.id))
      .map((report, index) => toRecord(report, index, waiting.get(report.id) ?? []))
  }

  return {
    /** Writes what has changed since the last call. Writes never overlap. */
    save(): Promise<void> {
      const records = listRecords()
      const next = new Map(records.map((record) => [record.id, JSON.stringify(record)]))
      const changed = records.filter(({ id }) => stored.get(id) !== next.get(id))
      const removed = [...stored.keys()].filter((id) => !next.has(id))
      stored = next
      if (changed.length + removed.length === 0) return writing
      // Without storage, uploads last as long as the page.
      writing = writing.then(() => writeStoredUploads(changed, removed)).catch(() => {})
      return writing
    },

    /** Resumes the uploads of closed tabs. */
    async restore(): Promise<void> {
      void holdTabLock()
      const records = await runExclusively('uploads', adoptRecords).catch(() => [])
      if (records.length === 0) return
      await Promise.all(records.map(findFileAgain))
      for (const record of records) stored.set(record.id, '')
      rows.restore(
        records.flatMap((record) => record.rows.map((row) => ({ ...row, mediaId: record.id }))),
      )
      for (const { id, rows: waiting } of records) {
        const file = findFile(id)
        if (file && waiting.length > 0) previewFile(id, file)
      }
      for (const isUrgent of [true, false]) {
        const batch = records.filter(({ rows: waiting }) => waiting.length > 0 === isUrgent)
        uploads.send({ type: 'uploads.add', uploads: batch.map(toInput), isUrgent })
      }
    },
  }
}

/** Claims the uploads of closed tabs, so that no other tab resumes them too. */
async function adoptRecords(): Promise<UploadRecord[]> {
  const records = await readStoredUploads()
  const gone = await findGoneTabs(records.map((record) => record.tabId))
  const adopted = records
    .filter((record) => gone.has(record.tabId))
    .map((record) => ({ ...record, tabId }))
  await writeStoredUploads(adopted, [])
  return adopted
}

/** Opens the file through its handle, if the browser still permits that without asking. */
async function findFileAgain({ id, handle, sizeBytes }: UploadRecord): Promise<void> {
  if (!handle) return
  keepHandle(id, handle)
  try {
    const permission = await handle.queryPermission?.({ mode: 'read' })
    if (permission !== 'granted') return
    const file = await handle.getFile()
    if (file.size === sizeBytes) keepFile(id, file)
  } catch {
    // It was moved or deleted, so the user has to choose it again.
  }
}

const toRecord = (
  { id, filename, sizeBytes }: UploadReport,
  order: number,
  rows: readonly RowOfUpload[],
): UploadRecord => {
  const handle = findHandle(id)
  return {
    id,
    tabId,
    filename,
    sizeBytes,
    order,
    rows: rows.map(({ mediaId: _mediaId, ...row }) => row),
    ...(handle && { handle }),
  }
}

const toInput = ({ id, filename, sizeBytes }: UploadRecord) => ({
  id,
  filename,
  sizeBytes,
  isBegun: true,
})
