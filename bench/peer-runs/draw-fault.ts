import { seededRandom } from '#shared/random.ts'
import type { Latency, ServerCell } from './page-contract.ts'

const fixedLatency = 200

/** Half of the requests take as long as the first mode, half as long as the second, in ms. */
const modes = [
  [1000, 1200],
  [1800, 2000],
] as const

/** The log-normal latency is defined by two of its percentiles, in ms, and is capped. */
const logNormal = { median: 120, p99: 1500, longest: 5000 }

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.3263

const sigma = Math.log(logNormal.p99 / logNormal.median) / z99

const draws: Record<Latency, (random: () => number) => number> = {
  fixed: () => fixedLatency,
  'log-normal': (random) =>
    Math.min(logNormal.longest, logNormal.median * Math.exp(sigma * drawNormal(random))),
  bimodal: (random) => {
    const [shortest, longest] = random() < 0.5 ? modes[0] : modes[1]
    return shortest + random() * (longest - shortest)
  },
}

/** Draws how long a request takes, in whole milliseconds. */
export const drawLatency = (latency: Latency, random: () => number): number =>
  Math.round(draws[latency](random))

/** The mean of each latency, in ms, for estimates. */
export const meanLatency: Record<Latency, number> = {
  fixed: fixedLatency,
  'log-normal': Math.round(logNormal.median * Math.exp(sigma ** 2 / 2)),
  bimodal: 1500,
}

/**
 * Draws what happens to the link of a pick. It depends only on the seed and the index of the pick,
 * so every contender faces the same faults, in whatever order its requests arrive. Exactly the
 * given share of the picks is refused, rounded up.
 */
export function drawLinkFault(cell: ServerCell, mediaId: string) {
  const index = cell.mediaIds.indexOf(mediaId)
  const isRefused = index !== -1 && listRefused(cell).has(index)
  return { delay: drawLatency(cell.latency, randomFor(cell.seed, index)), isRefused }
}

/** The indexes of the picks that are refused. */
export function listRefused({ seed, refused, mediaIds }: ServerCell): ReadonlySet<number> {
  const random = randomFor(seed, -2)
  const ranked = mediaIds.map((_, index) => ({ index, rank: random() }))
  ranked.sort((a, b) => a.rank - b.rank)
  return new Set(ranked.slice(0, Math.ceil(refused * mediaIds.length)).map(({ index }) => index))
}

/** Creates random numbers for one purpose of a run, such as requests other than links. */
export function randomFor(seed: number, purpose: number): () => number {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(purpose + 7, 0x85ebca6b))
  // Neighbouring seeds start with similar numbers.
  random()
  return random
}

/** The Box–Muller transform. */
function drawNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}
