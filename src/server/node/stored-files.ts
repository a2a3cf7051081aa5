import { createReadStream } from 'node:fs'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { FileFolder, FileSource, StoredFile } from '../dependencies.ts'
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

/** Serves the files of several sources: of each name the first one that has it. */
export const combineFileSources = (...sources: readonly FileSource[]): FileSource => ({
  async open(name) {
    for (const source of sources) {
      const file = await source.open(name)
      if (file) return file
    }
    return undefined
  },
})

/** Stores files in a folder: each whole, or not at all. Names must not come from people. */
export const createFileFolder = (folder: string): FileFolder => ({
  async write(name, bytes) {
    const file = path.join(folder, name)
    const unfinished = `${file}.unfinished`
    await writeFile(unfinished, bytes)
    await rename(unfinished, file)
  },
  remove: (name) => rm(path.join(folder, name), { force: true }),
})

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
