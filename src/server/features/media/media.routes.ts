import { idSchema } from '#contract/ids.ts'
import { listMedia } from '#contract/media.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { fileResponse } from './file-response.ts'
import { mediaRepository } from './media.repository.ts'
import { decodeCursor, encodeCursor } from './media-cursor.ts'

const secondsPerYear = 31_536_000

export function mediaRoutes({ database, files }: Pick<Dependencies, 'database' | 'files'>) {
  const media = mediaRepository(database)

  async function findAsset(mediaId: string) {
    const { data } = idSchema.safeParse(mediaId)
    const asset = data && (await media.find(defaultWorkspace, data))
    return asset || refuse('not-found', 'This video is no longer in the media library.')
  }

  async function open(name: string) {
    const file = await files.open(name)
    return file ?? refuse('not-found', 'The file of this video is missing on the server.')
  }

  // `no-transform`: a proxy that compresses or converts a file breaks its ranges and its ETag.
  const router = createRouter()
  router.get('/media/:mediaId/file', async (c) => {
    const { filename, file, mimeType } = await findAsset(c.req.param('mediaId'))
    return fileResponse(c.req.raw, await open(file), {
      'content-type': mimeType,
      'content-disposition': `inline; filename*=UTF-8''${encodeFilename(filename)}`,
      'cache-control': 'private, no-cache, no-transform',
    })
  })
  router.get('/media/:mediaId/thumbnail', async (c) => {
    const { thumbnail } = await findAsset(c.req.param('mediaId'))
    return fileResponse(c.req.raw, await open(thumbnail), {
      'content-type': 'image/webp',
      'cache-control': `private, max-age=${secondsPerYear}, immutable, no-transform`,
    })
  })
  return router.openapi(listMedia, async (c) => {
    const { search, sort, cursor, limit } = c.req.valid('query')
    const after = cursor === undefined ? undefined : decodeCursor(sort, cursor)
    const query = { search, sort, after, limit }
    const { media: page, end, total } = await media.list(defaultWorkspace, query)
    return c.json({ media: page, nextCursor: end ? encodeCursor(sort, end) : null, total }, 200)
  })
}

// RFC 8187 allows fewer characters than encodeURIComponent leaves as they are.
const encodeFilename = (filename: string) =>
  encodeURIComponent(filename).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
