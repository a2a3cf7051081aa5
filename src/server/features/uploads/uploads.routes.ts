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
import { ProblemError, problemResponse, refuse } from '../../http/problem-response.ts'
import { requireUncompressed, typeProblem } from '../../http/request-body.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { createUploadFinisher } from './finish-upload.ts'
import { type UploadContent, uploadFingerprint, uploadsRepository } from './uploads.repository.ts'

type Needs = Pick<Dependencies, 'database' | 'clock' | 'uploads'>

/** The routes of tus 1.0; none where nothing can be uploaded. */
export function uploadsRoutes({ uploads, ...dependencies }: Needs) {
  return uploads ? routesOver({ uploads, ...dependencies }) : createRouter()
}

function routesOver(dependencies: Needs & { uploads: Uploads }) {
  const { database, uploads } = dependencies
  const repository = uploadsRepository(database)
  const finisher = createUploadFinisher(dependencies)
  const router = createRouter()
  router.use('/api/uploads/*', speakTus)

  const findAsset = (id: string) => repository.findAsset(defaultWorkspace, id)

  const finishIfWhole = async (upload: Upload | undefined) => {
    if (upload && upload.offset === upload.size) await finisher.finish(upload)
  }

  /** Answers the creation of an upload that is there already: how far it is. */
  async function answerKnown(id: string, content: UploadContent) {
    const asset = await findAsset(id)
    const upload = asset ? undefined : await uploads.find(id)
    const known = asset?.fingerprint ?? (upload && uploadFingerprint(upload))
    if (!asset && !upload) return undefined
    if (known !== uploadFingerprint(content)) {
      refuse('id-reused', 'Another file was uploaded under this id. Give this one its own.')
    }
    await finishIfWhole(upload)
    const location = `/api/uploads/${id}`
    const offset = String(asset?.size ?? upload?.offset)
    return new Response(null, { status: 200, headers: { location, 'upload-offset': offset } })
  }

  /** Answers by the upload, or by the asset that it has become, perhaps meanwhile. */
  async function answerUnlessFinished(
    id: string,
    request: Request,
    answerFinished: (size: number) => Response,
  ) {
    const asset = await findAsset(id)
    if (asset) return answerFinished(asset.size)
    try {
      const answer = await uploads.answer(request)
      await finishIfWhole(await uploads.find(id))
      return answer
    } catch (error) {
      const finished = await findAsset(id)
      if (finished) return answerFinished(finished.size)
      throw error
    }
  }

  async function requireRoom(size: number) {
    if (size > uploads.maxSize) {
      const max = formatFileSize(uploads.maxSize)
      refuse('file-too-large', `The file is larger than ${max}, the most that is allowed here.`)
    }
    if (size === 0) refuse('unusable-video', 'The file is empty. Choose one that holds a video.')
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
      const known = await answerKnown(id, { filename, size })
      if (known) return known
      await requireRoom(size)
      const created = await uploads.create(c.req.raw)
      if (!created) return (await answerKnown(id, { filename, size })) ?? refuseUnknown()
      await finishIfWhole(await uploads.find(id))
      return created
    })
    .openapi(getUpload, (c) => {
      const { uploadId } = c.req.valid('param')
      const { url, headers } = c.req.raw
      return answerUnlessFinished(uploadId, new Request(url, { method: 'HEAD', headers }), describe)
    })
    .openapi(continueUpload, (c) => {
      const { uploadId } = c.req.valid('param')
      const { 'upload-offset': offset } = c.req.valid('header')
      requirePart(c.req.raw)
      return answerUnlessFinished(uploadId, c.req.raw, (size) =>
        offset === size ? received(size) : refuse('wrong-offset', 'The upload is finished.'),
      )
    })
    .openapi(deleteUpload, async (c) => {
      const { uploadId } = c.req.valid('param')
      // One that is being finished is no more to be cancelled, unless it turns out to be no video.
      await finisher.settle(uploadId)
      if (await findAsset(uploadId)) {
        refuse('upload-finished', 'The upload is finished. Remove the video from the library.')
      }
      if (await uploads.find(uploadId)) await uploads.answer(c.req.raw)
      return c.body(null, 204)
    })
}

const refuseUnknown = (): never => refuse('not-found', 'The upload was cancelled meanwhile.')

const describe = (size: number) =>
  new Response(null, {
    status: 200,
    headers: { 'upload-offset': String(size), 'upload-length': String(size) },
  })

const received = (offset: number) =>
  new Response(null, { status: 204, headers: { 'upload-offset': String(offset) } })

/** Refuses another version of tus than the one that is spoken. */
const speakTus: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'OPTIONS' && c.req.header('tus-resumable') !== tusVersion) {
    const detail = `Speak tus ${tusVersion}: send Tus-Resumable: ${tusVersion}.`
    return problemResponse(createProblem('unsupported-protocol', detail), {
      'tus-version': tusVersion,
    })
  }
  await next()
  c.header('tus-resumable', tusVersion)
}

/** Refuses a body that is no part of a file by its headers. A creation may have none. */
function requirePart({ method, headers }: Request): void {
  const type = headers.get('content-type')
  if (type === null && method === 'POST' && !hasBody(headers)) return
  if (type !== uploadPartType) throw new ProblemError(typeProblem(type, uploadPartType))
  requireUncompressed(headers.get('content-encoding') ?? undefined)
}

const hasBody = (headers: Headers) =>
  headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0
