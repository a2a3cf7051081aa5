import type { chapterMachine } from '#machines/chapter.machine.ts'
import { workspaceMachine } from '#machines/workspace.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { eventCase } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

/** A workspace whose chapters do nothing. */
export const quietWorkspaceMachine = workspaceMachine.provide({
  // It takes the same input; that it does nothing is the point.
  actors: { chapter: silentChild as unknown as typeof chapterMachine },
})

const casesOf = (chapterId: string): [string, EventCase][] => [
  [`open ${chapterId}`, eventCase('chapter.open', () => ({ chapterId }))],
  [`close ${chapterId}`, eventCase('chapter.close', () => ({ chapterId }))],
]

export const workspaceModel: Model = {
  machine: quietWorkspaceMachine,
  inputs: { 'no chapter': undefined },
  cases: Object.fromEntries(['chapter one', 'chapter two'].flatMap(casesOf)),
  keyOf: ({ value, children }) => JSON.stringify([value, Object.keys(children).sort()]),
}
