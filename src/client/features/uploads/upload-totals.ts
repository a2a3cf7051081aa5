import type { UploadReport } from '#machines/upload.machine.ts'
import { isFinished, isSending } from '#machines/uploads.machine.ts'

type Reports = Readonly<Record<string, UploadReport>>

/** The overall progress of all uploads. */
export interface UploadTotals {
  count: number
  ready: number
  failed: number
  /** Sending or queued. */
  active: number
  paused: number
  sizeBytes: number
  sentBytes: number
  /** The time left at the current speed, in seconds; `null` if unknown. */
  secondsLeft: number | null
}

/** Sums up all uploads except cancelled ones. */
export function sumUploads(reports: Reports): UploadTotals {
  const uploads = Object.values(reports).filter(({ status }) => status !== 'cancelled')
  const count = (isCounted: (report: UploadReport) => boolean) => uploads.filter(isCounted).length
  const active = uploads.filter((upload) => isSending(upload) || upload.status === 'queued')
  const speed = sum(active, ({ bytesPerSecond }) => bytesPerSecond ?? 0)
  const remainingBytes = sum(active, ({ sizeBytes, sentBytes }) => sizeBytes - sentBytes)
  return {
    count: uploads.length,
    ready: count(({ status }) => status === 'ready'),
    failed: count(isStuck),
    active: active.length,
    paused: count(({ status }) => status === 'paused'),
    sizeBytes: sum(uploads, ({ sizeBytes }) => sizeBytes),
    sentBytes: sum(uploads, readSentBytes),
    secondsLeft: active.length > 0 && speed > 0 ? remainingBytes / speed : null,
  }
}

/** Whether an upload waits for someone's decision. */
export const needsAttention = (upload: UploadReport): boolean =>
  isStuck(upload) || upload.status === 'cancelled'

/** Whether an upload is wanted but can't proceed by itself. */
export const isStuck = ({ status }: UploadReport): boolean =>
  status === 'failed' || status === 'missing'

/** Whether an upload proceeds by itself and can be paused. */
export const isPausable = ({ status }: UploadReport): boolean =>
  status === 'queued' || status === 'uploading' || status === 'waiting'

/** Whether the page has files to send or to resume. */
export const hasUnfinishedUploads = (reports: Reports): boolean =>
  Object.values(reports).some((upload) => !isFinished(upload) && upload.status !== 'failed')

const readSentBytes = ({ status, sentBytes, sizeBytes }: UploadReport) =>
  status === 'ready' ? sizeBytes : sentBytes

const sum = <Item>(items: readonly Item[], read: (item: Item) => number): number =>
  items.reduce((total, item) => total + read(item), 0)
