import { describeRetry } from '#client/lib/http.ts'
import type { UploadReport, UploadStatus } from '#machines/upload.machine.ts'
import { formatCount } from '#shared/count.ts'
import { formatFileSize } from '#shared/file-size.ts'
import type { UploadTotals } from './upload-totals.ts'

const labels: Record<Exclude<UploadStatus, 'uploading' | 'failed'>, string> = {
  queued: 'Queued',
  waiting: 'No response yet; trying again',
  processing: 'Processing…',
  paused: 'Paused',
  missing: 'Choose the file again to continue',
  ready: 'In the library',
  cancelled: 'Cancelled',
}

/** Describes the progress of an upload in one line. */
export function describeUpload(upload: UploadReport): string {
  const { status, problem, failure, sizeBytes, sentBytes, bytesPerSecond } = upload
  if (status === 'failed') return `Not uploaded: ${problem?.detail ?? 'the server refused it.'}`
  if (status === 'waiting' && failure !== null) return `${describeRetry(failure)}.`
  if (status !== 'uploading') return labels[status]
  const left = bytesPerSecond ? formatTimeLeft((sizeBytes - sentBytes) / bytesPerSecond) : null
  return [`Uploading, ${formatPercent(upload)}`, left].filter(Boolean).join(' · ')
}

/** How much of a file has been sent, in whole percent; 100 only once all of it has. */
const formatPercent = ({ sizeBytes, sentBytes }: UploadReport): string =>
  `${sizeBytes === 0 ? 100 : Math.floor((sentBytes / sizeBytes) * 100)}%`

/** Summarizes the progress of all uploads, for a heading. */
export function summarizeUploads({ count, ready, failed, active, paused }: UploadTotals): string {
  if (active > 0) return `Uploading ${formatCount(count, 'video')}, ${ready} done`
  if (failed > 0) return `${failed} of ${formatCount(count, 'video')} not uploaded`
  if (paused > 0) return `${ready} of ${formatCount(count, 'video')} uploaded, ${paused} paused`
  return count === 0 ? 'No uploads' : `${formatCount(count, 'video')} uploaded`
}

/** Describes how many bytes have been sent, and how long the rest will take. */
export function describeTotals({ sentBytes, sizeBytes, secondsLeft }: UploadTotals): string {
  const bytes = `${formatFileSize(sentBytes)} of ${formatFileSize(sizeBytes)}`
  return secondsLeft === null ? bytes : `${bytes} · ${formatTimeLeft(secondsLeft)}`
}

/** Formats the time left, roughly: `12 s left`, `3 min left`, `2 h left`. */
function formatTimeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s left`
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min left`
  return `${Math.round(seconds / 3_600)} h left`
}
