import type { AnyMachineSnapshot } from 'xstate'
import { authoringMachine } from '#machines/authoring.machine.ts'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import { emptyHistory, type History, type NewChange, recordChange } from '#machines/history.ts'
import type { EventCase, Model } from '../support/model.ts'
import { eventCase } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

/** The root with chapters that do nothing. */
export const quietAuthoringMachine = authoringMachine.provide({
  // The stub takes the same input, and deliberately does nothing.
  actors: { chapter: silentChild as unknown as typeof chapterMachine },
})

const createCases = (chapterId: string): [string, EventCase][] => [
  [
    `act in ${chapterId}`,
    eventCase('chapter.dispatch', () => ({ chapterId, event: { type: 'videos.retryFailed' } })),
  ],
  [`close ${chapterId}`, eventCase('chapter.close', () => ({ chapterId }))],
]

const change: NewChange = {
  kind: 'rename',
  chapterIds: ['chapter one'],
  operations: [{ entity: 'video', field: 'filename', id: 'a video', from: 'one', to: 'two' }],
}

/** Two changes are enough: a third leads to no other decision. */
const countChanges = ({ context }: AnyMachineSnapshot) => {
  const { past, future }: History = context.history
  return past.length + future.length
}

const undoAndRedoCases = (['undo', 'redo'] as const).flatMap((direction): [string, EventCase][] => [
  [direction, eventCase('change.applied', () => ({ direction }))],
  [
    `drop ${direction}`,
    eventCase('change.dropped', () => ({ direction, obstacle: change.operations[0] })),
  ],
])

export const authoringModel: Model = {
  machine: quietAuthoringMachine,
  inputs: { 'no chapter': undefined },
  cases: {
    ...Object.fromEntries(['chapter one', 'chapter two'].flatMap(createCases)),
    'a file is ready': eventCase('asset.ready', () => ({ mediaId: 'an asset' })),
    'a video has left its chapter': eventCase('blocker.cleared', () => ({ id: 'a video' })),
    'resume the history of an earlier page': (snapshot) =>
      countChanges(snapshot) < 2
        ? { type: 'history.resume', history: recordChange(emptyHistory, change) }
        : null,
    change: (snapshot) => (countChanges(snapshot) < 2 ? { type: 'change.made', change } : null),
    refuse: ({ context }) => {
      const { past, future }: History = context.history
      const number = (past.at(-1) ?? future.at(-1))?.number
      return number === undefined ? null : { type: 'change.refused', number }
    },
    ...Object.fromEntries(undoAndRedoCases),
  },
  getKey: ({ value, children, context }) => {
    const { past, future }: History = context.history
    return JSON.stringify([value, Object.keys(children).sort(), past.length, future.length])
  },
}
