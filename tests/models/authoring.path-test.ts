import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import type { Change } from '#machines/history.ts'
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
  const past: number[] = []
  const future: number[] = []
  let count = 0
  return {
    actor,
    events: driversFor(quietAuthoringMachine, async (event) => {
      const known = actor.snapshot().children
      await actor.take(event)
      remember(chapters, event)
      const [from, to] = event.direction === 'redo' ? [future, past] : [past, future]
      if (event.type === 'change.made') {
        count += 1
        past.push(count)
        future.length = 0
      } else if (event.type === 'change.passed') to.push(...from.splice(-1))
      else if (event.type === 'change.dropped') from.splice(-1)
      for (const [id, child] of Object.entries(known)) {
        if (chapters.has(id)) expect(actor.snapshot().children[id]).toBe(child)
      }
    }),
    states: {
      authoring: (model) => expectAgreement(model, actor.snapshot()),
      'authoring.open': () => {
        const children = Object.entries(silentChildrenOf(actor.snapshot()))
        expect(new Map(children)).toEqual(chapters)
        const { history } = actor.snapshot().context
        expect([history.past, history.future].map(listNumbers)).toEqual([past, future])
      },
    },
  }
}

const listNumbers = (changes: readonly Change[]) => changes.map(({ number }) => number)

function remember(chapters: Map<string, Chapter>, { type, chapterId, event }: AnyEventObject) {
  if (chapterId === undefined) return
  if (type === 'chapter.close') return chapters.delete(chapterId)
  const chapter = chapters.get(chapterId) ?? { input: { chapterId }, received: [] }
  chapters.set(chapterId, { ...chapter, received: [...chapter.received, event] })
}
