import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import type { Change } from '#machines/history.ts'
import { createDrivers, expectAgreement, startActor } from './actor-under-test.ts'
import { quietAuthoringMachine } from './authoring.model.ts'
import { readSilentChildren } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'

/** The input of a chapter's actor, and the events that it was sent. */
type Chapter = { input: { chapterId: string }; received: AnyEventObject[] }

/** Tests a path of the root: which chapters have an actor, and which events each is sent. */
export const createAuthoringPathTest: CreatePathTest = (input) => {
  const actor = startActor(quietAuthoringMachine, input, [])
  const chapters = new Map<string, Chapter>()
  const numbers: Numbers = { past: [], future: [], count: 0 }
  return {
    actor,
    events: createDrivers(quietAuthoringMachine, async (event) => {
      const before = actor.snapshot().children
      await actor.take(event)
      remember(chapters, event)
      followChange(numbers, event)
      for (const [id, child] of Object.entries(before)) {
        if (chapters.has(id)) expect(actor.snapshot().children[id]).toBe(child)
      }
    }),
    states: {
      authoring: (model) => expectAgreement(model, actor.snapshot()),
      'authoring.open': () => {
        const children = Object.entries(readSilentChildren(actor.snapshot()))
        expect(new Map(children)).toEqual(chapters)
        const { history } = actor.snapshot().context
        expect([history.past, history.future].map(listNumbers)).toEqual([
          numbers.past,
          numbers.future,
        ])
      },
    },
  }
}

/** The numbers of the changes that can be undone and redone. */
interface Numbers {
  past: number[]
  future: number[]
  count: number
}

function followChange(numbers: Numbers, { type, direction, number }: AnyEventObject) {
  const { past, future } = numbers
  const [from, to] = direction === 'redo' ? [future, past] : [past, future]
  if (type === 'history.resume') {
    // The resumed change comes first; existing numbers stay.
    past.unshift(numbers.count > 0 ? Math.min(1, ...past, ...future) - 1 : 1)
    numbers.count = Math.max(1, numbers.count)
  } else if (type === 'change.made') {
    numbers.count += 1
    past.push(numbers.count)
    future.length = 0
  } else if (type === 'change.applied') to.push(...from.splice(-1))
  else if (type === 'change.dropped') from.splice(-1)
  else if (type === 'change.refused') {
    numbers.past = past.filter((candidate) => candidate !== number)
    numbers.future = future.filter((candidate) => candidate !== number)
  }
}

const listNumbers = (changes: readonly Change[]) => changes.map(({ number }) => number)

function remember(chapters: Map<string, Chapter>, rootEvent: AnyEventObject) {
  const { type, chapterId, event } = rootEvent
  if (type === 'asset.ready' || type === 'blocker.cleared') {
    for (const chapter of chapters.values()) chapter.received.push(rootEvent)
  }
  if (chapterId === undefined) return
  if (type === 'chapter.close') return chapters.delete(chapterId)
  const chapter = chapters.get(chapterId) ?? { input: { chapterId }, received: [] }
  chapters.set(chapterId, { ...chapter, received: [...chapter.received, event] })
}
