import fc from 'fast-check'

/**
 * What becomes of a request. `served` and `duplicated` tell their sender what was done; all others
 * leave it without a word: nothing arrived (`lost`, `failed`), or it did and the answer is lost,
 * says 500, can't be read, or ends too early.
 */
const kinds = [
  ...(['served', 'duplicated', 'lost', 'failed'] as const),
  ...(['answerLost', 'answerFailed', 'unreadable', 'truncated', 'cut'] as const),
] as const

export interface Fate {
  kind: (typeof kinds)[number]
  /** Its links that are refused, by their place in the batch. */
  refused: readonly number[]
  /** How many lines of an answer that ends too early arrive. */
  lines: number
  /** Arrives even where its sender has given it up. */
  isStubborn: boolean
}

export const fairFate: Fate = { kind: 'served', refused: [], lines: 0, isStubborn: false }

/** Most requests are served, so that there is something to go wrong. */
const kind = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Fate['kind']>('served') },
  { weight: 4, arbitrary: fc.constantFrom(...kinds) },
)

const refused = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.nat(2), { maxLength: 2 }) },
)

/** What becomes of the first requests; all others are served. */
const anyFates: fc.Arbitrary<Fate[]> = fc.array(
  fc.record({ kind, refused, lines: fc.nat(2), isStubborn: fc.boolean() }),
  { maxLength: 12 },
)

/** What is not up to the schedule: what becomes of requests, and every random number. */
export const anyCircumstances = fc.record({ fates: anyFates, randomSeed: fc.nat() })
