import { authoringMachine } from '#machines/authoring.machine.ts'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { eventCase } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

/** The root with chapters that do nothing. */
export const quietAuthoringMachine = authoringMachine.provide({
  // It takes the same input; that it does nothing is the point.
  actors: { chapter: silentChild as unknown as typeof chapterMachine },
})

const casesOf = (chapterId: string): [string, EventCase][] => [
  [
    `act in ${chapterId}`,
    eventCase('chapter.dispatch', () => ({ chapterId, event: { type: 'videos.retryFailed' } })),
  ],
  [`close ${chapterId}`, eventCase('chapter.close', () => ({ chapterId }))],
]

export const authoringModel: Model = {
  machine: quietAuthoringMachine,
  inputs: { 'no chapter': undefined },
  cases: Object.fromEntries(['chapter one', 'chapter two'].flatMap(casesOf)),
  keyOf: ({ value, children }) => JSON.stringify([value, Object.keys(children).sort()]),
}
