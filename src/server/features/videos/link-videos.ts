import { createProblem } from '#contract/problem.ts'
import { createMissingChapterProblem, createRemovedProblem } from '#contract/removals.ts'
import type { LinkResultLine } from '#contract/videos.ts'
import { groupBy } from '#shared/groups.ts'
import type { Dependencies, LinkVideos } from '../../dependencies.ts'
import { defaultWorkspace } from '../../workspace.ts'
import type { LinkResult } from './link-rows.repository.ts'
import { linksRepository } from './links.repository.ts'

/** Links all videos in one batch, and logs those that fail. */
export function createLinker({
  database,
  clock,
  log,
}: Pick<Dependencies, 'database' | 'clock' | 'log'>): LinkVideos {
  const repository = linksRepository(database)
  return async function* linkVideos({ chapterId, links, page }) {
    const now = new Date(clock.now())
    const results = await repository.link(defaultWorkspace, chapterId, links, now, page)
    const linked = links.map(({ id }, index) => ({ id, result: results[index] ?? missingResult }))
    const failures = linked.flatMap(({ id, result }) =>
      result.outcome === 'failed' ? [{ id, error: result.error }] : [],
    )
    for (const [error, group] of groupBy(failures, (failure) => failure.error)) {
      log.error({ chapterId, videoIds: group.map(({ id }) => id), error }, 'links failed')
    }
    yield linked.map(({ id, result }) => toResultLine(id, result))
  }
}

const missingResult: LinkResult = { outcome: 'failed', error: new Error('No result') }

function toResultLine(id: string, result: LinkResult): LinkResultLine {
  switch (result.outcome) {
    case 'linked':
      return { id, status: 201, video: result.video }
    case 'already-linked':
      return { id, status: 200, video: result.video }
    default: {
      const problem = toProblem(result)
      return { id, status: problem.status, problem }
    }
  }
}

function toProblem(result: Exclude<LinkResult, { outcome: 'linked' | 'already-linked' }>) {
  switch (result.outcome) {
    case 'removed': {
      const { revision } = result
      return createProblem('removed', 'The video was removed. Restore it first.', { revision })
    }
    case 'id-reused':
      return createProblem(
        'id-reused',
        'Another video was linked under this id. Use a different id for this one.',
      )
    case 'asset-already-linked':
      return createProblem('asset-already-linked', 'This video is already in the chapter.')
    case 'media-missing':
      return createProblem('media-not-found', 'This video is no longer in the media library.')
    case 'chapter-missing':
      return createMissingChapterProblem()
    case 'chapter-removed':
      return createRemovedProblem(result.removed)
    case 'failed':
      return createProblem('unexpected', 'This link failed on the server. Try again in a moment.')
  }
}
