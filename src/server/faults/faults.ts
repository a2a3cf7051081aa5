import type { Fate } from '../dependencies.ts'

export type FaultSettings = {
  /** The shortest and the longest delay of a link, in milliseconds. */
  latency: readonly [number, number]
  /** The share of links that are refused, 0 to 1. */
  fail: number
  /** The share of links at which the connection is cut, 0 to 1. */
  drop: number
  /** The same seed gives the same fates to the same links in the same order. */
  seed: number
}

const defaults: FaultSettings = { latency: [0, 0], fail: 0, drop: 0, seed: 1 }

const readers: Record<keyof FaultSettings, (text: string) => Partial<FaultSettings>> = {
  latency: (text) => ({ latency: latencyIn(text) }),
  fail: (text) => ({ fail: shareIn('fail', text) }),
  drop: (text) => ({ drop: shareIn('drop', text) }),
  seed: (text) => ({ seed: wholeIn('seed', text) }),
}

/**
 * Reads faults such as `latency=1000-2000,fail=0.2,drop=0.05,seed=7`; every part may be left out.
 * @throws An error whose message says which part does not fit.
 */
export function parseFaults(text: string): FaultSettings {
  const settings = text.split(',').map((part) => {
    const [name = '', value = '', ...rest] = part.trim().split('=')
    if (!Object.hasOwn(readers, name) || value === '' || rest.length > 0) {
      throw new Error(`“${part.trim()}” is not latency=…, fail=…, drop=… or seed=…`)
    }
    return readers[name as keyof FaultSettings](value)
  })
  const faults = { ...defaults, ...Object.assign({}, ...settings) } as FaultSettings
  if (faults.fail + faults.drop > 1) throw new Error('fail and drop together are more than 1')
  return faults
}

/** Draws a fate for each link, whichever it is; `random` gives numbers from 0 up to 1. */
export function createFaults(
  { latency: [shortest, longest], fail, drop, seed }: FaultSettings,
  random: () => number = randomFrom(seed),
): { fateOf: () => Fate } {
  return {
    fateOf() {
      const delay = shortest + Math.floor(random() * (longest - shortest + 1))
      return { delay, outcome: outcomeAt(random()) }
    },
  }

  function outcomeAt(lot: number): Fate['outcome'] {
    if (lot < fail) return 'refused'
    if (lot < fail + drop / 2) return 'cut-before'
    return lot < fail + drop ? 'cut-after' : 'served'
  }
}

function latencyIn(text: string): [number, number] {
  const [shortest = '', longest = shortest, ...rest] = text.split('-')
  const range = [wholeIn('latency', shortest), wholeIn('latency', longest)] as [number, number]
  if (rest.length > 0 || range[0] > range[1]) {
    throw new Error(`latency=${text} is not a range of milliseconds such as 1000-2000`)
  }
  return range
}

function shareIn(name: string, text: string): number {
  if (/^(0|1|0?\.\d+|1\.0+|0\.\d*)$/.test(text)) return Number(text)
  throw new Error(`${name}=${text} is not a share from 0 to 1, such as 0.2`)
}

function wholeIn(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Error(`${name}=${text} is not a whole number of at most nine digits`)
}

// mulberry32, by Tommy Ettinger: small, and good enough to draw lots.
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
