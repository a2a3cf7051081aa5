import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from 'vitest'
import { createMediaFolder, prepareMediaFolders } from '#server/node/media-folder.ts'
import { createRequestListener } from '#server/node/request-listener.ts'
import { createUploads } from '#server/node/uploads/uploads.ts'
import { createTestServer } from './server.ts'

export type UploadServer = Awaited<ReturnType<typeof createUploadServer>>
type Options = Partial<Omit<Parameters<typeof createUploads>[0], 'store'>> & {
  readFreeSpace?: (folder: string) => Promise<number>
}
type RequestOptions = { headers?: Record<string, string>; body?: BodyInit }

const mediaFiles = path.resolve(import.meta.dirname, '../../demo/media')

/** The bytes of a demo video, such as `02.mp4`. */
export const readVideo = (name: string) => new Uint8Array(readFileSync(path.join(mediaFiles, name)))

/** Pads a demo video to this size with a box of random bytes, which players skip. */
export function padVideo(name: string, size: number): Uint8Array<ArrayBuffer> {
  const video = readVideo(name)
  const bytes = new Uint8Array(randomBytes(size))
  bytes.set(video)
  new DataView(bytes.buffer).setUint32(video.length, size - video.length)
  bytes.set(new TextEncoder().encode('free'), video.length + 4)
  return bytes
}

/** The SHA-256 of bytes, in hexadecimal. */
export const checksum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Formats the `Upload-Metadata` header of tus. */
export const metadata = (pairs: Record<string, string>) =>
  Object.entries(pairs)
    .map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`)
    .join(',')

/** Creates a server that receives uploads in its own folders. `close` it after the test. */
export async function createUploadServer({ readFreeSpace, ...options }: Options = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-uploads-'))
  const folders = prepareMediaFolders(folder)
  const store = createMediaFolder(folders, readFreeSpace)
  const server = await createTestServer({
    files: store,
    uploads: createUploads({ store, maxSize: 10 * 1024 ** 3, ...options }),
    thumbnails: store,
  })

  async function sendTus(route: string, { headers, body }: RequestOptions = {}): Promise<Response> {
    const [method = '', url = ''] = route.split(' ')
    return server.app.request(url, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body !== undefined && { body, duplex: 'half' }),
    } as RequestInit)
  }

  return {
    ...server,
    store,
    folders,
    sendTus,

    /** Lists the files that are being received, and those in the library. */
    listFiles: () => ({
      uploads: readdirSync(folders.uploads).sort(),
      media: readdirSync(folders.media).sort(),
    }),

    /** Starts an upload, and returns the server's response. */
    begin: (id: string, size: number | string, filename = 'Lesson.mp4', headers = {}) =>
      sendTus('POST /api/uploads', {
        headers: {
          'upload-length': String(size),
          'upload-metadata': metadata({ id, filename }),
          ...headers,
        },
      }),

    /** Sends a part of a file. */
    continue: (id: string, offset: number | string, body: BodyInit, headers = {}) =>
      sendTus(`PATCH /api/uploads/${id}`, {
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          ...headers,
        },
        body,
      }),

    /** Uploads a whole file, and returns the server's final response. */
    async upload(id: string, bytes: Uint8Array<ArrayBuffer>, filename = 'Lesson.mp4') {
      const begun = await this.begin(id, bytes.length, filename)
      return begun.ok ? this.continue(id, 0, bytes) : begun
    },

    /** Listens on a free port, and resolves with the address and a `stop` function. */
    async listen() {
      const listening = createServer(createRequestListener((request) => server.app.fetch(request)))
      listening.listen(0, '127.0.0.1')
      await once(listening, 'listening')
      const { port } = listening.address() as AddressInfo
      return {
        address: `http://127.0.0.1:${port}`,
        async stop() {
          listening.closeAllConnections()
          listening.close()
          await once(listening, 'close')
        },
      }
    },

    async close() {
      await server.close()
      // The store of tus may still be creating its folder; it does not report when it is done.
      await mkdir(folders.uploads, { recursive: true })
      rmSync(folder, { recursive: true })
    },
  }
}

/** A test with its own server for uploads. */
export const test = base.extend<{ server: UploadServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
  server: async ({}, use) => {
    const server = await createUploadServer()
    await use(server)
    await server.close()
  },
})
