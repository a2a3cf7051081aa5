import type { AnyMachineSnapshot, SnapshotFrom } from 'xstate'
import { createProblem } from '#contract/problem.ts'
import { type ChapterContext, chapterMachine } from '#machines/chapter.machine.ts'
import { findVideo, hasVideo } from '#machines/pending-videos.ts'
import {
  describeVideo,
  initialContext,
  type VideoInput,
  type VideoReport,
  type VideoStatus,
} from '#machines/video.context.ts'
import type { videoMachine } from '#machines/video.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { doneWith, eventCase, failed } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

const chapterId = '01900000-0000-7000-8000-0000000000c1'

const createVideo = (id: string, mediaId: string, version: number): VideoInput => ({
  id,
  chapterId,
  mediaId,
  filename: `${id}.mp4`,
  position: 'a0',
  durationSeconds: 1,
  version,
  revision: 0,
})

const first = createVideo('the first', 'one asset', 0)
/** The same asset again: the page lets it wait while the first video is being removed. */
const second = createVideo('the second', 'one asset', 0)
const row = createVideo('a row from the server', 'another asset', 4)

/** A chapter whose videos do nothing by themselves, so that the test can report for them. */
export const quietChapterMachine = chapterMachine.provide({
  // The stub takes the same input and events, and deliberately reports nothing.
  actors: { video: silentChild as unknown as typeof videoMachine },
  // A chapter without a parent would send this to itself.
  actions: { reportCleared: () => {} },
})

const getContext = (snapshot: AnyMachineSnapshot): ChapterContext => snapshot.context

function onlyIf(holds: (snapshot: AnyMachineSnapshot) => boolean, event: EventCase): EventCase {
  return (snapshot) => (holds(snapshot) ? event(snapshot) : null)
}

const isKnown = ({ id }: VideoInput, snapshot: AnyMachineSnapshot) =>
  hasVideo(getContext(snapshot).videos, id)

/** A report of a video; only a video with an actor can send one. */
const reportIfSpawned = (
  { id }: VideoInput,
  type: string,
  payloadFor?: (snapshot: AnyMachineSnapshot) => object,
) => onlyIf(({ children }) => id in children, eventCase(type, payloadFor))

const report = (video: VideoInput, parts: Partial<VideoReport>) =>
  reportIfSpawned(video, 'video.reported', () => ({
    video: { ...describeVideo(initialContext(video)), ...parts },
  }))

const statuses = (video: VideoInput, reported: readonly VideoStatus[]) =>
  reported.map((status): [string, EventCase] => [
    `${video.id} is ${status}`,
    report(video, { status }),
  ])

const addition = (video: VideoInput): [string, EventCase] => [
  `add ${video.id}`,
  onlyIf(
    (snapshot) => !isKnown(video, snapshot),
    eventCase('videos.add', (snapshot) => ({
      videos: [{ ...video, blockedBy: isLeaving(first, snapshot) ? first.id : null }],
    })),
  ),
]

const isLeaving = ({ id }: VideoInput, snapshot: AnyMachineSnapshot) =>
  findVideo(getContext(snapshot).videos, id)?.status === 'removing'

const failedContext = {
  ...initialContext(second),
  problem: createProblem('link-refused', 'The server refused it.'),
}

const dispatch = (video: VideoInput): [string, EventCase] => [
  `act on ${video.id}`,
  onlyIf(
    (snapshot) => video.version > 0 || isKnown(video, snapshot),
    eventCase('video.dispatch', () => ({ video, event: { type: 'video.cancel' } })),
  ),
]

/** One more than are dispatched in two frames. */
const manyDispatches = Array.from({ length: 81 }, () => ({
  video: row,
  event: { type: 'video.cancel' },
}))

const removal: EventCase = (snapshot) =>
  eventCase('videos.dispatch', () => ({
    dispatches: [first, row]
      .filter((video) => video === row || isKnown(video, snapshot))
      .map((video) => ({ video, event: { type: 'video.remove' } })),
  }))(snapshot)

/** Limits an event to early snapshots, to keep the number of paths low. */
const early = (without: VideoInput, maxDue: number, event: EventCase) =>
  onlyIf(
    (snapshot) => !isKnown(without, snapshot) && getContext(snapshot).due.length <= maxDue,
    event,
  )

const editor = (video: VideoInput, isOpen: boolean) =>
  reportIfSpawned(video, 'editor.reported', () => ({ id: video.id, isOpen }))

const cases: Record<string, EventCase> = {
  ...Object.fromEntries([first, second].map(addition)),
  // Only to an empty chapter, to keep the number of paths low.
  [`add ${second.id} before its file is uploaded`]: onlyIf(
    (snapshot) => getContext(snapshot).videos.list.length === 0,
    eventCase('videos.add', () => ({ videos: [{ ...second, blockedBy: second.mediaId }] })),
  ),
  [`resume ${second.id}`]: onlyIf(
    (snapshot) => !isKnown(second, snapshot),
    eventCase('videos.resume', () => ({
      videos: [{ ...second, blockedBy: null, kept: failedContext }],
    })),
  ),
  'its file is ready': onlyIf(
    (snapshot) => findVideo(getContext(snapshot).videos, second.id)?.blockedBy === second.mediaId,
    eventCase('asset.ready', () => ({ mediaId: second.mediaId })),
  ),
  [`${first.id} has left`]: onlyIf(
    (snapshot) => findVideo(getContext(snapshot).videos, second.id)?.blockedBy === first.id,
    eventCase('blocker.cleared', () => ({ id: first.id })),
  ),
  painted: doneWith('framePainted'),
  'painting unknown': failed('framePainted'),
  'not sent ahead': failed('prefetchLinks'),
  'retry failed': eventCase('videos.retryFailed'),
  ...Object.fromEntries([first, second, row].map(dispatch)),
  'remove all': early(second, 0, removal),
  'act on many': early(
    first,
    2,
    eventCase('videos.dispatch', () => ({ dispatches: manyDispatches })),
  ),
  ...Object.fromEntries([
    ...statuses(first, ['linking', 'linked', 'failed', 'removing', 'removed']),
    ...statuses(second, ['linked', 'failed']),
    ...statuses(row, ['linked', 'failed']),
  ]),
  // The name and editor of one video are enough: nothing else depends on them.
  'a row has an unsaved name': report(row, { filenameStatus: 'unsaved' }),
  'the row’s editor opens': editor(row, true),
  'the row’s editor closes': editor(row, false),
}

export const chapterModel: Model = {
  machine: quietChapterMachine,
  inputs: { 'an empty chapter': { chapterId } },
  cases,
  getKey: ({ value, context, children }: SnapshotFrom<typeof chapterMachine>) =>
    JSON.stringify([
      value,
      context.added.map(({ id, blockedBy }) => [id, blockedBy]),
      [...new Set(context.due.map(({ video, event }) => `${event.type} ${video.id}`))],
      Math.ceil(context.due.length / 40),
      [...context.counted].sort(),
      context.videos.list
        .map(({ id, status, filenameStatus, isEditing, blockedBy }) => [
          id,
          status,
          filenameStatus,
          isEditing,
          blockedBy,
        ])
        .sort(),
      Object.keys(children).sort(),
    ]),
}
