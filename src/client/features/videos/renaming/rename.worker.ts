import { createRenamer, type RenameRule } from './rename-rules.ts'

/** What the page sends to the worker: the names to change, and how. */
export interface RenameWork {
  filenames: readonly string[]
  rules: readonly RenameRule[]
}

/**
 * What the worker sends back: that it has started, then each new name as it is found, so that the
 * page knows which name it hangs at.
 */
export type RenameResult = { kind: 'started' } | { kind: 'renamed'; filename: string }

// `self` has the type of a window here, not of a worker's scope.
const post = (message: RenameResult) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<RenameWork>) => {
  const rename = createRenamer(data.rules)
  post({ kind: 'started' })
  for (const [index, filename] of data.filenames.entries()) {
    post({ kind: 'renamed', filename: rename(filename, index) })
  }
})
