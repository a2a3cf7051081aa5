import type { SnapshotFrom } from 'xstate'
import { type UploadInput, uploadMachine } from '#machines/upload.machine.ts'
import type { Model } from '../support/model.ts'
import { doneWith, eventCase, failed, timeOut } from './event-cases.ts'

const file: UploadInput = {
  id: '01900000-0000-7000-8000-0000000000f1',
  filename: 'Lesson 1.mp4',
  sizeBytes: 10,
}

const problem = {
  type: '/problems/unusable-video',
  title: 'The file is not a usable video',
  status: 422,
  detail: 'The file has no video track.',
}

const progressed = (sentBytes: number) =>
  eventCase('file.progressed', () => ({ sentBytes, at: sentBytes * 100 }))

export const uploadModel: Model = {
  machine: uploadMachine,
  inputs: {
    'a new file': file,
    'a file whose upload began earlier': { ...file, isBegun: true },
    'a refused file': { ...file, problem },
  },
  cases: {
    start: eventCase('upload.start'),
    pause: eventCase('upload.pause'),
    resume: eventCase('upload.resume'),
    cancel: eventCase('upload.cancel'),
    retry: eventCase('upload.retry'),
    attach: eventCase('upload.attach'),
    'half of it is sent': progressed(5),
    'all of it is sent': progressed(10),
    received: eventCase('file.received'),
    interrupted: eventCase('file.interrupted', () => ({ failure: null })),
    refused: eventCase('file.refused', () => ({ problem })),
    missing: eventCase('file.missing'),
    'can’t be sent': failed('sendFile'),
    'backed off': timeOut('backoff.upload.waiting.backingOff'),
    connected: doneWith('connection'),
    'connection unknown': failed('connection'),
    'removed from the server': doneWith('cancelUpload'),
    'not removed from the server': failed('cancelUpload'),
  },
  getKey: ({ value, context }: SnapshotFrom<typeof uploadMachine>) =>
    JSON.stringify([value, context.sentBytes, context.problem !== null, context.isBegun]),
}
