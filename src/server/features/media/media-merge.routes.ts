import { mergeMedia } from '#contract/media.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { refuseMissing } from './media.routes.ts'
import { mediaMergeRepository } from './media-merge.repository.ts'

export function mediaMergeRoutes({ database, clock }: Pick<Dependencies, 'database' | 'clock'>) {
  const repository = mediaMergeRepository(database)
  return createRouter().openapi(mergeMedia, async (c) => {
    const { mediaId } = c.req.valid('param')
    const { into } = c.req.valid('json')
    const now = new Date(clock.now())
    const { 'lectern-page': page } = c.req.valid('header')
    const result = await repository.merge({
      workspaceId: defaultWorkspace,
      mediaId,
      into,
      now,
      page,
    })
    switch (result.outcome) {
      case 'merged': {
        const { relinkedCount, keptIn } = result
        return c.json({ relinkedCount, keptIn }, 200)
      }
      case 'missing':
        return refuseMissing()
      case 'other-missing':
        return refuse('media-not-found', 'The video to use instead is not in the library.')
      case 'different-content':
        return refuse(
          'different-content',
          'The two videos are different files, so one can’t replace the other.',
        )
    }
  })
}
