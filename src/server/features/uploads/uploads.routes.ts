import type { MiddlewareHandler } from 'hono'
import { createProblem } from '#contract/problem.ts'
import {
  continueUpload,
  createUpload,
  deleteUpload,
  describeUploads,
  getUpload,
} from '#contract/uploads.routes.ts'
import { tusVersion, uploadPartType } from '#contract/uploads.ts'
import { formatFileSize } from '#shared/file-size.ts'
import type { Dependencies, Upload, Uploads } from '../../dependencies.ts'
import { createProblemResponse, ProblemError, refuse } from '../../http/problem-response.ts'
import { createTypeProblem, requireUncompressed } from '../../http/request-body.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { createUploadFinisher } from './finish-upload.ts'
import { type UploadContent, uploadFingerprint, uploadsRepository } from './uploads.repository.ts'

type Needs = Pick<Dependencies, 'database' | 'clock' | 'uploads'>

/** The routes of tus 1.0; none without `uploads`. */
export function uploadsRoutes({ uploads, ...dependencies }: Needs) {
  return uploads ? createUploadRoutes({ uploads, ...dependencies }) : createRouter()
}

function createUploadRoutes(dependencies: Needs & { uploads: Uploads }) {
  const { database, uploads } = dependencies
  const repository = uploadsRepository(database)
  const finisher = createUploadFinisher(dependencies)
  const router = createRouter()
  router.use('/api/uploads/*', requireTusVersion)

  const findAsset = (id: string) => repository.findAsset(defaultWorkspace, id)

  const finishIfWhole = async (upload: Upload | undefined) => {
    if (upload && upload.offset === upload.size) await finisher.finish(upload)
  }

  /** If the upload already exists, responds to its creation with the offset. */
  async function respondIfCreated(id: string, content: UploadContent) {
    const asset = await findAsset(id)
    const upload = asset ? undefined : await uploads.find(id)
    const fingerprint = asset?.fingerprint ?? (upload && uploadFingerprint(upload))
    if (!asset && !upload) return undefined
    if (fingerprint !== uploadFingerprint(content)) {
      refuse(
        'id-reused',
        'Another file was uploaded under this id. Use a different id for this one.',
      )
    }
    await finishIfWhole(upload)
    const location = `/api/uploads/${id}`
    const offset = String(asset?.size ?? upload?.offset)
    return new Response(null, { status: 200, headers: { location, 'upload-offset': offset } })
  }

  /** Responds from the upload, or from its asset once the upload is finished. */
  async function respondUnlessFinished(
    id: string,
    request: Request,
    respondFinished: (size: number) => Response,
  ) {
    const asset = await findAsset(id)
    if (asset) return respondFinished(asset.size)
    try {
      const response = await uploads.answer(request)
      await finishIfWhole(await uploads.find(id))
      return response
    } catch (error) {
      const finished = await findAsset(id)
      if (finished) return respondFinished(finished.size)
      throw error
    }
  }

  async function requireRoom(size: number) {
    if (size > uploads.maxSize) {
      const max = formatFileSize(uploads.maxSize)
      refuse('file-too-large', `The file is too large. The maximum size is ${max}.`)
    }
    if (size === 0) refuse('unusable-video', 'The file is empty. Choose a video file.')
    if (await uploads.hasRoomFor(size)) return
    refuse(
      'insufficient-storage',
      `The server’s disk has no room for ${formatFileSize(size)}. Free some space there, then try again.`,
    )
  }

  return router
    .openapi(describeUploads, (c) => uploads.answer(c.req.raw))
    .openapi(createUpload, async (c) => {
      const { 'upload-length': size, 'upload-metadata': metadata } = c.req.valid('header')
      const { id, filename } = metadata
      requirePart(c.req.raw)
      const existing = await respondIfCreated(id, { filename, size })
      if (existing) return existing
      await requireRoom(size)
      const created = await uploads.create(c.req.raw)
      if (!created) return (await respondIfCreated(id, { filename, size })) ?? refuseCancelled()
      await finishIfWhole(await uploads.find(id))
      return created
    })
    .openapi(getUpload, (c) => {
      const { uploadId } = c.req.valid('param')
      const { url, headers } = c.req.raw
      return respondUnlessFinished(
        uploadId,
        new Request(url, { method: 'HEAD', headers }),
        describeFinished,
      )
    })
    .openapi(continueUpload, (c) => {
      const { uploadId } = c.req.valid('param')
      const { 'upload-offset': offset } = c.req.valid('header')
      requirePart(c.req.raw)
      return respondUnlessFinished(uploadId, c.req.raw, (size) =>
        offset === size ? acknowledge(size) : refuse('wrong-offset', 'The upload is finished.'),
      )
    })
    .openapi(deleteUpload, async (c) => {
      const { uploadId } = c.req.valid('param')
      // An upload that is being finished can't be cancelled, unless it turns out not to be a video.
      await finisher.settle(uploadId)
      if (await findAsset(uploadId)) {
        refuse(
          'upload-finished',
          'The upload is finished. Remove the video from the library instead.',
        )
      }
      if (await uploads.find(uploadId)) await uploads.answer(c.req.raw)
      return c.body(null, 204)
    })
}

const refuseCancelled = (): never => refuse('not-found', 'The upload has been cancelled.')

const describeFinished = (size: number) =>
  new Response(null, {
    status: 200,
    headers: { 'upload-offset': String(size), 'upload-length': String(size) },
  })

const acknowledge = (offset: number) =>
  new Response(null, { status: 204, headers: { 'upload-offset': String(offset) } })

/** Refuses any version of tus but the supported one. */
const requireTusVersion: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'OPTIONS' && c.req.header('tus-resumable') !== tusVersion) {
    const detail = `Use tus ${tusVersion}: send Tus-Resumable: ${tusVersion}.`
    return createProblemResponse(createProblem('unsupported-protocol', detail), {
      'tus-version': tusVersion,
    })
  }
  await next()
  c.header('tus-resumable', tusVersion)
}

/** Refuses a body that its headers don't declare as part of a file. A creation may have no body. */
function requirePart({ method, headers }: Request): void {
  const type = headers.get('content-type')
  if (type === null && method === 'POST' && !hasBody(headers)) return
  if (type !== uploadPartType) throw new ProblemError(createTypeProblem(type, uploadPartType))
  requireUncompressed(headers.get('content-encoding') ?? undefined)
}

const hasBody = (headers: Headers) =>
  headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0
