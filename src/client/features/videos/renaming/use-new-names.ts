import { useEffect, useMemo, useState } from 'react'
import { describeError } from '#client/lib/http.ts'
import type { RenameWork } from './rename.worker.ts'
import { ExpressionError, renameInWorker } from './rename-in-worker.ts'
import { createRenamer, type RenameRule } from './rename-rules.ts'

interface NewNames {
  /** One for each name. While the worker is running, its latest results. */
  filenames: readonly string[]
  isPending: boolean
  /** Why an expression can't be run to completion. */
  problem?: string | undefined
}

interface WorkerResult {
  work: RenameWork
  filenames?: string[]
  problem?: string
}

/**
 * The new names of rows: immediately, or from a worker if an expression may take longer than a
 * frame.
 * @param filenames stable between renders, as `rules` has to be
 */
export function useNewNames(filenames: readonly string[], rules: readonly RenameRule[]): NewNames {
  const work = useMemo(() => ({ filenames, rules }), [filenames, rules])
  const computed = useMemo(() => (hasExpression(work) ? undefined : renameHere(work)), [work])
  const [answer, setAnswer] = useState<WorkerResult>()

  useEffect(() => {
    if (!hasExpression(work)) return
    const running = new AbortController()
    renameInWorker(work, running.signal).then(
      (found) => setAnswer({ work, filenames: found }),
      (error: unknown) => {
        if (!running.signal.aborted) setAnswer({ work, problem: describe(error) })
      },
    )
    return () => running.abort()
  }, [work])

  if (computed) return { filenames: computed, isPending: false }
  const isPending = answer?.work !== work
  const latest = answer?.work.filenames === filenames ? answer : undefined
  return {
    filenames: latest?.filenames ?? filenames,
    isPending,
    problem: isPending ? undefined : answer?.problem,
  }
}

const hasExpression = ({ rules }: RenameWork) =>
  rules.some((rule) => rule.kind === 'replace' && rule.isExpression)

const renameHere = ({ filenames, rules }: RenameWork) => filenames.map(createRenamer(rules))

const describe = (error: unknown) =>
  error instanceof ExpressionError ? error.message : describeError(error)
