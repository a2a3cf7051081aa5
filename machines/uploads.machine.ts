import { assertEvent, assign, enqueueActions, setup } from 'xstate'
import {
  describeUpload,
  initialUpload,
  type UploadChildEvent,
  type UploadEvent,
  type UploadInput,
  type UploadReport,
  type UploadStatus,
  uploadMachine,
} from './upload.machine.ts'

export interface UploadsContext {
  /** The last report of every upload, by id, in the order they were added. */
  uploads: Record<string, UploadReport>
  /** Ids of the uploads that go first: a chapter waits for them, or a person chose them. */
  urgent: string[]
}

export type UploadsEvent =
  | { type: 'uploads.add'; uploads: UploadInput[]; isUrgent: boolean }
  | { type: 'upload.dispatch'; id: string; event: UploadEvent }
  | { type: 'uploads.dispatch'; event: UploadEvent }
  | { type: 'upload.prioritize'; id: string }
  | { type: 'uploads.clear' }
  | UploadChildEvent

/** How many files are sent at once. More would only share the same bandwidth. */
export const maxSending = 3

/**
 * Manages the page's uploads: spawns an actor for each file, and lets `maxSending` of them send at
 * once. It lives outside the component tree, so uploads continue while other pages are shown.
 */
export const uploadsMachine = setup({
  types: {
    context: {} as UploadsContext,
    events: {} as UploadsEvent,
    children: {} as Record<string, 'upload'>,
  },
  actors: { upload: uploadMachine },
  actions: {
    spawnUploads: assign(({ context, event, spawn }) => {
      assertEvent(event, 'uploads.add')
      const added = event.uploads.filter(({ id }) => !(id in context.uploads))
      for (const input of added) spawn('upload', { id: input.id, input })
      return addUploads(context, added, event.isUrgent)
    }),
    dispatch: enqueueActions(({ context, enqueue, event }) => {
      assertEvent(event, 'upload.dispatch')
      if (event.id in context.uploads) enqueue.sendTo(event.id, event.event)
    }),
    dispatchToAll: enqueueActions(({ context, enqueue, event }) => {
      assertEvent(event, 'uploads.dispatch')
      for (const id of Object.keys(context.uploads)) enqueue.sendTo(id, event.event)
    }),
    prioritize: assign(({ context, event }) => {
      assertEvent(event, 'upload.prioritize')
      return { urgent: [event.id, ...context.urgent.filter((id) => id !== event.id)] }
    }),
    keepReport: assign(({ context, event }) => {
      assertEvent(event, 'upload.reported')
      const { upload } = event
      return upload.id in context.uploads
        ? { uploads: { ...context.uploads, [upload.id]: upload } }
        : {}
    }),
    startNext: enqueueActions(({ context, enqueue }) => {
      for (const id of findNext(context)) enqueue.sendTo(id, { type: 'upload.start' })
    }),
    clearFinished: enqueueActions(({ context, enqueue }) => {
      const finished = Object.values(context.uploads).filter(isFinished)
      const ids = new Set(finished.map(({ id }) => id))
      for (const id of ids) enqueue.stopChild(id)
      const isKept = (id: string) => !ids.has(id)
      enqueue.assign({
        uploads: Object.fromEntries(Object.entries(context.uploads).filter(([id]) => isKept(id))),
        urgent: context.urgent.filter(isKept),
      })
    }),
  },
}).createMachine({
  id: 'uploads',
  description: 'All files on their way into the library.',
  context: { uploads: {}, urgent: [] },
  initial: 'open',
  states: {
    open: {
      description: 'Files come and go.',
      on: {
        'uploads.add': {
          actions: ['spawnUploads', 'startNext'],
          description: 'Files were dropped or chosen: they wait for their turn.',
        },
        'upload.dispatch': {
          actions: 'dispatch',
          description: 'Something is done to one upload.',
        },
        'uploads.dispatch': {
          actions: 'dispatchToAll',
          description: 'Something is done to all uploads; each reacts if it can.',
        },
        'upload.prioritize': {
          actions: 'prioritize',
          description: 'This upload goes next.',
        },
        'upload.reported': {
          actions: ['keepReport', 'startNext'],
          description: 'An upload reports its progress; when one ends, the next one starts.',
        },
        'uploads.clear': {
          actions: 'clearFinished',
          description: 'Finished uploads are no longer shown.',
        },
      },
    },
  },
})

/** Whether an upload has ended: its file is in the library, or it was cancelled. */
export const isFinished = ({ status }: Pick<UploadReport, 'status'>): boolean =>
  status === 'ready' || status === 'cancelled'

const sending: ReadonlySet<UploadStatus> = new Set(['uploading', 'waiting', 'processing'])

/** Whether an upload takes up one of the `maxSending` slots. */
export const isSending = ({ status }: Pick<UploadReport, 'status'>): boolean => sending.has(status)

function addUploads(
  { uploads, urgent }: UploadsContext,
  added: readonly UploadInput[],
  isUrgent: boolean,
): UploadsContext {
  const reports = added.map((input) => [input.id, describeUpload(initialUpload(input), 'queued')])
  return {
    uploads: { ...uploads, ...Object.fromEntries(reports) },
    urgent: isUrgent ? [...urgent, ...added.map(({ id }) => id)] : urgent,
  }
}

/** Finds the uploads to start: urgent ones first, then in the order they were added. */
function findNext({ uploads, urgent }: UploadsContext): string[] {
  const free = Math.max(0, maxSending - Object.values(uploads).filter(isSending).length)
  const isQueued = (id: string) => uploads[id]?.status === 'queued'
  const waiting = new Set([...urgent, ...Object.keys(uploads)].filter(isQueued))
  return [...waiting].slice(0, free)
}
