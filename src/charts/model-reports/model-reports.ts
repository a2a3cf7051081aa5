import { z } from '#contract/zod.ts'

const fingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('Tells machine versions apart: a chart’s fingerprint.')

const count = z.int().min(0)

/** How often the model tests took one transition of a machine. */
const transitionCoverageSchema = z.object({
  source: z.string().describe('The id of the state that it leaves.'),
  event: z.string().describe('The event as XState names it; empty for `always`.'),
  target: z.string().nullable().describe('The id of its first target; null where it has none.'),
  guard: z.string().nullable().describe('The guard’s name; null where it has none.'),
  index: count.describe('Its index among the transitions of this source for this event.'),
  count: count.describe('How often it was taken.'),
  paths: count.describe('How many paths took it.'),
  passed: count.describe('How many of these paths passed.'),
  failed: count.describe('How many of these paths failed.'),
})

const machineCoverageSchema = z.object({
  hash: fingerprintSchema,
  states: z.record(z.string(), count).describe('How often each state was entered, by its id.'),
  transitions: z.array(transitionCoverageSchema),
})

/** The coverage report of the model tests. */
export const coverageSchema = z.object({
  version: z.literal(1),
  machines: z.record(z.string(), machineCoverageSchema).describe('By the machine’s id.'),
})

const traceSnapshotSchema = z.object({
  value: z.json().describe('The state value, as XState nests it.'),
  context: z.json(),
  status: z.enum(['active', 'done', 'error', 'stopped']),
})

/** The trace of a failed model test: every event that it sent, and the snapshot after it. */
export const traceSchema = z.object({
  version: z.literal(2),
  machine: z.string().describe('The machine’s id.'),
  hash: fingerprintSchema,
  seed: z.union([z.number(), z.string()]),
  input: z.json(),
  steps: z.array(
    z.object({
      event: z.looseObject({ type: z.string() }),
      snapshot: traceSnapshotSchema,
    }),
  ),
  race: z
    .object({
      actions: z.array(z.json()).describe('The actions, in order.'),
      outcomes: z.array(z.json()).describe('The outcome of each request, in order.'),
      randomSeed: z.number().describe('The seed of the page’s random numbers.'),
      order: z.array(z.string()).describe('The labels of the turns, in order.'),
    })
    .optional()
    .describe('For a failed race: everything needed to run it again.'),
})

export type MachineCoverage = z.infer<typeof machineCoverageSchema>
export type Coverage = z.infer<typeof coverageSchema>
export type Trace = z.infer<typeof traceSchema>
