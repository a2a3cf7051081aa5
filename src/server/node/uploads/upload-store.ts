import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import { UploadExistsError, type UploadStore } from '../media-store.ts'
import { openFile } from '../stored-files.ts'
import { createRunningHashes } from './running-hashes.ts'
import type { UploadFiles } from './upload-files.ts'

const bufferSize = 1024 * 1024

/**
 * The file store of tus, hardened: a creation never discards received bytes, and a failed write
 * keeps its error and all bytes before it.
 */
export function createUploadFolder(files: UploadFiles): UploadStore {
  const hashes = createRunningHashes()
  const store = new FileStore({ directory: files.folder })
  const create = store.create.bind(store)
  store.extensions = ['creation', 'creation-with-upload', 'termination']

  // tus holds the lock of the id meanwhile, as for everything it does with a store.
  store.create = async (upload) => {
    const existing = (await store.configstore.get(upload.id)) && (await files.locate(upload.id))
    if (existing) throw new UploadExistsError(upload.id)
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
    hashes.forget(id)
    await files.remove(id)
  }

  store.write = async (readable, id, offset) => {
    const file = createWriteStream(files.received(id), {
      flags: 'r+',
      start: offset,
      highWaterMark: bufferSize,
    })
    const closed = new Promise<void>((resolve) => file.once('close', resolve))
    const reading = hashes.follow(readable, id, offset)
    try {
      await pipeline(reading.chunks, file)
    } finally {
      await closed
    }
    reading.throwFailure()
    return offset + file.bytesWritten
  }

  return {
    datastore: store,

    async open(id) {
      const found = await files.locate(id)
      return found && openFile(found.file)
    },

    readHash: hashes.read,
    store: files.store,
    forget: (id) => store.remove(id),
  }
}
