import type { Server } from 'node:http'
import { buildApp } from 'fauxqs'

// The part of Fastify that is used here; fauxqs does not export Fastify’s own types.
type S3App = {
  server: Server
  listen: (where: { port: number; host: string }) => Promise<string>
  close: () => Promise<void>
  inject: (request: {
    method: string
    url: string
    headers: Record<string, string>
    payload?: string
  }) => Promise<{ body: string }>
  addHook: ((
    name: 'onRequest',
    hook: (request: S3Request, reply: S3Reply) => Promise<unknown>,
  ) => void) &
    ((
      name: 'onSend',
      hook: (request: S3Request, reply: S3Reply, payload: unknown) => Promise<unknown>,
    ) => void)
}
type S3Request = { method: string; url: string; headers: Record<string, string | undefined> }
type S3Reply = {
  statusCode: number
  getHeader: (name: string) => unknown
  code: (status: number) => S3Reply
  type: (type: string) => S3Reply
  send: (body: string) => S3Reply
}

type Part = { number: number; size: number; etag: string; modifiedAt: Date }
type MultipartUpload = { key: string; startedAt: Date; parts: Map<number, Part> }

const credentials = { accessKeyId: 'test', secretAccessKey: 'secret' }
export const testBucket = 'lessons'

/**
 * Starts an S3 server on a free port, with one bucket. fauxqs lacks ListParts and
 * ListMultipartUploads, which are answered here from the recorded requests.
 */
export async function startS3() {
  const app = buildApp({ logger: false }) as S3App
  const uploads = new Map<string, MultipartUpload>()
  const requests: string[] = []
  let failing: { status: number; code: string; times: number; matches: RegExp } | undefined
  let holding: { matches: RegExp; released: Promise<void> } | undefined
  let openDownloads = 0

  app.addHook('onRequest', async ({ method, url, headers }, reply) => {
    const operation = `${method} ${url}`
    requests.push(operation)
    reply.type('application/xml')
    if (holding?.matches.test(operation)) await holding.released
    if (failing?.matches.test(operation) && failing.times-- > 0) {
      return reply.code(failing.status).send(formatError(failing.code))
    }
    if (!headers.authorization?.includes(`Credential=${credentials.accessKeyId}/`)) {
      return reply.code(403).send(formatError('InvalidAccessKeyId'))
    }
    const listed = method === 'GET' ? listMultipart(uploads, url) : undefined
    if (listed === null) return reply.code(404).send(formatError('NoSuchUpload'))
    return listed === undefined ? undefined : reply.send(listed)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { pathname, searchParams } = new URL(request.url, 'http://s3')
    if (reply.statusCode >= 300) return payload
    const uploadId = searchParams.get('uploadId') ?? ''
    if (request.method === 'POST' && searchParams.has('uploads')) {
      const [, created = ''] = /<UploadId>(.*?)<\/UploadId>/.exec(String(payload)) ?? []
      const key = decodeURIComponent(pathname.split('/').slice(2).join('/'))
      uploads.set(created, { key, startedAt: new Date(), parts: new Map() })
    } else if (request.method === 'PUT' && uploadId) {
      const number = Number(searchParams.get('partNumber'))
      const { 'x-amz-decoded-content-length': decoded, 'content-length': sent } = request.headers
      const part = { number, size: Number(decoded ?? sent), modifiedAt: new Date() }
      uploads.get(uploadId)?.parts.set(number, { ...part, etag: String(reply.getHeader('etag')) })
    } else if (request.method !== 'GET' && uploadId) {
      uploads.delete(uploadId)
    }
    return payload
  })

  app.server.on('request', (request, response) => {
    if (request.method !== 'GET' || request.url?.includes('?list-type')) return
    openDownloads++
    response.once('close', () => openDownloads--)
  })

  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const send = (method: string, path: string) =>
    app.inject({ method, url: path, headers: { authorization } })
  await send('PUT', `/${testBucket}`)

  return {
    address,
    /** Every request so far, such as `GET /lessons/…`. */
    requests,
    /** The number of downloads in flight. */
    openDownloads: () => openDownloads,

    /** The environment of a server that keeps its media here. */
    environment: {
      AWS_ENDPOINT_URL_S3: address,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },

    /** Refuses the next `times` requests that match. */
    failNext(matches: RegExp, times = 1, status = 503, code = 'SlowDown') {
      failing = { matches, times, status, code }
    },

    /** Holds requests that match until the returned function is called. */
    hold(matches: RegExp): () => void {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      holding = { matches, released }
      return () => {
        holding = undefined
        release()
      }
    },

    /** Lists the keys of all objects and of incomplete uploads. */
    async listKeys() {
      const { body } = await send('GET', `/${testBucket}?list-type=2`)
      return {
        objects: [...body.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => String(key)).sort(),
        uploads: [...uploads.values()].map(({ key }) => key).sort(),
      }
    },

    /** Stores a small object. */
    put: (key: string, text = 'x') =>
      app.inject({
        method: 'PUT',
        url: `/${testBucket}/${key}`,
        headers: { authorization, 'content-type': 'text/plain' },
        payload: text,
      }),

    /** Discards incomplete uploads, as a bucket’s lifecycle rule may. */
    discardUploads() {
      uploads.clear()
    },

    stop: () => app.close(),
  }
}

const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/`

const formatError = (code: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`

/** Lists parts or uploads as XML; `null` if the upload is unknown, `undefined` if not a listing. */
function listMultipart(uploads: ReadonlyMap<string, MultipartUpload>, url: string) {
  const { searchParams } = new URL(url, 'http://s3')
  const uploadId = searchParams.get('uploadId')
  if (uploadId !== null) {
    const upload = uploads.get(uploadId)
    return upload ? formatParts(upload) : null
  }
  const isListing = searchParams.has('uploads')
  return isListing ? formatUploads(uploads, searchParams.get('prefix') ?? '') : undefined
}

const formatParts = ({ parts }: MultipartUpload) =>
  `<ListPartsResult><IsTruncated>false</IsTruncated>${[...parts.values()]
    .map(
      ({ number, size, etag, modifiedAt }) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size><LastModified>${modifiedAt.toISOString()}</LastModified></Part>`,
    )
    .join('')}</ListPartsResult>`

const formatUploads = (uploads: ReadonlyMap<string, MultipartUpload>, prefix: string) =>
  `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${[...uploads]
    .filter(([, { key }]) => key.startsWith(prefix))
    .map(
      ([id, { key, startedAt }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${startedAt.toISOString()}</Initiated></Upload>`,
    )
    .join('')}</ListMultipartUploadsResult>`
