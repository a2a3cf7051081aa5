import type { AnyMachineSnapshot, SnapshotFrom } from 'xstate'
import {
  describeUpload,
  initialUpload,
  type UploadStatus,
  type uploadMachine,
} from '#machines/upload.machine.ts'
import { type UploadsContext, uploadsMachine } from '#machines/uploads.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { eventCase } from './event-cases.ts'
import { silentChild } from './silent-child.ts'

/** The queue with uploads that do nothing by themselves, so that the test can report for them. */
export const quietUploadsMachine = uploadsMachine.provide({
  // The stub takes the same input, and deliberately does nothing.
  actors: { upload: silentChild as unknown as typeof uploadMachine },
})

const getContext = (snapshot: AnyMachineSnapshot): UploadsContext => snapshot.context

const file = (id: string) => ({ id, filename: `${id}.mp4`, sizeBytes: 10 })

const addition = (added: readonly string[], isUrgent: boolean): EventCase =>
  eventCase('uploads.add', () => ({ uploads: added.map(file), isUrgent }))

const report =
  (id: string, status: UploadStatus): EventCase =>
  (snapshot) =>
    id in getContext(snapshot).uploads
      ? { type: 'upload.reported', upload: describeUpload(initialUpload(file(id)), status) }
      : null

const reports = (id: string, statuses: readonly UploadStatus[]) =>
  statuses.map((status): [string, EventCase] => [`${id} is ${status}`, report(id, status)])

export const uploadsModel: Model = {
  machine: quietUploadsMachine,
  inputs: { 'no file': undefined },
  cases: {
    'add the first': addition(['a'], false),
    // With the first, one more than are sent at a time. Two never report, to keep paths few.
    'add three that a chapter waits for': addition(['b', 'c', 'd'], true),
    'act on one': eventCase('upload.dispatch', () => ({
      id: 'a',
      event: { type: 'upload.pause' },
    })),
    'act on all': eventCase('uploads.dispatch', () => ({ event: { type: 'upload.pause' } })),
    'hurry one': (snapshot) =>
      'a' in getContext(snapshot).uploads ? { type: 'upload.prioritize', id: 'a' } : null,
    clear: eventCase('uploads.clear'),
    ...Object.fromEntries([
      ...reports('a', ['queued', 'uploading', 'paused', 'ready']),
      ...reports('b', ['uploading', 'ready']),
    ]),
  },
  getKey: ({ context }: SnapshotFrom<typeof uploadsMachine>) =>
    JSON.stringify([
      Object.values(context.uploads).map(({ id, status }) => [id, status]),
      context.urgent,
    ]),
}
