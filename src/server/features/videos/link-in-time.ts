import type { Link } from '#contract/videos.ts'
import type { Clock, Fate, Faults, Wait } from '../../dependencies.ts'
import type { LinkOutcome } from './links.repository.ts'

/** A link with what came of it. */
export type SettledLink = { link: Link; outcome: LinkOutcome | { is: 'refused' } }

/** Links that were settled together; after them the connection may have to be cut. */
export type Settlement = { settled: SettledLink[]; isCut: boolean }

type World = {
  linkAll: (links: readonly Link[]) => Promise<LinkOutcome[]>
  faults: Faults | undefined
  clock: Clock
  wait: Wait
  /** When the request for the links came: their delays are counted from then. */
  begun: number
  signal: AbortSignal
}
type Fated = { link: Link; fate: Fate }

const fair: Fate = { delay: 0, outcome: 'served' }

/**
 * Links videos as the faults have them come due; those due together are linked together. Without faults
 * that is all of them, now. Ends early at a cut, and when the signal aborts.
 */
export async function* linkInTime(
  links: readonly Link[],
  { linkAll, faults, clock, wait, begun, signal }: World,
): AsyncGenerator<Settlement> {
  let elapsed = 0
  let pending: Fated[] = links
    .map((link) => ({ link, fate: faults?.fateOf(link) ?? fair }))
    .sort((one, other) => one.fate.delay - other.fate.delay)
  for (let next = pending[0]; next; next = pending[0]) {
    elapsed = Math.max(elapsed, clock.now() - begun)
    if (next.fate.delay > elapsed) {
      await wait(next.fate.delay - elapsed, signal)
      elapsed = next.fate.delay
    }
    if (signal.aborted) return
    const due = pending.filter(({ fate }) => fate.delay <= elapsed)
    pending = pending.slice(due.length)
    const settlement = await settle(due, linkAll)
    yield settlement
    if (settlement.isCut) return
  }
}

async function settle(due: readonly Fated[], linkAll: World['linkAll']): Promise<Settlement> {
  const cut = due.findIndex(({ fate }) => fate.outcome.startsWith('cut'))
  const isCut = cut !== -1
  const answered = isCut ? due.slice(0, cut) : due
  const unanswered = due.slice(cut, cut + 1).filter(({ fate }) => fate.outcome === 'cut-after')
  const linked = [...answered, ...unanswered].filter(({ fate }) => fate.outcome !== 'refused')
  const outcomes = await linkAll(linked.map(({ link }) => link))
  const outcomeOf = new Map(linked.map(({ link }, index) => [link, outcomes[index]]))
  const settled = answered.map(({ link }) => ({
    link,
    outcome: outcomeOf.get(link) ?? { is: 'refused' as const },
  }))
  return { settled, isCut }
}
