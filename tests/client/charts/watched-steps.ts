import type { AnyActorRef } from 'xstate'
import { createActorSource } from '#charts/live/actor-source.ts'
import type { LiveStep } from '#charts/live/live.ts'

/** Watches an actor and all below it from now on; hands out all steps that they have taken since. */
export function watchSteps(root: AnyActorRef): () => LiveStep[] {
  let deliver = () => {}
  const steps: LiveStep[] = []
  createActorSource({
    root,
    nameOf: ({ id }) => id,
    schedule: (next) => {
      deliver = next
    },
  }).watch((news) => steps.push(...news.steps))
  return () => {
    deliver()
    return steps
  }
}
