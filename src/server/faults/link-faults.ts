import { createProblem } from '#contract/problem.ts'
import type { Link, LinkResultLine } from '#contract/videos.ts'
import { seededRandom } from '#shared/random.ts'
import type { Clock, LinkVideos } from '../dependencies.ts'
import { ConnectionCut, flushDelay, type Wait } from './connection-cut.ts'
import type { FaultSettings } from './fault-settings.ts'

/** What goes wrong with one link. */
export type Fault = {
  /** Milliseconds from the request until the link is made. */
  delay: number
  /** Whether it is refused, or the connection is cut before or after it is made. */
  effect: 'none' | 'refuse' | 'cut-before' | 'cut-after'
}

export type DrawFault = (link: Link) => Fault

/** Draws a fault for each link, regardless of the link; `random` returns numbers from 0 up to 1. */
export function createFaultGenerator(
  { latency: [shortest, longest], fail, drop, seed }: FaultSettings,
  random: () => number = seededRandom(seed),
): () => Fault {
  function drawEffect(roll: number): Fault['effect'] {
    if (roll < fail) return 'refuse'
    if (roll < fail + drop / 2) return 'cut-before'
    return roll < fail + drop ? 'cut-after' : 'none'
  }

  return () => {
    const delay = shortest + Math.floor(random() * (longest - shortest + 1))
    return { delay, effect: drawEffect(random()) }
  }
}

type FaultOptions = { drawFault: DrawFault; clock: Clock; wait: Wait }
type FaultyLink = { link: Link; fault: Fault }

/** Adds delays, refusals and cuts to `linkVideos`. Links that are due together stay together. */
export const withLinkFaults = (
  linkVideos: LinkVideos,
  { drawFault, clock, wait }: FaultOptions,
): LinkVideos =>
  async function* linkWithFaults(request) {
    const { signal } = request
    const startedAt = clock.now()
    let pending = request.links
      .map((link) => ({ link, fault: drawFault(link) }))
      .sort((a, b) => a.fault.delay - b.fault.delay)
    for (let next = pending[0]; next; next = pending[0]) {
      const { delay } = next.fault
      const elapsed = clock.now() - startedAt
      if (delay > elapsed) await wait(delay - elapsed, signal)
      if (signal.aborted) throw new ConnectionCut(wait)
      const dueBy = Math.max(delay, elapsed)
      const due = pending.filter(({ fault }) => fault.delay <= dueBy)
      pending = pending.slice(due.length)
      const cutAt = due.findIndex(({ fault }) => fault.effect.startsWith('cut'))
      const lines = await linkUpTo(due, cutAt, (links) => linkVideos({ ...request, links }))
      if (lines.length > 0) yield lines
      if (cutAt !== -1) {
        await wait(flushDelay)
        throw new ConnectionCut(wait)
      }
    }
  }

/** Makes the links up to a cut. A link that is cut off afterwards is made, but gets no line. */
async function linkUpTo(
  due: readonly FaultyLink[],
  cutAt: number,
  linkVideos: (links: Link[]) => AsyncIterable<LinkResultLine[]>,
): Promise<LinkResultLine[]> {
  const heard = cutAt === -1 ? due : due.slice(0, cutAt)
  const cut = due.slice(heard.length, heard.length + 1)
  const accepted = [...heard, ...cut.filter(({ fault }) => fault.effect === 'cut-after')]
    .filter(({ fault }) => fault.effect !== 'refuse')
    .map(({ link }) => link)
  const lines: LinkResultLine[] = []
  if (accepted.length > 0) for await (const batch of linkVideos(accepted)) lines.push(...batch)
  const lineByLink = new Map(accepted.map((link, index) => [link, lines[index]]))
  return heard.map(({ link }) => lineByLink.get(link) ?? refuseLink(link))
}

function refuseLink({ id }: Link): LinkResultLine {
  const problem = createProblem('link-refused', 'The server refused this link. Try again.')
  return { id, status: problem.status, problem }
}
