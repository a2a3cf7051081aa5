import { createRenamer, type RenameRule } from './rename-rules.ts'

/** What the worker is asked: the names to change, and how. */
export interface RenameWork {
  filenames: readonly string[]
  rules: readonly RenameRule[]
}

/**
 * What it says: that it has started, then each new name as it is found, so that whoever waits knows
 * at which one it hangs.
 */
export type RenameAnswer = { kind: 'started' } | { kind: 'renamed'; filename: string }

// The page's types have a window here, and not a worker's own scope.
const answer = (message: RenameAnswer) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<RenameWork>) => {
  const rename = createRenamer(data.rules)
  answer({ kind: 'started' })
  for (const [index, filename] of data.filenames.entries()) {
    answer({ kind: 'renamed', filename: rename(filename, index) })
  }
})
