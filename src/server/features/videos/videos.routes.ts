import {
  deleteVideo,
  linkVideo,
  linkVideos,
  listVideos,
  patchVideo,
  restoreVideo,
} from '#contract/videos.routes.ts'
import type { Link } from '#contract/videos.ts'
import type { Dependencies } from '../../dependencies.ts'
import { ConnectionCut } from '../../faults/connection-cut.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { answerTo } from './link-answer.ts'
import { linkInTime } from './link-in-time.ts'
import { linkStream } from './link-stream.ts'
import { linksRepository } from './links.repository.ts'
import { versionIn } from './version.ts'
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
      const version = versionIn(c.req.valid('header')['if-match'])
      const patch = c.req.valid('json')
      const outcome = await videos.change(defaultWorkspace, videoId, version, patch)
      switch (outcome.is) {
        case 'changed':
          return c.json(outcome.video, 200, { etag: `"${outcome.video.version}"` })
        case 'mismatched':
          return refuse('version-mismatch', 'The video was changed elsewhere meanwhile.', {
            video: outcome.video,
          })
        case 'asset-already-linked':
          return refuse('asset-already-linked', occupied)
        case 'removed':
          return refuse('removed', 'The video was removed. Restore it first.')
        case 'chapter-missing':
          return refuse('not-found', noChapter)
        case 'missing':
          return refuse('not-found', noVideo)
      }
    })
    .openapi(deleteVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      await videos.remove(defaultWorkspace, videoId, new Date(clock.now()))
      return c.body(null, 204)
    })
    .openapi(restoreVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const outcome = await videos.restore(defaultWorkspace, videoId)
      switch (outcome.is) {
        case 'restored':
          return c.json(outcome.video, 200, { etag: `"${outcome.video.version}"` })
        case 'forgotten':
          return c.body(null, 204)
        case 'asset-already-linked':
          return refuse('asset-already-linked', occupied)
        case 'missing':
          return refuse('not-found', noVideo)
      }
    })
}

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
