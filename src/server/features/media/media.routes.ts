import { idSchema } from '#contract/ids.ts'
import {
  deleteMedia,
  getMedia,
  listMedia,
  listTags,
  patchMedia,
  putThumbnail,
  replaceMedia,
  restoreMedia,
  tagMedia,
} from '#contract/media.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { etagHeader, parseIfMatch, readVersion, refuseUnversioned } from '../../http/if-match.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { createFileResponse } from './file-response.ts'
import { type MediaResult, mediaRepository, type ReplacementResult } from './media.repository.ts'
import { decodeCursor, encodeCursor } from './media-cursor.ts'
import { tagsRepository } from './tags.repository.ts'
import { isUploadedThumbnail, nameThumbnail, readThumbnail, thumbnailType } from './thumbnails.ts'

const secondsPerYear = 31_536_000

type Needs = Pick<Dependencies, 'database' | 'files' | 'thumbnails' | 'newId' | 'clock'>

export function mediaRoutes({ database, files, thumbnails, newId, clock }: Needs) {
  const media = mediaRepository(database)
  const tags = tagsRepository(database)

  async function findAsset(mediaId: string) {
    const { data } = idSchema.safeParse(mediaId)
    const asset = data && (await media.find(defaultWorkspace, data))
    return asset || refuseMissing()
  }

  async function open(name: string) {
    const file = await files.open(name)
    return file ?? refuse('not-found', 'The file of this video is missing on the server.')
  }

  // `no-transform`: a proxy that compresses or converts a file breaks its ranges and its ETag.
  const router = createRouter()
  router.get('/media/:mediaId/file', async (c) => {
    const { filename, file, mimeType } = await findAsset(c.req.param('mediaId'))
    return createFileResponse(c.req.raw, await open(file), {
      'content-type': mimeType,
      'content-disposition': `inline; filename*=UTF-8''${encodeFilename(filename)}`,
      'cache-control': 'private, no-cache, no-transform',
    })
  })
  router.get('/media/:mediaId/thumbnail', async (c) => {
    const { thumbnail } = await findAsset(c.req.param('mediaId'))
    if (thumbnail === null) return refuse('not-found', 'This video has no thumbnail.')
    const age = isUploadedThumbnail(thumbnail) ? 'no-cache' : `max-age=${secondsPerYear}, immutable`
    return createFileResponse(c.req.raw, await open(thumbnail), {
      'content-type': thumbnailType(thumbnail),
      'cache-control': `private, ${age}, no-transform`,
    })
  })
  return router
    .openapi(listMedia, async (c) => {
      const { cursor, ...query } = c.req.valid('query')
      const { sort } = query
      const after = cursor === undefined ? undefined : decodeCursor(sort, cursor)
      const { media: page, end, total } = await media.list(defaultWorkspace, { ...query, after })
      return c.json({ media: page, nextCursor: end ? encodeCursor(sort, end) : null, total }, 200)
    })
    .openapi(tagMedia, async (c) =>
      c.json(await tags.change(defaultWorkspace, c.req.valid('json')), 200),
    )
    .openapi(listTags, async (c) => c.json({ tags: await tags.list(defaultWorkspace) }, 200))
    .openapi(getMedia, async (c) => {
      const { mediaId } = c.req.valid('param')
      const details = await media.findDetails(defaultWorkspace, mediaId)
      return c.json(details ?? refuseMissing(), 200)
    })
    .openapi(patchMedia, async (c) => {
      const { mediaId } = c.req.valid('param')
      const { filename } = c.req.valid('json')
      const version = parseIfMatch(c.req.valid('header')['if-match'])
      const asset = acceptResult(
        await media.rename(defaultWorkspace, mediaId, { filename, version }),
      )
      return c.json(asset, 200, etagHeader(asset))
    })
    .openapi(deleteMedia, async (c) => {
      const { mediaId } = c.req.valid('param')
      const result = await media.remove(defaultWorkspace, mediaId, {
        now: new Date(clock.now()),
        version: parseIfMatch(c.req.valid('header')['if-match']),
      })
      if (result.outcome !== 'removed') acceptResult(result)
      return c.body(null, 204)
    })
    .openapi(restoreMedia, async (c) => {
      const { mediaId } = c.req.valid('param')
      const version = parseIfMatch(c.req.valid('header')['if-match'])
      const asset = acceptResult(await media.restore(defaultWorkspace, mediaId, version))
      return c.json(asset, 200, etagHeader(asset))
    })
    .openapi(replaceMedia, async (c) => {
      const { mediaId } = c.req.valid('param')
      const result = await media.replaceFile(
        defaultWorkspace,
        mediaId,
        c.req.valid('json').mediaId,
        {
          now: new Date(clock.now()),
          ...readVersion(c.req.valid('header')),
        },
      )
      const asset = acceptReplacement(result)
      return c.json(asset, 200, etagHeader(asset))
    })
    .openapi(putThumbnail, async (c) => {
      const { mediaId } = c.req.valid('param')
      await findAsset(mediaId)
      const { bytes, type } = await readThumbnail(c.req.raw)
      const name = nameThumbnail(mediaId, type, newId)
      if (!thumbnails) return refuse('insufficient-storage', 'Thumbnails can’t be stored here.')
      await thumbnails.write(name, bytes)
      const replaced = await media.setThumbnail(defaultWorkspace, mediaId, name)
      if (replaced) await thumbnails.remove(replaced)
      return c.body(null, 204)
    })
}

function acceptReplacement(result: ReplacementResult) {
  switch (result.outcome) {
    case 'other-missing':
      return refuse('media-not-found', 'The video with the new file is not in the library.')
    case 'other-in-use':
      return refuse(
        'asset-in-use',
        'The video with the new file is used in chapters, which would then show a different one.',
      )
    default:
      return acceptResult(result)
  }
}

/** Returns a result's asset; throws a problem for any other result. */
function acceptResult(result: MediaResult) {
  switch (result.outcome) {
    case 'found':
      return result.asset
    case 'mismatched':
      return refuse('version-mismatch', 'The video has changed in the meantime.', {
        asset: result.asset,
      })
    case 'version-required':
      return refuseUnversioned()
    case 'removed':
    case 'missing':
      return refuseMissing()
  }
}

/** Refuses a request for an asset that the library does not have. */
export const refuseMissing = (): never =>
  refuse('not-found', 'This video is no longer in the media library.')

// RFC 8187 allows fewer unescaped characters than encodeURIComponent leaves.
const encodeFilename = (filename: string) =>
  encodeURIComponent(filename).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
