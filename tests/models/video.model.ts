import type { AnyMachineSnapshot, SnapshotFrom } from 'xstate'
import { createProblem } from '#contract/problem.ts'
import type { Video } from '#contract/videos.ts'
import {
  type Confirmation,
  mostAttempts,
  type Refusal,
  type VideoContext,
  type VideoEvent,
  videoMachine,
} from '#machines/video.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { doneWith, eventCase, failed, timeOut } from './event-cases.ts'

const pick: Video = {
  id: '01900000-0000-7000-8000-000000000001',
  chapterId: '01900000-0000-7000-8000-0000000000c1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  version: 0,
  revision: 0,
  durationSeconds: 12.5,
}

const refusal: Refusal = {
  outcome: 'refused',
  problem: createProblem('link-refused', 'The server refused it.'),
}

/** What the server says of a link that it has had, and that somebody else has removed. */
const removedElsewhere: Refusal = {
  outcome: 'refused',
  problem: createProblem('removed', 'The video was removed. Restore it, or link it anew.'),
}

const contextOf = (snapshot: AnyMachineSnapshot): VideoContext => snapshot.context

/** What the server answers when it takes a change: the name it has now, at the next version. */
const confirmed =
  (filenameIn: (context: VideoContext) => string) =>
  (snapshot: AnyMachineSnapshot): Confirmation => {
    const context = contextOf(snapshot)
    return {
      outcome: 'confirmed',
      filename: filenameIn(context),
      version: context.version + 1,
      confirmedAt: context.confirmedAt + 1,
    }
  }

const theirs = (snapshot: AnyMachineSnapshot) => ({
  outcome: 'conflict',
  theirs: { filename: 'Their name.mp4', version: contextOf(snapshot).version + 1 },
})

/** What the server only says where this is so. */
const onlyIf =
  (holds: (context: VideoContext) => boolean, event: EventCase): EventCase =>
  (snapshot) =>
    holds(contextOf(snapshot)) ? event(snapshot) : null

const asks = (type: VideoEvent['type']): EventCase => eventCase(type)

const cases: Record<string, EventCase> = {
  retry: asks('video.retry'),
  remove: asks('video.remove'),
  restore: asks('video.restore'),
  forget: asks('video.forget'),
  edit: eventCase('video.edit', (snapshot) => {
    const { filename, version } = contextOf(snapshot)
    return { base: { filename, version } }
  }),
  cancel: asks('video.cancel'),
  rename: eventCase('video.rename', (snapshot) => ({
    filename: `Name over ${contextOf(snapshot).unconfirmed.length}.mp4`,
  })),
  'retry rename': asks('rename.retry'),
  'discard rename': asks('rename.discard'),
  'keep mine': asks('rename.keepMine'),
  'take theirs': asks('rename.takeTheirs'),
  'connected to link': doneWith('linkConnection'),
  'wait to link broke': failed('linkConnection'),
  linked: doneWith(
    'linkVideo',
    confirmed(({ filename }) => filename),
  ),
  'link refused': doneWith('linkVideo', () => refusal),
  'link of one removed elsewhere': doneWith('linkVideo', () => removedElsewhere),
  'link lost': failed('linkVideo'),
  'link timed out': timeOut('answerTimeout.video.link.linking.sending'),
  'link backed off': timeOut('backoff.video.link.linking.backingOff'),
  'connected to remove': doneWith('removalConnection'),
  'wait to remove broke': failed('removalConnection'),
  removed: doneWith('removeVideo', () => ({ outcome: 'removed' })),
  'removal refused': doneWith('removeVideo', () => refusal),
  'removal lost': failed('removeVideo'),
  'removal timed out': timeOut('answerTimeout.video.link.removing.deleting'),
  'removal backed off': timeOut('backoff.video.link.removing.backingOff'),
  'undo too late': timeOut('undoWindow.video.link.removed'),
  'connected to restore': doneWith('restorationConnection'),
  'wait to restore broke': failed('restorationConnection'),
  restored: doneWith(
    'restoreVideo',
    confirmed(({ filename }) => filename),
  ),
  'was never linked': onlyIf(
    ({ version }) => version === 0,
    doneWith('restoreVideo', () => ({ outcome: 'unlinked' })),
  ),
  'restoration refused': doneWith('restoreVideo', () => refusal),
  'restoration lost': failed('restoreVideo'),
  'restoration timed out': timeOut('answerTimeout.video.link.restoring.asking'),
  'restoration backed off': timeOut('backoff.video.link.restoring.backingOff'),
  'connected to rename': doneWith('renameConnection'),
  'wait to rename broke': failed('renameConnection'),
  saved: doneWith(
    'saveFilename',
    confirmed(({ pendingFilename, filename }) => pendingFilename ?? filename),
  ),
  'renamed elsewhere': doneWith('saveFilename', theirs),
  'name refused': doneWith('saveFilename', () => refusal),
  'name lost': failed('saveFilename'),
  'name timed out': timeOut('answerTimeout.video.filename.saving'),
}

/** What the video's guards read: how many tries are left, and what the server may know. */
function keyOf({ value, context }: SnapshotFrom<typeof videoMachine>): string {
  const { attempt, linkSent, removalSent, version, pendingFilename } = context
  return JSON.stringify([
    value,
    Math.min(attempt, mostAttempts),
    [linkSent, removalSent, version > 0, pendingFilename !== null],
  ])
}

const inputs = {
  'a pick': pick,
  'a pick that was sent': { ...pick, linkSent: true },
  'a row of the server’s': { ...pick, version: 3 },
}

/** What a video can start from. */
export type VideoStart = keyof typeof inputs

export const isPick = (start: VideoStart) => start !== 'a row of the server’s'

export const videoModel: Model = {
  machine: videoMachine,
  inputs,
  cases,
  keyOf,
}
