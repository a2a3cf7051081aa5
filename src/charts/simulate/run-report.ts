import { errorMessage } from '#shared/error-message.ts'
import type { Microstep } from './child-actor.ts'

/** More than a machine needs that comes to rest, and done in a tenth of a second. */
const maxMicrosteps = 1_000

/**
 * A microstep of a hundred regions takes a tenth of a second or more. A few are taken however long.
 */
const maxMilliseconds = 2_000
const minMicrosteps = 10

/**
 * Collects what a run reports: the effects and microsteps of its last step, and its failure. A step
 * fails that takes more than {@link maxMicrosteps}, or {@link maxMilliseconds}.
 * @param now the real time, in ms
 */
export function createRunReport(now: () => number) {
  const standIns = new Set<string>()
  let [effects, taken]: [string[], string[]] = [[], []]
  let [step, microsteps, startedAt] = [0, 0, now()]
  let place: string | null = null
  let failure: { error: string; failedStep: number } | null = null
  return {
    reports: {
      onEffect: (effect: string) => effects.push(effect),
      onStandIn: (description: string) => standIns.add(description),
      onFailure: (failed: string) => {
        // The innermost function is the first to fail.
        place ??= failed
      },
    },
    startStep: () => {
      step += 1
      microsteps = 0
      startedAt = now()
      place = null
      effects = []
      taken = []
    },
    addMicrostep: (microstep: Microstep) => {
      microsteps += 1
      // XState catches it, and ends the actor with this error.
      const isTooLate = microsteps > minMicrosteps && now() - startedAt > maxMilliseconds
      if (isTooLate || microsteps > maxMicrosteps)
        throw new Error(describeLoop(taken, microsteps - 1))
      taken.push(...microstep.taken)
    },
    fail: (cause: unknown) => {
      const message = errorMessage(cause)
      failure = { error: place ? describeFailure(place, message) : message, failedStep: step }
    },
    read: () => ({
      effects: [...effects],
      taken: [...taken],
      standIns: [...standIns],
      error: failure?.error ?? null,
      failedStep: failure?.failedStep ?? null,
    }),
  }
}

/** Tells which states an endless run goes through: those that its last transitions left. */
function describeLoop(taken: string[], count: number): string {
  const sources = [...new Set(taken.slice(-100).map((id) => id.slice(0, id.indexOf('|'))))].sort()
  const named = sources.slice(0, maxNamed).join(', ')
  const others = sources.length > maxNamed ? ` and ${sources.length - maxNamed} more` : ''
  const steps = count.toLocaleString('en')
  return `It took ${steps} steps without coming to rest, and goes round ${named}${others}.`
}

const maxNamed = 5

// XState puts a sentence of its own before the message of a guard.
function describeFailure(place: string, message: string): string {
  return `${place}: ${message.slice(message.lastIndexOf('\n') + 1)}`
}
