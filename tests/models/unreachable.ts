import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { MachineId } from './models.ts'
import { separator } from './transitions.ts'

/** Transitions that no path takes, with the reason. A `*` matches any part of a name. */
export interface UnreachableTransitions {
  reason: string
  names: string[]
}

/** Pairs that no path takes, with the reason: each `first` followed by each `second`. */
export interface UnreachablePairs {
  reason: string
  first: string[]
  second: string[]
}

interface Unreachable {
  transitions: UnreachableTransitions[]
  pairs: UnreachablePairs[]
}

const file = path.join(import.meta.dirname, 'unreachable.json')

/** Reads which transitions and pairs of a machine are listed as unreachable. */
export function readUnreachable(id: MachineId): Unreachable {
  const listed: Record<MachineId, Unreachable> = JSON.parse(readFileSync(file, 'utf8'))
  return listed[id]
}

/** How the list differs from what is unreachable. */
export interface Difference {
  /** Unreachable but not listed. */
  unlisted: string[]
  /** Listed but reachable. */
  reached: string[]
  /** Listed patterns that match nothing unreachable. */
  idle: string[]
}

/** Compares listed transitions with those that are missed and reached. */
export function compareTransitions(
  listed: readonly UnreachableTransitions[],
  missed: readonly string[],
  reached: readonly string[],
): Difference {
  const patterns = listed.flatMap(({ names }) => names)
  const isListed = (name: string) => patterns.some((pattern) => matches(pattern, name))
  return {
    unlisted: missed.filter((name) => !isListed(name)),
    reached: reached.filter(isListed),
    idle: patterns.filter((pattern) => !missed.some((name) => matches(pattern, name))),
  }
}

/** Compares listed pairs with those that are missed and reached. */
export function comparePairs(
  listed: readonly UnreachablePairs[],
  missed: readonly string[],
  reached: readonly string[],
): Difference {
  const matchesEntry =
    ({ first, second }: Omit<UnreachablePairs, 'reason'>) =>
    (pair: string) => {
      const [before = '', after = ''] = pair.split(separator)
      return (
        first.some((pattern) => matches(pattern, before)) &&
        second.some((pattern) => matches(pattern, after))
      )
    }
  const isListed = (pair: string) => listed.some((entry) => matchesEntry(entry)(pair))
  const idle = listed.flatMap(({ first, second }) => [
    ...first.filter((pattern) => !missed.some(matchesEntry({ first: [pattern], second }))),
    ...second.filter((pattern) => !missed.some(matchesEntry({ first, second: [pattern] }))),
  ])
  return {
    unlisted: missed.filter((pair) => !isListed(pair)),
    reached: reached.filter(isListed),
    idle,
  }
}

/** Whether a name matches a pattern with any number of `*`. */
function matches(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === name
  const end = rest.pop() ?? ''
  if (!name.startsWith(start) || !name.endsWith(end)) return false
  let from = start.length
  for (const part of rest) {
    const at = name.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from <= name.length - end.length
}
