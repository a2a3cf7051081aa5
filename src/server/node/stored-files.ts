import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { FileSource, StoredFile } from '../dependencies.ts'
import { ignoreMissing } from './missing-file.ts'

/** Serves the files of a folder; names that lead out of it are not found. */
export function createFileSource(folder: string): FileSource {
  return {
    async open(name) {
      const file = path.join(folder, name)
      return file.startsWith(folder + path.sep) ? openFile(file) : undefined
    },
  }
}

/** Opens a file, unless there is none at its path. */
export async function openFile(file: string): Promise<StoredFile | undefined> {
  const found = await stat(file).catch(ignoreMissing)
  if (!found?.isFile()) return undefined
  return {
    size: found.size,
    modifiedAt: found.mtimeMs,
    stream: (start, end) => streamLazily(async () => createReadStream(file, { start, end })),
  }
}

/** Serves the files of several sources: for each name, from the first one that has it. */
export const combineFileSources = (...sources: readonly FileSource[]): FileSource => ({
  async open(name) {
    for (const source of sources) {
      const file = await source.open(name)
      if (file) return file
    }
    return undefined
  },
})

/**
 * Opens a stream only once it is read, since the body of a response may never be.
 * @param open Its signal aborts when the reader cancels.
 */
export function streamLazily(
  open: (signal: AbortSignal) => Promise<Readable>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const cancelling = new AbortController()
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        reader ??= toWebStream(await open(cancelling.signal)).getReader()
        const { value, done } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel(reason) {
        cancelling.abort(reason)
        await reader?.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

// Node types its web streams apart from the DOM's.
const toWebStream = (stream: Readable) =>
  Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>
