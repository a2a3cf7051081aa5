import { dropAfter, type VideoReport } from './video.context.ts'
import type { VideoEvent } from './video.machine.ts'

/**
 * Predicts what a video's row will show after an event that its actor has not received yet. The
 * rest follows in the actor's own report.
 * @param report the video's last report
 */
export function anticipate(report: VideoReport, event: VideoEvent): VideoReport {
  const { wanted, status } = report
  switch (event.type) {
    case 'video.remove':
      return status === 'removed' ? report : { ...withPresence(report, false), status: 'removing' }
    case 'video.restore':
      return status === 'linked' || !wanted.isPresent
        ? { ...withPresence(report, true), status: 'linking' }
        : report
    case 'video.move':
      return {
        ...report,
        wanted: { ...dropAfter(wanted), ...event.place },
        isMoving: true,
        placeProblem: null,
      }
    case 'video.retry':
      return status === 'failed' ? { ...report, status: 'linking', problem: null } : report
    case 'video.setFilename':
      return {
        ...report,
        wanted: { ...wanted, filename: event.filename },
        filenameStatus: 'pending',
      }
    case 'video.edit':
    case 'video.cancel':
    case 'video.rename':
    case 'rename.retry':
    case 'rename.discard':
    case 'rename.keepMine':
    case 'rename.takeTheirs':
      return report
  }
}

const withPresence = (report: VideoReport, isPresent: boolean): VideoReport => ({
  ...report,
  wanted: { ...report.wanted, isPresent },
  problem: null,
})
