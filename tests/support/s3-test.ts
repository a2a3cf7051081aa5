import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, vi } from 'vitest'
import { createApp } from '#server/app.ts'
import { findUsedFiles } from '#server/db/asset-files.ts'
import { createRequestListener } from '#server/node/request-listener.ts'
import { openMediaBucket } from '#server/node/s3/media-bucket.ts'
import { createUploads } from '#server/node/uploads/uploads.ts'
import { startS3, testBucket } from './s3-server.ts'
import { createTestServer } from './server.ts'
import { metadata } from './upload-server.ts'

export type BucketServer = Awaited<ReturnType<typeof createBucketServer>>

/** The prefix of the keys of the test's objects. */
export const prefix = 'course/'

/** Creates a listening server that keeps its media in a bucket, on its own S3 server. */
async function createBucketServer() {
  const s3 = await startS3()
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value)
  let media = await openMedia()
  const server = await createTestServer(media)
  let app = createApp(server.dependencies)
  let restarting = Promise.resolve()
  const running = new Set<Promise<Response>>()
  async function serve(request: Request) {
    for (let last: unknown; last !== restarting; ) {
      last = restarting
      await restarting
    }
    const answering = Promise.resolve(app.fetch(request))
    running.add(answering)
    return answering.finally(() => running.delete(answering))
  }
  const listening = createServer(createRequestListener(serve))
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`

  const sendTus = (route: string, headers: Record<string, string>, body?: BodyInit) => {
    const [method = '', path = ''] = route.split(' ')
    return fetch(`${address}${path}`, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body !== undefined && { body }),
    })
  }

  return {
    ...server,
    s3,
    address,
    sendTus,

    /** Cuts all connections and restarts with nothing but the bucket and the database. */
    restart() {
      restarting = restarting.then(async () => {
        listening.closeAllConnections()
        await Promise.allSettled(running)
        media.files.close()
        media = await openMedia()
        app = createApp({ ...server.dependencies, ...media })
      })
      return restarting
    },

    begin: (id: string, size: number, filename = 'Lesson.mp4') =>
      sendTus('POST /api/uploads', {
        'upload-length': String(size),
        'upload-metadata': metadata({ id, filename }),
      }),

    continue: (id: string, offset: number, body: BodyInit) =>
      sendTus(
        `PATCH /api/uploads/${id}`,
        { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body,
      ),

    readOffset: async (id: string) =>
      Number((await sendTus(`HEAD /api/uploads/${id}`, {})).headers.get('upload-offset')),

    /** Runs the hourly upkeep. */
    deleteStale: (before: Date) =>
      media.files.deleteStale(before, (names) => findUsedFiles(server.database, names)),

    async close() {
      await restarting
      listening.closeAllConnections()
      listening.close()
      await once(listening, 'close')
      media.files.close()
      await server.close()
      await s3.stop()
      vi.unstubAllEnvs()
    },
  }
}

async function openMedia() {
  const files = await openMediaBucket({ bucket: testBucket, prefix })
  return {
    files,
    uploads: createUploads({ store: files, maxSize: 10 * 1024 ** 3 }),
    thumbnails: files,
  }
}

/** A test with its own server that keeps media in a bucket. */
export const test = base.extend<{ server: BucketServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
  server: async ({}, use) => {
    const server = await createBucketServer()
    await use(server)
    await server.close()
  },
})
