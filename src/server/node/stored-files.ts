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
      if (!file.startsWith(folder + path.sep)) return undefined
      const found = await stat(file).catch(ignoreMissing)
      return found?.isFile() ? storedFile(file, found) : undefined
    },
  }
}

const storedFile = (
  file: string,
  { size, mtimeMs }: { size: number; mtimeMs: number },
): StoredFile => ({
  size,
  modifiedAt: mtimeMs,
  stream: (start, end) => openLazily(() => createReadStream(file, { start, end })),
})

// A response whose body is never read must not leave a file open.
function openLazily(open: () => Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        // Node types its web streams apart from the DOM's.
        reader ??= (Readable.toWeb(open()) as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
        const { value, done } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
