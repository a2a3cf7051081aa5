import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import type { UploadFiles } from './upload-files.ts'

const bufferSize = 1024 * 1024

/** An upload was created before under the same id; the two may differ. */
export class UploadExistsError extends Error {}

/**
 * The file store of tus, hardened: a creation never empties what was received, and a failed write
 * keeps its reason and all that came before. It hashes what it receives in one go; the rest is
 * hashed by `readHash`.
 */
export function createUploadStore(files: UploadFiles) {
  const hashes = new Map<string, { hash: Hash; size: number }>()
  const store = new FileStore({ directory: files.folder })
  const create = store.create.bind(store)
  store.extensions = ['creation', 'creation-with-upload', 'termination']

  // Under the lock of its id, as all that tus does with a store.
  store.create = async (upload) => {
    const known = (await store.configstore.get(upload.id)) && (await files.locate(upload.id))
    if (known) throw new UploadExistsError(upload.id)
    return create(upload)
  }

  store.getUpload = async (id) => {
    const description = await store.configstore.get(id)
    const found = description && (await files.locate(id))
    if (!found) throw ERRORS.FILE_NOT_FOUND
    const { size: offset } = found
    return Object.assign(new Upload({ id, offset }), description, { offset })
  }

  store.remove = async (id) => {
    hashes.delete(id)
    await files.remove(id)
  }

  store.write = async (readable, id, offset) => {
    const file = createWriteStream(files.received(id), {
      flags: 'r+',
      start: offset,
      highWaterMark: bufferSize,
    })
    const closed = new Promise<void>((resolve) => file.once('close', resolve))
    const reading = readHashed(readable, resumeHash(id, offset))
    try {
      await pipeline(reading.chunks, file)
    } finally {
      await closed
    }
    reading.throwFailure()
    return offset + file.bytesWritten
  }

  function resumeHash(id: string, offset: number) {
    const known = hashes.get(id)
    const isKnown = known?.size === offset
    const resumed = isKnown ? known : { hash: createHash('sha256'), size: 0 }
    if (isKnown || offset === 0) hashes.set(id, resumed)
    else hashes.delete(id)
    return resumed
  }

  return {
    store,

    /** The SHA-256 of a whole upload, in hexadecimal. */
    async readHash(id: string, { file, size }: { file: string; size: number }): Promise<string> {
      const known = hashes.get(id)
      if (known?.size === size) return known.hash.copy().digest('hex')
      const hash = createHash('sha256')
      await pipeline(createReadStream(file, { highWaterMark: bufferSize }), hash)
      return hash.digest('hex')
    },
  }
}

/**
 * Passes on what is read. Where the reading fails, such as when a connection is cut, it ends, so
 * that what came before is written; `throwFailure` tells afterwards.
 */
function readHashed(readable: Readable, state: { hash: Hash; size: number }) {
  let failure: { error: unknown } | undefined
  async function* read() {
    try {
      for await (const chunk of readable) {
        state.hash.update(chunk)
        state.size += chunk.length
        yield chunk
      }
    } catch (error) {
      failure = { error }
    }
  }
  return {
    chunks: read(),
    throwFailure() {
      if (failure) throw failure.error
    },
  }
}
