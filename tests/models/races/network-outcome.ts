import fc from 'fast-check'

/**
 * How a request ends. Only `served` and `duplicated` send a usable response. Otherwise nothing
 * arrived (`lost`, `failed`), or it did and the response is lost, says 500, can't be read, or ends
 * too early.
 */
const kinds = [
  'served',
  'duplicated',
  'lost',
  'failed',
  'responseLost',
  'responseFailed',
  'unreadable',
  'truncated',
  'cut',
] as const

export interface NetworkOutcome {
  kind: (typeof kinds)[number]
  /** The links that are refused, by their index in the batch. */
  refused: readonly number[]
  /** How many lines arrive of a response that ends too early. */
  lines: number
  /** Whether the request arrives even if it has been aborted. */
  arrivesAfterAbort: boolean
}

export const servedOutcome: NetworkOutcome = {
  kind: 'served',
  refused: [],
  lines: 0,
  arrivesAfterAbort: false,
}

/** Serves most requests, so that races get far enough for failures to matter. */
const kindArbitrary = fc.oneof(
  { weight: 5, arbitrary: fc.constant<NetworkOutcome['kind']>('served') },
  { weight: 4, arbitrary: fc.constantFrom(...kinds) },
)

const refusedArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.nat(2), { maxLength: 2 }) },
)

/** The outcomes of the first requests; all others are served. */
const outcomesArbitrary: fc.Arbitrary<NetworkOutcome[]> = fc.array(
  fc.record({
    kind: kindArbitrary,
    refused: refusedArbitrary,
    lines: fc.nat(2),
    arrivesAfterAbort: fc.boolean(),
  }),
  { maxLength: 12 },
)

/** Everything the scheduler does not decide: the outcomes of requests, and all randomness. */
export const environmentArbitrary = fc.record({
  outcomes: outcomesArbitrary,
  randomSeed: fc.nat(),
})
