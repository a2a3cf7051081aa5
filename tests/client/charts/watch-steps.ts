import type { AnyActorRef } from 'xstate'
import { createActorSource } from '#charts/live/actor-source.ts'
import type { LiveStep } from '#charts/live/live.ts'

/** Watches an actor and its descendants. The returned function lists all steps since the call. */
export function watchSteps(root: AnyActorRef): () => LiveStep[] {
  let deliver = () => {}
  const steps: LiveStep[] = []
  createActorSource({
    root,
    getName: ({ id }) => id,
    schedule: (next) => {
      deliver = next
    },
  }).watch((update) => steps.push(...update.steps))
  return () => {
    deliver()
    return steps
  }
}
