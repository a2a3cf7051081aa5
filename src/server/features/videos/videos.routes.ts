import {
  deleteVideo,
  linkVideo,
  linkVideos,
  listVideos,
  patchVideo,
  restoreVideo,
} from '#contract/videos.routes.ts'
import type { CurrentVideo, Link } from '#contract/videos.ts'
import type { Dependencies } from '../../dependencies.ts'
import { ConnectionCut } from '../../faults/connection-cut.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { answerTo } from './link-answer.ts'
import { linkInTime } from './link-in-time.ts'
import { linkStream } from './link-stream.ts'
import { linksRepository } from './links.repository.ts'
import { revisionIn, versionIn } from './request-headers.ts'
import { videosRepository } from './videos.repository.ts'

const noChapter = 'This chapter is not there (any more).'
const noVideo = 'This video is not there (any more).'
const occupied = 'This video is in that chapter already.'

type Needs = Pick<Dependencies, 'database' | 'clock' | 'faults' | 'wait' | 'log'>

export function videosRoutes(needs: Needs) {
  const { database, clock, wait } = needs
  const videos = videosRepository(database)
  const settle = linking(needs)

  return createRouter()
    .openapi(listVideos, async (c) => {
      const { chapterId } = c.req.valid('param')
      const list = await videos.list(defaultWorkspace, chapterId)
      return c.json({ videos: list ?? refuse('not-found', noChapter) }, 200)
    })
    .openapi(linkVideo, async (c) => {
      const { chapterId, videoId } = c.req.valid('param')
      const link = { id: videoId, ...c.req.valid('json') }
      const request = { begun: c.get('begun'), signal: c.req.raw.signal }
      const { value } = await settle(chapterId, [link], request).next()
      const settled = value?.settled[0]
      if (!settled) throw new ConnectionCut()
      const answer = answerTo(settled)
      if ('problem' in answer) throw new ProblemError(answer.problem)
      return c.json(answer.video, answer.status, { etag: `"${answer.video.version}"` })
    })
    .openapi(linkVideos, async (c) => {
      const { chapterId } = c.req.valid('param')
      const exists = await videos.hasChapter(defaultWorkspace, chapterId)
      if (!exists) refuse('not-found', noChapter)
      const links = c.req.valid('json').videos
      // The route's type takes NDJSON for JSON of an unknown kind, for which no answer fits.
      const begun = c.get('begun')
      return linkStream((signal) => settle(chapterId, links, { begun, signal }), wait) as never
    })
    .openapi(patchVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const headers = c.req.valid('header')
      const outcome = await videos.change(defaultWorkspace, videoId, {
        patch: c.req.valid('json'),
        version: versionIn(headers['if-match']),
        revision: revisionIn(headers),
      })
      switch (outcome.outcome) {
        case 'changed':
          return c.json(outcome.video, 200, { etag: `"${outcome.video.version}"` })
        case 'mismatched':
          return refuse('version-mismatch', 'The video was changed elsewhere meanwhile.', {
            video: outcome.video,
          })
        case 'version-required':
          return refuse('version-required', 'Say which version you change, such as If-Match: "3".')
        case 'removed':
          return refuse('removed', 'The video was removed. Restore it first.', {
            revision: outcome.revision,
          })
        case 'stale':
          return refuseStale(outcome.current)
        case 'asset-already-linked':
          return refuse('asset-already-linked', occupied)
        case 'chapter-missing':
          return refuse('not-found', noChapter)
        case 'missing':
          return refuse('not-found', noVideo)
      }
    })
    .openapi(deleteVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const now = new Date(clock.now())
      const revision = revisionIn(c.req.valid('header'))
      const outcome = await videos.remove(defaultWorkspace, videoId, now, revision)
      return outcome.outcome === 'stale' ? refuseStale(outcome.current) : c.body(null, 204)
    })
    .openapi(restoreVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const revision = revisionIn(c.req.valid('header'))
      const outcome = await videos.restore(defaultWorkspace, videoId, revision)
      switch (outcome.outcome) {
        case 'restored':
          return c.json(outcome.video, 200, { etag: `"${outcome.video.version}"` })
        case 'vacant':
          return c.body(null, 204)
        case 'stale':
          return refuseStale(outcome.current)
        case 'asset-already-linked':
          return refuse('asset-already-linked', occupied)
        case 'missing':
          return refuse('not-found', noVideo)
      }
    })
}

const refuseStale = (current: CurrentVideo) =>
  refuse('stale-revision', 'A later change of this video came first.', { current })

function linking({ database, clock, faults, wait, log }: Needs) {
  const links = linksRepository(database)
  return (
    chapterId: string,
    wanted: readonly Link[],
    request: { begun: number; signal: AbortSignal },
  ) =>
    linkInTime(wanted, {
      ...request,
      faults,
      clock,
      wait,
      async linkAll(due) {
        const now = new Date(clock.now())
        const outcomes = await links.link(defaultWorkspace, chapterId, due, now)
        for (const [index, outcome] of outcomes.entries()) {
          if (outcome.is !== 'failed') continue
          log.error({ videoId: due[index]?.id, error: outcome.error }, 'link failed')
        }
        return outcomes
      },
    })
}
