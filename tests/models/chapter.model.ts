import { type AnyMachineSnapshot, enqueueActions, type SnapshotFrom } from 'xstate'
import { type ChapterContext, chapterMachine } from '#machines/chapter.machine.ts'
import type { RunStatus, VideoInput, videoMachine } from '#machines/video.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { doneWith, eventCase, failed } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

const chapterId = '01900000-0000-7000-8000-0000000000c1'

/** Two that can be added, and a row that the server has; more add no new state. */
const addable = ['first', 'second']
const row = videoOf('row of the server’s', 4)

/** A chapter whose videos do and say nothing by themselves, so that the test can speak for them. */
export const quietChapterMachine = chapterMachine.provide({
  // It is sent the same events and takes the same input; that it says nothing is the point.
  actors: { video: silentChild as unknown as typeof videoMachine },
  actions: {
    placeVideos: enqueueActions(({ context, enqueue, event, self }) => {
      if (event.type !== 'videos.add') return
      const known = knownIds(context, Object.keys(self.getSnapshot().children))
      const id = addable.find((one) => !known.has(one)) ?? ''
      enqueue.raise({ type: 'videos.placed', videos: [videoOf(id)] })
    }),
    sendLinks: () => {},
  },
})

const statuses: RunStatus[] = ['pending', 'linked', 'failed', 'removed']

const cases: Record<string, EventCase> = {
  add: onlyWhen(
    (snapshot) => addable.some((id) => !isKnown(snapshot, id)),
    eventCase('videos.add', () => ({ picks: [], after: null })),
  ),
  painted: doneWith('framePainted'),
  'painting broke': failed('framePainted'),
  'retry failed': eventCase('videos.retryFailed'),
  ...Object.fromEntries([...addable, row.id].flatMap(casesOf)),
  // One video's name is enough: it is counted apart from all else.
  'the first has an unsaved name': nameReport(true),
  'the first has no unsaved name': nameReport(false),
}

function nameReport(isUnsaved: boolean): EventCase {
  const report = eventCase('name.reported', () => ({ id: 'first', isUnsaved }))
  return onlyWhen(({ children }) => 'first' in children, report)
}

function casesOf(id: string): [string, EventCase][] {
  const isActor = (snapshot: AnyMachineSnapshot) => id in snapshot.children
  const isShown = (snapshot: AnyMachineSnapshot) => id === row.id || isKnown(snapshot, id)
  const act = eventCase('video.act', () => ({
    video: id === row.id ? row : videoOf(id),
    command: { type: 'video.cancel' },
  }))
  return [
    [`act on ${id}`, onlyWhen(isShown, act)],
    [
      `${id} is gone`,
      onlyWhen(
        isActor,
        eventCase('video.gone', () => ({ id })),
      ),
    ],
    ...statuses.map((status): [string, EventCase] => [
      `${id} is ${status}`,
      onlyWhen(
        isActor,
        eventCase('video.reported', () => ({ id, status })),
      ),
    ]),
  ]
}

export const chapterModel: Model = {
  machine: quietChapterMachine,
  inputs: { 'an empty chapter': { chapterId } },
  cases,
  keyOf: ({ value, context, children }: SnapshotFrom<typeof chapterMachine>) =>
    JSON.stringify([
      value,
      context.placed.map(({ id }) => id),
      context.unsavedNames,
      Object.entries(context.run).sort(),
      Object.keys(children).sort(),
    ]),
}

function videoOf(id: string, version = 0): VideoInput {
  return {
    ...{ id, chapterId, mediaId: `media of ${id}`, filename: `${id}.mp4`, position: 'a0', version },
    revision: 0,
    durationSeconds: 1,
  }
}

function onlyWhen(holds: (snapshot: AnyMachineSnapshot) => boolean, event: EventCase): EventCase {
  return (snapshot) => (holds(snapshot) ? event(snapshot) : null)
}

const isKnown = ({ context, children }: AnyMachineSnapshot, id: string) =>
  knownIds(context, Object.keys(children)).has(id)

const knownIds = ({ placed, run }: ChapterContext, children: string[]) =>
  new Set([...placed.map(({ id }) => id), ...Object.keys(run), ...children])
