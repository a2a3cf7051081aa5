import { ERRORS, Server } from '@tus/server'
import { idSchema } from '#contract/ids.ts'
import { filenameSchema } from '#contract/names.ts'
import { errorCode } from '#shared/error-message.ts'
import type { Upload, Uploads } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { type MediaStore, UploadExistsError } from '../media-store.ts'
import { createVideoProbe, type VideoProbe } from './video-probe.ts'

type Options = {
  store: Pick<MediaStore, 'uploads' | 'hasRoomFor'>
  maxSize: number
  probe?: VideoProbe
}

/** Receives uploads into a media store, with the tus server. */
export function createUploads({ store, maxSize, probe = createVideoProbe() }: Options): Uploads {
  const { datastore, ...files } = store.uploads
  const failures = new WeakMap<Request, unknown>()
  const server = new Server({
    path: '/api/uploads',
    datastore,
    maxSize,
    relativeLocation: true,
    // Only the page itself sends files here.
    allowedOrigins: () => false,
    // A later request takes over at once: what the earlier one received is kept.
    lockDrainTimeout: 1,
    namingFunction: (_request, metadata) => idSchema.parse(metadata?.id),
    getFileIdFromRequest: ({ url }) => idSchema.parse(new URL(url).pathname.split('/').at(-1)),
    onUploadCreate: async (_request, { id, metadata }) => ({
      metadata: { id, filename: filenameSchema.parse(metadata?.filename) },
    }),
    onResponseError: (request, error) => {
      failures.set(request, error)
      return undefined
    },
  })

  async function find(id: string): Promise<Upload | undefined> {
    const found = await datastore.getUpload(id).catch(ignoreUnknown)
    if (found?.size === undefined) return undefined
    const { size, offset, metadata } = found
    return { id, size, offset, filename: metadata?.filename ?? '' }
  }

  async function answer(request: Request): Promise<Response> {
    const response = await server.handleWeb(request)
    if (!response.ok) return refuseFailed(failures.get(request), response)
    for (const name of [...response.headers.keys()]) {
      if (name.startsWith('access-control-')) response.headers.delete(name)
    }
    return response
  }

  return {
    maxSize,
    find,

    answer,

    create: (request) =>
      answer(request).catch((error: unknown) => {
        if (error instanceof UploadExistsError) return undefined
        throw error
      }),

    hasRoomFor: store.hasRoomFor,

    async inspect({ id }) {
      const file = await files.open(id)
      if (!file) throw new Error('An upload vanished before it was finished')
      const probed = await probe(file)
      if (probed.outcome !== 'usable') return probed
      return { ...probed, contentHash: await files.readHash(id, file) }
    },

    store: files.store,
    forget: files.forget,
    remove: (id) => datastore.remove(id),
  }
}

function ignoreUnknown(error: unknown): undefined {
  if (error !== ERRORS.FILE_NOT_FOUND) throw error
}

/** Turns the tus server's refusals into problems, and throws any other failure. */
async function refuseFailed(error: unknown, response: Response): Promise<never> {
  if (error === ERRORS.INVALID_OFFSET) {
    refuse('wrong-offset', 'Get the current offset with HEAD, then continue from there.')
  }
  if (error === ERRORS.ABORTED) {
    refuse('wrong-offset', 'The request was interrupted, or a later one continued this upload.')
  }
  if (error === ERRORS.FILE_NOT_FOUND || errorCode(error) === 'ENOENT') {
    refuse(
      'not-found',
      'This upload no longer exists. It was cancelled or left unfinished for too long.',
    )
  }
  if (response.status === 400 || response.status === 501) {
    refuse('invalid-request', (await response.text()).trim())
  }
  if (response.status === 413) {
    refuse('file-too-large', 'This part extends beyond the announced size of the upload.')
  }
  if (/^(ENOSPC|EDQUOT)$/.test(errorCode(error))) {
    refuse(
      'insufficient-storage',
      'The server’s disk is full. What was received is kept. Free some space there, then continue.',
    )
  }
  throw error instanceof Error ? error : new Error('The upload failed', { cause: error })
}
