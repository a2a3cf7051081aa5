import { createHash, type Hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { StoredFile } from '../../dependencies.ts'

/** The SHA-256 of each upload, computed while its bytes arrive. */
export function createRunningHashes() {
  const hashes = new Map<string, { hash: Hash; size: number }>()

  function resume(id: string, offset: number) {
    const existing = hashes.get(id)
    const canResume = existing?.size === offset
    const resumed = canResume ? existing : { hash: createHash('sha256'), size: 0 }
    if (canResume || offset === 0) hashes.set(id, resumed)
    else hashes.delete(id)
    return resumed
  }

  return {
    /**
     * Hashes the received bytes of an upload and passes them on. If reading fails, such as when a
     * connection is cut, `chunks` ends, so that the bytes before are written; `throwFailure`
     * rethrows the error afterwards.
     */
    follow(received: AsyncIterable<Uint8Array>, id: string, offset: number) {
      const state = resume(id, offset)
      let failure: { error: unknown } | undefined
      async function* read() {
        try {
          for await (const chunk of received) {
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
    },

    /** The SHA-256 of a complete upload, in hexadecimal; reads the file unless it is known. */
    async read(id: string, file: StoredFile): Promise<string> {
      const existing = hashes.get(id)
      if (existing?.size === file.size) return existing.hash.copy().digest('hex')
      const hash = createHash('sha256')
      await pipeline(readWhole(file), hash)
      return hash.digest('hex')
    },

    forget(id: string): void {
      hashes.delete(id)
    },
  }
}

// The DOM's type of a web stream is not iterable, though Node's streams are.
const readWhole = ({ size, stream }: StoredFile) =>
  stream(0, size - 1) as unknown as AsyncIterable<Uint8Array>
