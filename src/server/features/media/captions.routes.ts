import { deleteCaptions, putCaptions } from '#contract/captions.routes.ts'
import { captionsLanguageSchema } from '#contract/captions.ts'
import { idSchema } from '#contract/ids.ts'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { captionsRepository } from './captions.repository.ts'
import { mediaRepository } from './media.repository.ts'
import { refuseMissing } from './media.routes.ts'
import { readCaptions } from './read-captions.ts'

export function captionsRoutes({ database }: Pick<Dependencies, 'database'>) {
  const media = mediaRepository(database)
  const captions = captionsRepository(database)

  async function requireAsset(mediaId: string): Promise<void> {
    if (!(await media.find(defaultWorkspace, mediaId))) refuseMissing()
  }

  const router = createRouter()
  router.get('/media/:mediaId/captions/:language', async (c) => {
    const mediaId = idSchema.safeParse(c.req.param('mediaId'))
    const language = captionsLanguageSchema.safeParse(c.req.param('language'))
    const isValid = mediaId.success && language.success
    const text = isValid ? await captions.find(mediaId.data, language.data) : undefined
    if (text === undefined) refuse('not-found', 'This video has no captions in this language.')
    return c.body(text, 200, {
      'content-type': 'text/vtt; charset=utf-8',
      'cache-control': 'private, no-cache',
    })
  })
  return router
    .openapi(putCaptions, async (c) => {
      const { mediaId, language } = c.req.valid('param')
      await requireAsset(mediaId)
      const text = await readCaptions(c.req.raw)
      return c.json(await captions.put(mediaId, language, text), 200)
    })
    .openapi(deleteCaptions, async (c) => {
      const { mediaId, language } = c.req.valid('param')
      await requireAsset(mediaId)
      await captions.remove(mediaId, language)
      return c.body(null, 204)
    })
}
