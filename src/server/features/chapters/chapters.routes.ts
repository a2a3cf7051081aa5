import { generateKeyBetween } from 'fractional-indexing'
import {
  createChapter,
  deleteChapter,
  patchChapter,
  restoreChapter,
} from '#contract/chapters.routes.ts'
import { createMissingChapterProblem, createRemovedProblem } from '#contract/removals.ts'
import type { Dependencies } from '../../dependencies.ts'
import { etagHeader, readVersion, refuseUnversioned } from '../../http/if-match.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { type ChapterResult, chaptersRepository } from './chapters.repository.ts'

export function chaptersRoutes({
  database,
  clock,
  newId,
}: Pick<Dependencies, 'database' | 'clock' | 'newId'>) {
  const chapters = chaptersRepository(database)

  return createRouter()
    .openapi(createChapter, async (c) => {
      const { courseId } = c.req.valid('param')
      const { id = newId(), title, position, after } = c.req.valid('json')
      const { 'lectern-page': page } = c.req.valid('header')
      const result = await chapters.create(
        defaultWorkspace,
        { id, courseId, title, position, after, page },
        (last) => generateKeyBetween(last, null),
      )
      const created = acceptResult(result)
      return c.json(created, result.outcome === 'created' ? 201 : 200, etagHeader(created))
    })
    .openapi(patchChapter, async (c) => {
      const chapter = acceptResult(
        await chapters.change(defaultWorkspace, c.req.valid('param').chapterId, {
          patch: c.req.valid('json'),
          ...readVersion(c.req.valid('header')),
        }),
      )
      return c.json(chapter, 200, etagHeader(chapter))
    })
    .openapi(deleteChapter, async (c) => {
      const { chapterId } = c.req.valid('param')
      const result = await chapters.remove(defaultWorkspace, chapterId, {
        now: new Date(clock.now()),
        ...readVersion(c.req.valid('header')),
      })
      if (result.outcome !== 'removed') acceptResult(result)
      return c.body(null, 204)
    })
    .openapi(restoreChapter, async (c) => {
      const { chapterId } = c.req.valid('param')
      const request = readVersion(c.req.valid('header'))
      const chapter = acceptResult(await chapters.restore(defaultWorkspace, chapterId, request))
      return c.json(chapter, 200, etagHeader(chapter))
    })
}

/** Returns a result's chapter; throws a problem for any other result. */
function acceptResult(result: ChapterResult) {
  switch (result.outcome) {
    case 'created':
    case 'found':
      return result.chapter
    case 'mismatched':
      return refuse('version-mismatch', 'The chapter has changed in the meantime.', {
        chapter: result.chapter,
      })
    case 'version-required':
      return refuseUnversioned()
    case 'id-reused':
      return refuse(
        'id-reused',
        'Another chapter was created under this id. Use a different id for this one.',
      )
    case 'chapter-removed':
      throw new ProblemError(createRemovedProblem(result.removed))
    case 'chapter-missing':
      throw new ProblemError(createMissingChapterProblem())
    case 'course-missing':
      return refuse('not-found', 'This course no longer exists.')
  }
}
