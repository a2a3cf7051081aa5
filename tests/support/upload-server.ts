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
type Sent = { headers?: Record<string, string>; body?: BodyInit }

const mediaFiles = path.resolve(import.meta.dirname, '../../demo/media')

/** The bytes of a demo video, such as `02.mp4`. */
export const readVideo = (name: string) => new Uint8Array(readFileSync(path.join(mediaFiles, name)))

/** A demo video with a box of random bytes after it, which players skip, up to this size. */
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

/** `Upload-Metadata` as tus has it. */
export const metadata = (pairs: Record<string, string>) =>
  Object.entries(pairs)
    .map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`)
    .join(',')

/** A server that receives uploads into folders of its own. `close` it after the test. */
export async function createUploadServer({ readFreeSpace, ...options }: Options = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-uploads-'))
  const folders = prepareMediaFolders(folder)
  const store = createMediaFolder(folders, readFreeSpace)
  const server = await createTestServer({
    files: store,
    uploads: createUploads({ store, maxSize: 10 * 1024 ** 3, ...options }),
    thumbnails: store,
  })

  async function sendTus(route: string, { headers, body }: Sent = {}): Promise<Response> {
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

    /** The names of the files that are being received, and of those in the library. */
    listFiles: () => ({
      uploads: readdirSync(folders.uploads).sort(),
      media: readdirSync(folders.media).sort(),
    }),

    /** Begins an upload, and answers as the server did. */
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

    /** Uploads a whole file, and answers as the server did to its last byte. */
    async upload(id: string, bytes: Uint8Array<ArrayBuffer>, filename = 'Lesson.mp4') {
      const begun = await this.begin(id, bytes.length, filename)
      return begun.ok ? this.continue(id, 0, bytes) : begun
    },

    /** Listens on a free port, and resolves with the address and how to stop. */
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
      // The store of tus makes sure of its folder as well, without telling when it is done.
      await mkdir(folders.uploads, { recursive: true })
      rmSync(folder, { recursive: true })
    },
  }
}

/** A test that gets a server to upload to. */
export const test = base.extend<{ server: UploadServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
  server: async ({}, use) => {
    const server = await createUploadServer()
    await use(server)
    await server.close()
  },
})
