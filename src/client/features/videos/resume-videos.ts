import type { Video } from '#contract/videos.ts'
import { nextRequest } from '#machines/next-request.ts'
import { filenameStatus, type VideoContext } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { groupBy } from '#shared/groups.ts'
import { findOwner, sendTogether } from './authoring-context.tsx'
import { dispatchToVideo } from './dispatch-videos.ts'
import { resumeDraft } from './drafts.ts'
import type { KeptVideo } from './kept-video-schema.ts'
import { findVideoActor } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/**
 * Restores the videos that earlier pages have stored, and resumes their work. If this page or
 * another earlier one already knows a video, only reapplies its unconfirmed changes. What waited
 * for another video waits until `releaseUnblocked` finds that this is over.
 * @returns the drafts that lost to a draft open here
 */
export function resumeVideos(authoring: Authoring, videos: readonly KeptVideo[]): string[] {
  const byId = new Map(videos.map((video) => [video.id, video]))
  const newVideos = [...byId.values()].filter(({ id }) => !findOwner(authoring, id))
  const knownVideos = videos.filter((video) => !newVideos.includes(video))
  let lostDrafts: string[] = []
  sendTogether(() => {
    for (const [chapterId, chapterVideos] of groupBy(newVideos, (video) => video.chapterId)) {
      const event = { type: 'videos.resume' as const, videos: chapterVideos.map(toInput) }
      authoring.send({ type: 'chapter.dispatch', chapterId, event })
    }
    for (const { context } of knownVideos) {
      for (const event of listEventsToReapply(context))
        dispatchToVideo(authoring, toVideo(context), event)
    }
    lostDrafts = [
      ...knownVideos.flatMap(({ context }) =>
        isInConflict(context) ? context.wanted.filename : [],
      ),
      ...videos.flatMap((video) => resumeEditor(authoring, video)),
    ]
  })
  return lostDrafts
}

const toInput = ({ context }: KeptVideo) => ({
  ...toVideo(context),
  blockedBy: context.blockedBy,
  kept: toContext(context),
})

const toContext = (context: KeptVideo['context']): VideoContext => ({
  ...context,
  request: null,
  confirmedAt: 0,
})

/** Someone else has renamed the video, and nobody has chosen a name yet. */
const isInConflict = (context: KeptVideo['context']) =>
  filenameStatus(toContext(context)) === 'conflict'

/** The row that the server last confirmed. */
function toVideo({ id, mediaId, durationSeconds, confirmed }: KeptVideo['context']): Video {
  const { status: _status, ...row } = confirmed
  return { id, mediaId, durationSeconds, ...row }
}

/**
 * The events that reapply what an earlier page wanted and the server has not confirmed, to a video
 * that is already known here.
 */
function listEventsToReapply(context: KeptVideo['context']): VideoEvent[] {
  const { wanted, confirmed, unknown } = context
  const request = nextRequest(wanted, confirmed, unknown)
  if (request === null) return []
  if (!wanted.isPresent) return [{ type: 'video.remove' }]
  const { filename, chapterId, position, after = null } = wanted
  const isMoved = chapterId !== confirmed.chapterId || position !== confirmed.position
  return [
    ...(request.kind === 'restore' ? [{ type: 'video.restore' as const }] : []),
    ...(filename === confirmed.filename || isInConflict(context)
      ? []
      : [{ type: 'video.setFilename' as const, filename, saved: confirmed }]),
    ...(isMoved ? [{ type: 'video.move' as const, place: { chapterId, position, after } }] : []),
  ]
}

/** @returns the stored draft, if another one is open here */
function resumeEditor(authoring: Authoring, { id, context, draft }: KeptVideo): string[] {
  if (!draft) return []
  const chapter = findOwner(authoring, id)
  chapter?.send({
    type: 'video.dispatch',
    video: toVideo(context),
    event: { type: 'video.edit', saved: context.confirmed },
  })
  const actor = findVideoActor(chapter?.getSnapshot(), id)
  return actor && resumeDraft(actor, draft) ? [] : [draft.text]
}
