import { unordered, type VideoReport } from './video.context.ts'
import type { VideoEvent } from './video.machine.ts'

/**
 * What a video is going to report of something that was done to it, as far as its row shows it. It
 * reports the rest once it has heard of it itself.
 * @param report what it reported last
 */
export function anticipate(report: VideoReport, event: VideoEvent): VideoReport {
  const { wanted, status } = report
  switch (event.type) {
    case 'video.remove':
      return status === 'removed'
        ? report
        : { ...report, wanted: { ...wanted, isPresent: false }, status: 'removing' }
    case 'video.restore':
      return status === 'linked' || !wanted.isPresent
        ? { ...report, wanted: { ...wanted, isPresent: true }, status: 'linking' }
        : report
    case 'video.move':
      return {
        ...report,
        wanted: { ...unordered(wanted), ...event.place },
        isMoving: true,
      }
    case 'video.retry':
      return status === 'failed' ? { ...report, status: 'linking' } : report
    case 'video.setFilename':
      return {
        ...report,
        wanted: { ...wanted, filename: event.filename },
        filenameStatus: 'pending',
      }
    default:
      return report
  }
}
