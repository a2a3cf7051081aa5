import type { UploadReport } from '#machines/upload.machine.ts'
import { isFinished, isSending } from '#machines/uploads.machine.ts'

type Reports = Readonly<Record<string, UploadReport>>

/** How far all uploads are together. */
export interface UploadTotals {
  count: number
  ready: number
  failed: number
  /** Those that go on by themselves: sending, or waiting for their turn. */
  active: number
  paused: number
  sizeBytes: number
  sentBytes: number
  /** The time that is left at the speed of now, in seconds; `null` if it can't be told. */
  secondsLeft: number | null
}

/** Sums up all uploads but those that were cancelled. */
export function sumUploads(reports: Reports): UploadTotals {
  const uploads = Object.values(reports).filter(({ status }) => status !== 'cancelled')
  const count = (isCounted: (report: UploadReport) => boolean) => uploads.filter(isCounted).length
  const active = uploads.filter((upload) => isSending(upload) || upload.status === 'queued')
  const speed = sum(active, ({ bytesPerSecond }) => bytesPerSecond ?? 0)
  const left = sum(active, ({ sizeBytes, sentBytes }) => sizeBytes - sentBytes)
  return {
    count: uploads.length,
    ready: count(({ status }) => status === 'ready'),
    failed: count(isStuck),
    active: active.length,
    paused: count(({ status }) => status === 'paused'),
    sizeBytes: sum(uploads, ({ sizeBytes }) => sizeBytes),
    sentBytes: sum(uploads, readSentBytes),
    secondsLeft: active.length > 0 && speed > 0 ? left / speed : null,
  }
}

/** Whether an upload stands until somebody decides what becomes of it. */
export const needsPerson = (upload: UploadReport): boolean =>
  isStuck(upload) || upload.status === 'cancelled'

/** Whether an upload is wanted and does not go on. */
export const isStuck = ({ status }: UploadReport): boolean =>
  status === 'failed' || status === 'missing'

/** Whether an upload goes on by itself, and can be paused. */
export const isPausable = ({ status }: UploadReport): boolean =>
  status === 'queued' || status === 'uploading' || status === 'waiting'

/** Whether the page has files to send or to resume. */
export const hasUnfinishedUploads = (reports: Reports): boolean =>
  Object.values(reports).some((upload) => !isFinished(upload) && upload.status !== 'failed')

const readSentBytes = ({ status, sentBytes, sizeBytes }: UploadReport) =>
  status === 'ready' ? sizeBytes : sentBytes

const sum = <Item>(items: readonly Item[], read: (item: Item) => number): number =>
  items.reduce((total, item) => total + read(item), 0)
