import { z } from '#contract/zod.ts'
import { decodeBase64Url, encodeBase64Url } from '#shared/base64url.ts'
import type { SimulationRun } from './simulation.ts'

const stepSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('send'), event: z.object({ type: z.string() }).catchall(z.json()) }),
  z.object({ do: z.literal('advance'), milliseconds: z.number().min(0).max(1e9) }),
  z.object({ do: z.literal('answer'), invokeId: z.string(), output: z.json() }),
  z.object({ do: z.literal('fail'), invokeId: z.string(), message: z.string() }),
])

const runSchema = z.object({
  machineId: z.string(),
  input: z.json(),
  steps: z.array(stepSchema).max(1_000),
})

/** Encodes a run for a link, to follow `#run=`. */
export const formatRunLink = (run: SimulationRun): string => encodeBase64Url(JSON.stringify(run))

/** Decodes a link's run; null if the link is damaged. */
export function parseRunLink(link: string): SimulationRun | null {
  try {
    return runSchema.parse(JSON.parse(decodeBase64Url(link)))
  } catch {
    return null
  }
}
