import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import { driversFor, expectAgreement, startActor } from './actor-under-test.ts'
import { silentChildrenOf } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'
import { quietWorkspaceMachine } from './workspace.model.ts'

/** Tests a path of the workspace: which chapters have an actor, each with its own id. */
export const createWorkspacePathTest: CreatePathTest = (input) => {
  const actor = startActor(quietWorkspaceMachine, input, [])
  const open = new Map<string, unknown>()
  return {
    actor,
    events: driversFor(quietWorkspaceMachine, async (event) => {
      const known = actor.snapshot().children
      await actor.take(event)
      remember(open, event)
      for (const [id, child] of Object.entries(known)) {
        if (open.has(id)) expect(actor.snapshot().children[id]).toBe(child)
      }
    }),
    states: {
      workspace: (model) => expectAgreement(model, actor.snapshot()),
      'workspace.open': () => {
        const inputs = Object.entries(silentChildrenOf(actor.snapshot())).map(
          ([id, { input: given }]) => [id, given] as const,
        )
        expect(new Map(inputs)).toEqual(open)
      },
    },
  }
}

function remember(open: Map<string, unknown>, { type, chapterId }: AnyEventObject) {
  if (type === 'chapter.open') open.set(chapterId, { chapterId })
  else open.delete(chapterId)
}
