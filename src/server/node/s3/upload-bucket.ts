import { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import { DataStore, ERRORS, Upload } from '@tus/server'
import type { FileSource } from '../../dependencies.ts'
import { UploadExistsError, type UploadStore } from '../media-store.ts'
import { createRunningHashes } from '../uploads/running-hashes.ts'
import type { BucketAddress } from './bucket-address.ts'
import { HardenedS3Store } from './hardened-s3-store.ts'
import { ignoreMissing } from './s3-errors.ts'

/**
 * Receives uploads as S3 multipart uploads. These complete under the key of the library's file, so
 * that nothing has to be copied: an object of the library is always complete.
 */
export function createUploadBucket(
  client: S3,
  { bucket, prefix }: BucketAddress,
  open: FileSource['open'],
): UploadStore {
  const hashes = createRunningHashes()
  const store = new HardenedS3Store(client, bucket)
  const writes = new Map<string, Promise<number>>()
  // The store uses an id as the key.
  const toKey = (id: string) => `${prefix}${id}`

  const datastore = Object.assign(new DataStore(), {
    extensions: ['creation', 'creation-with-upload', 'termination'],

    async create(upload: Upload) {
      if (await find(upload.id)) throw new UploadExistsError(upload.id)
      await store.create(withId(upload, toKey(upload.id)))
      return upload
    },

    async getUpload(id: string) {
      const upload = await find(id)
      if (!upload) throw ERRORS.FILE_NOT_FOUND
      return upload
    },

    write(received: Readable, id: string, offset: number) {
      const previous = writes.get(id)
      const writing = write(received, id, offset, previous).finally(() => {
        if (writes.get(id) === writing) writes.delete(id)
      })
      writes.set(id, writing)
      return writing
    },

    async remove(id: string) {
      await settle(writes.get(id))
      hashes.forget(id)
      await store.remove(toKey(id))
    },
  })

  async function find(id: string): Promise<Upload | undefined> {
    // The store treats any failure as a missing upload.
    if (!(await open(`${id}.info`))) return undefined
    const upload = await store.getUpload(toKey(id))
    const isWhole = upload.offset === upload.size
    if (isWhole && !(await isFinished(id, upload.offset))) return undefined
    return withId(upload, id)
  }

  /**
   * Makes sure that an upload with all of its bytes is an object: the server may have stopped
   * between its last part and its completion. An upload whose parts the service has discarded is
   * treated as missing.
   */
  async function isFinished(id: string, size: number): Promise<boolean> {
    const exists = async () => (await open(id))?.size === size
    if (await exists()) return true
    await settle(writes.get(id))
    if (await exists()) return true
    await store.write(Readable.from([]), toKey(id), size).catch(ignoreMissing)
    return exists()
  }

  /**
   * Writes once the previous request's write is done: tus releases the lock of an upload when a
   * connection is cut, while the last bytes received by it are still on their way to the bucket.
   */
  async function write(
    received: Readable,
    id: string,
    offset: number,
    previous: Promise<number> | undefined,
  ): Promise<number> {
    await settle(previous)
    if (previous && (await store.getUpload(toKey(id))).offset !== offset) {
      throw ERRORS.INVALID_OFFSET
    }
    // Otherwise, a refusal by the bucket would look like a request that was cut off.
    const bytes = received.iterator({ destroyOnReturn: false })
    const reading = hashes.follow(bytes, id, offset)
    const chunks = Readable.from(reading.chunks, { objectMode: false })
    const end = await store.write(chunks, toKey(id), offset)
    reading.throwFailure()
    return end
  }

  return {
    datastore,
    open,
    readHash: hashes.read,
    store: async (id) => id,

    async forget(id) {
      hashes.forget(id)
      await store.forget(toKey(id)).catch(ignoreMissing)
    },
  }
}

const settle = (writing: Promise<number> | undefined) => writing?.catch(() => {})

const withId = (upload: Upload, id: string): Upload =>
  Object.assign(new Upload({ id, offset: upload.offset }), upload, { id })
