import type { Speed } from './network.ts'

export type ConditionName = 'fast' | 'slow' | 'faulty'

/** A network to test in. */
export interface Condition {
  speed: Speed
  /** What the server does to links, as `LECTERN_FAULTS` has it. */
  faults?: string
}

const full: Speed = { delay: 0, bitsPerSecond: Number.POSITIVE_INFINITY }

export const conditions: Record<ConditionName, Condition> = {
  fast: { speed: full },
  slow: { speed: { delay: 150, bitsPerSecond: 1_000_000 } },
  faulty: { speed: full, faults: 'latency=50-300,fail=0.2,drop=0.05,seed=11' },
}
