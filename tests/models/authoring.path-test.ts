import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import { driversFor, expectAgreement, startActor } from './actor-under-test.ts'
import { quietAuthoringMachine } from './authoring.model.ts'
import { silentChildrenOf } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'

/** What a chapter's actor was started with and has been sent. */
type Chapter = { input: { chapterId: string }; received: AnyEventObject[] }

/** Tests a path of the root: which chapters have an actor, and what each is sent. */
export const createAuthoringPathTest: CreatePathTest = (input) => {
  const actor = startActor(quietAuthoringMachine, input, [])
  const chapters = new Map<string, Chapter>()
  return {
    actor,
    events: driversFor(quietAuthoringMachine, async (event) => {
      const known = actor.snapshot().children
      await actor.take(event)
      remember(chapters, event)
      for (const [id, child] of Object.entries(known)) {
        if (chapters.has(id)) expect(actor.snapshot().children[id]).toBe(child)
      }
    }),
    states: {
      authoring: (model) => expectAgreement(model, actor.snapshot()),
      'authoring.open': () => {
        const children = Object.entries(silentChildrenOf(actor.snapshot()))
        expect(new Map(children)).toEqual(chapters)
      },
    },
  }
}

function remember(chapters: Map<string, Chapter>, { type, chapterId, event }: AnyEventObject) {
  if (type === 'chapter.close') return chapters.delete(chapterId)
  const chapter = chapters.get(chapterId) ?? { input: { chapterId }, received: [] }
  chapters.set(chapterId, { ...chapter, received: [...chapter.received, event] })
}
