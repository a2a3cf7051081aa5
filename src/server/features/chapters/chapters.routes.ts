import { generateKeyBetween } from 'fractional-indexing'
import { createChapter, deleteChapter, patchChapter } from '#contract/chapters.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { chaptersRepository } from './chapters.repository.ts'

export function chaptersRoutes({ database, newId }: Pick<Dependencies, 'database' | 'newId'>) {
  const chapters = chaptersRepository(database)

  return createRouter()
    .openapi(createChapter, async (c) => {
      const { courseId } = c.req.valid('param')
      const { title } = c.req.valid('json')
      const created = await chapters.create(
        defaultWorkspace,
        { id: newId(), courseId, title },
        (last) => generateKeyBetween(last, null),
      )
      return c.json(created ?? refuse('not-found', 'This course no longer exists.'), 201)
    })
    .openapi(patchChapter, async (c) => {
      const { title, position } = c.req.valid('json')
      const changed = await chapters.change(defaultWorkspace, c.req.valid('param').chapterId, {
        ...(title !== undefined && { title }),
        ...(position !== undefined && { position }),
      })
      return c.json(changed ?? refuse('not-found', 'This chapter no longer exists.'), 200)
    })
    .openapi(deleteChapter, async (c) => {
      await chapters.remove(defaultWorkspace, c.req.valid('param').chapterId)
      return c.body(null, 204)
    })
}
