import { idSchema } from '#contract/ids.ts'
import { newUploadHeadersSchema } from '#contract/uploads.ts'
import type { FileFolder, FileSource, Inspection, Upload, Uploads } from '#server/dependencies.ts'
import { refuse } from '#server/http/problem-response.ts'

type MemoryUpload = Upload & { parts: Blob[] }

/** Probes a file: reads its facts, or finds that it is not a video. */
type Inspect = (file: Blob) => Promise<Inspection>

const maxSize = 1_000_000_000

interface MemoryStorage {
  uploads: Uploads
  thumbnails: FileFolder
  /** Serves whole uploads and thumbnails. */
  files: FileSource
}

/**
 * Receives tus uploads in the memory of the page, which has no disk; they are lost on reload.
 */
export function createUploadsInMemory(inspect: Inspect): MemoryStorage {
  const received = new Map<string, MemoryUpload>()
  const stored = new Map<string, Blob>()

  function create(request: Request): MemoryUpload {
    const headers = newUploadHeadersSchema.parse(Object.fromEntries(request.headers))
    const { id, filename } = headers['upload-metadata']
    const upload = { id, filename, size: headers['upload-length'], offset: 0, parts: [] }
    received.set(id, upload)
    return upload
  }

  async function append(upload: MemoryUpload, request: Request) {
    const part = await request.blob()
    if (upload.offset + part.size > upload.size) {
      refuse('file-too-large', 'This part extends beyond the announced size of the upload.')
    }
    upload.parts.push(part)
    upload.offset += part.size
  }

  const find = ({ url }: Request): MemoryUpload =>
    received.get(idSchema.parse(new URL(url).pathname.split('/').at(-1))) ??
    refuse('not-found', 'This upload no longer exists. It was cancelled, or the page was reloaded.')

  const uploads: Uploads = {
    maxSize,
    async answer(request) {
      if (request.method === 'OPTIONS') return respond(204, { 'tus-max-size': `${maxSize}` })
      const upload = find(request)
      if (request.method === 'DELETE') received.delete(upload.id)
      if (request.method === 'PATCH') {
        if (Number(request.headers.get('upload-offset')) !== upload.offset) {
          refuse('wrong-offset', 'Get the current offset with HEAD, then continue from there.')
        }
        await append(upload, request)
      }
      const isHead = request.method === 'HEAD'
      return respond(isHead ? 200 : 204, {
        'upload-offset': `${upload.offset}`,
        'upload-length': `${upload.size}`,
      })
    },
    async create(request) {
      const upload = create(request)
      if (request.body) await append(upload, request)
      const location = `/api/uploads/${upload.id}`
      return respond(201, { location, 'upload-offset': `${upload.offset}` })
    },
    find: async (id) => received.get(id),
    hasRoomFor: async () => true,
    inspect: async ({ id }) => inspect(new Blob(received.get(id)?.parts)),
    async store(id) {
      stored.set(id, new Blob(received.get(id)?.parts))
      return id
    },
    forget: async (id) => void received.delete(id),
    remove: async (id) => void received.delete(id),
  }

  const files: FileSource = {
    async open(name) {
      const blob = stored.get(name)
      if (!blob) return undefined
      return {
        size: blob.size,
        modifiedAt: 0,
        stream: (start, end) => blob.slice(start, end + 1).stream(),
      }
    },
  }
  const thumbnails: FileFolder = {
    write: async (name, bytes) => void stored.set(name, new Blob([new Uint8Array(bytes)])),
    remove: async (name) => void stored.delete(name),
  }
  return { uploads, thumbnails, files }
}

const respond = (status: number, headers: Record<string, string>) =>
  new Response(null, { status, headers })
