import { createMissingChapterProblem, createRemovedProblem } from '#contract/removals.ts'
import type { RevisionHeaders } from '#contract/revision-headers.ts'
import {
  deleteVideo,
  linkVideo,
  linkVideos,
  listVideos,
  patchVideo,
  restoreVideo,
} from '#contract/videos.routes.ts'
import type { CurrentVideo, LinkResultLine } from '#contract/videos.ts'
import type { ChapterAbsence } from '../../db/chapter-state.ts'
import type { Dependencies } from '../../dependencies.ts'
import { etagHeader, parseIfMatch, refuseUnversioned } from '../../http/if-match.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { streamLinks } from './link-stream.ts'
import { createLinker } from './link-videos.ts'
import type { Revision } from './rows.repository.ts'
import { videosRepository } from './videos.repository.ts'

const videoMissing = 'This video no longer exists.'
const assetTaken = 'This video is already in that chapter.'

type Needs = Pick<Dependencies, 'database' | 'clock' | 'log' | 'linkVideos'>

export function videosRoutes(dependencies: Needs) {
  const { database, clock, linkVideos: link = createLinker(dependencies) } = dependencies
  const videos = videosRepository(database)

  return createRouter()
    .openapi(listVideos, async (c) => {
      const { chapterId } = c.req.valid('param')
      const result = await videos.list(defaultWorkspace, chapterId)
      if (result.outcome !== 'listed') return refuseChapter(result)
      return c.json({ videos: result.videos }, 200)
    })
    .openapi(linkVideo, async (c) => {
      const { chapterId, videoId } = c.req.valid('param')
      const links = [{ id: videoId, ...c.req.valid('json') }]
      const { 'lectern-page': page } = c.req.valid('header')
      const { value } = await link({ chapterId, links, page, signal: c.req.raw.signal }).next()
      const [line]: LinkResultLine[] = value ?? []
      if (!line) throw new Error('The link has no result')
      if ('problem' in line) throw new ProblemError(line.problem)
      return c.json(line.video, line.status, etagHeader(line.video))
    })
    .openapi(linkVideos, async (c) => {
      const { chapterId } = c.req.valid('param')
      const { videos: links } = c.req.valid('json')
      const { 'lectern-page': page } = c.req.valid('header')
      const absence = await videos.findChapterProblem(defaultWorkspace, chapterId)
      if (absence) refuseChapter(absence)
      // The route's type takes NDJSON for JSON of an unknown shape, which no response satisfies.
      return streamLinks((signal) => link({ chapterId, links, page, signal })) as never
    })
    .openapi(patchVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const headers = c.req.valid('header')
      const result = await videos.change(defaultWorkspace, videoId, {
        patch: c.req.valid('json'),
        version: parseIfMatch(headers['if-match']),
        revision: parseRevision(headers),
      })
      switch (result.outcome) {
        case 'changed':
          return c.json(result.video, 200, etagHeader(result.video))
        case 'mismatched':
          return refuse('version-mismatch', 'The video has changed in the meantime.', {
            video: result.video,
          })
        case 'version-required':
          return refuseUnversioned()
        case 'removed':
          return refuse('removed', 'The video was removed. Restore it first.', {
            revision: result.revision,
          })
        case 'stale':
          return refuseStale(result.current)
        case 'asset-already-linked':
          return refuse('asset-already-linked', assetTaken)
        case 'chapter-missing':
        case 'chapter-removed':
          return refuseChapter(result)
        case 'missing':
          return refuse('not-found', videoMissing)
      }
    })
    .openapi(deleteVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const now = new Date(clock.now())
      const revision = parseRevision(c.req.valid('header'))
      const result = await videos.remove(defaultWorkspace, videoId, now, revision)
      return result.outcome === 'stale' ? refuseStale(result.current) : c.body(null, 204)
    })
    .openapi(restoreVideo, async (c) => {
      const { videoId } = c.req.valid('param')
      const now = new Date(clock.now())
      const revision = parseRevision(c.req.valid('header'))
      const result = await videos.restore(defaultWorkspace, videoId, now, revision)
      switch (result.outcome) {
        case 'restored':
          return c.json(result.video, 200, etagHeader(result.video))
        case 'vacant':
          return c.body(null, 204)
        case 'stale':
          return refuseStale(result.current)
        case 'asset-already-linked':
          return refuse('asset-already-linked', assetTaken)
        case 'chapter-missing':
        case 'chapter-removed':
          return refuseChapter(result)
        case 'missing':
          return refuse('not-found', videoMissing)
      }
    })
}

/** Parses the headers with a change's revision. */
function parseRevision(headers: RevisionHeaders): Revision | undefined {
  const { 'lectern-revision': revision, 'lectern-page': page } = headers
  return revision === undefined || page === undefined
    ? undefined
    : { revision: Number(revision), page }
}

function refuseChapter(absence: ChapterAbsence): never {
  throw new ProblemError(
    absence.outcome === 'chapter-missing'
      ? createMissingChapterProblem()
      : createRemovedProblem(absence.removed),
  )
}

const refuseStale = (current: CurrentVideo) =>
  refuse('stale-revision', 'A later change to this video was applied first.', { current })
