import { errorMessage } from '#shared/error-message.ts'
import type { Microstep } from './child-actor.ts'

/** More than any machine that settles needs, and finished in a tenth of a second. */
const maxMicrosteps = 1_000

/**
 * A microstep of a hundred regions takes a tenth of a second or more, so the first `minMicrosteps`
 * may take as long as they need.
 */
const maxMilliseconds = 2_000
const minMicrosteps = 10

/**
 * Collects a run's reports: the effects and microsteps of its last step, and its failure. A step
 * fails if it takes more than {@link maxMicrosteps}, or longer than {@link maxMilliseconds}.
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
        // The innermost function fails first.
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
      // XState catches this error and ends the actor with it.
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

/** Describes which states an endless run loops through: those that its last transitions left. */
function describeLoop(taken: string[], count: number): string {
  const sources = [...new Set(taken.slice(-100).map((id) => id.slice(0, id.indexOf('|'))))].sort()
  const named = sources.slice(0, maxNamed).join(', ')
  const others = sources.length > maxNamed ? ` and ${sources.length - maxNamed} more` : ''
  const steps = count.toLocaleString('en')
  return `It took ${steps} steps without settling, and keeps cycling through ${named}${others}.`
}

const maxNamed = 5

// XState prepends its own sentence to the message of a guard's error.
function describeFailure(place: string, message: string): string {
  return `${place}: ${message.slice(message.lastIndexOf('\n') + 1)}`
}
