import type { ProblemError } from '#client/lib/http.ts'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import { isCurrentVideo, isVideo } from '#client/lib/response-schemas.ts'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import type { RequestOutcome, ServerState } from '#machines/video.context.ts'

/** The server has applied the request, and answered with the video. */
export const createConfirmed = (video: Video): RequestOutcome => ({
  outcome: 'confirmed',
  server: toServerState(video),
})

/** The server has refused the request permanently. */
export const createRefused = (problem: ProblemError['problem']): RequestOutcome => ({
  outcome: 'refused',
  problem,
  ...(typeof problem.revision === 'number' && { revision: problem.revision }),
})

export const toServerState = (video: Video): ServerState => ({
  status: 'linked',
  filename: video.filename,
  chapterId: video.chapterId,
  position: video.position,
  version: video.version,
  revision: video.revision,
  at: nextLogicalTime(),
})

/** The state of an id that no video has. */
export const createUnlinked = (revision: number) => ({
  status: 'unlinked' as const,
  version: 0,
  revision,
  at: nextLogicalTime(),
})

/** The current row that comes with a 412, or with the 409 for a stale revision. */
export function readCurrent({ status, problem }: ProblemError): CurrentVideo | undefined {
  if (status === 409) return isCurrentVideo(problem.current) ? problem.current : undefined
  if (status !== 412) return undefined
  if (!isVideo(problem.video)) return undefined
  const { video } = problem
  return { status: 'linked', video, revision: video.revision }
}
