import { assertEvent, assign, fromCallback, fromPromise, sendParent, setup } from 'xstate'
import type { Problem } from '#contract/problem.ts'
import { computeBackoff } from './backoff.ts'
import { mustBeProvided } from './must-be-provided.ts'

/** A file to upload to the library. */
export interface UploadInput {
  /** The id of the upload, and of the media asset that it becomes. */
  id: string
  filename: string
  sizeBytes: number
  /** Why the file should not be sent, such as a size that the server refuses. */
  problem?: Problem
  /** The upload was started on an earlier visit to the page. */
  isBegun?: boolean
}

export type UploadEvent =
  | { type: 'upload.start' }
  | { type: 'upload.pause' }
  | { type: 'upload.resume' }
  | { type: 'upload.cancel' }
  | { type: 'upload.retry' }
  | { type: 'upload.attach' }

/**
 * Events from the `sendFile` effect; `at` is in ms, of any monotonic clock. `failure` says why it
 * was interrupted, if not for lack of a response.
 */
export type FileEvent =
  | { type: 'file.progressed'; sentBytes: number; at: number }
  | { type: 'file.received' }
  | { type: 'file.interrupted'; failure: string | null }
  | { type: 'file.refused'; problem: Problem }
  | { type: 'file.missing' }

export type UploadStatus =
  | 'queued'
  | 'uploading'
  | 'waiting'
  | 'processing'
  | 'paused'
  | 'missing'
  | 'ready'
  | 'failed'
  | 'cancelled'

/** What an upload reports to its queue. */
export interface UploadReport
  extends Pick<UploadContext, 'id' | 'filename' | 'sizeBytes' | 'sentBytes' | 'bytesPerSecond'> {
  status: UploadStatus
  problem: Problem | null
  failure: string | null
}

export type UploadChildEvent = { type: 'upload.reported'; upload: UploadReport }

export interface UploadContext {
  id: string
  filename: string
  sizeBytes: number
  /** The server may have part of the file, so it is asked how much. */
  isBegun: boolean
  sentBytes: number
  /** How many bytes the server had when the latest attempt began to send. */
  storedBytes: number
  /** The average speed over the last few seconds; `null` until it is known. */
  bytesPerSecond: number | null
  /** When `sentBytes` was measured, in ms; `null` while nothing is being sent. */
  measuredAt: number | null
  /** The number of attempts since the server last had more of the file than before. */
  attempt: number
  /** Why the last attempt was interrupted, as a sentence; `null` if there was no response. */
  failure: string | null
  problem: Problem | null
}

const unmeasured = { bytesPerSecond: null, measuredAt: null }

/**
 * Uploads one file to the library. The effects hold its bytes and ask the server how many it has,
 * so an interrupted upload resumes from there. `.provide()` supplies them: `sendFile` sends the
 * file from the server's offset and reports with `file.…` events; `connectionReady` resolves when
 * another attempt is worthwhile; `cancelUpload` deletes what the server has received.
 */
export const uploadMachine = setup({
  types: {
    input: {} as UploadInput,
    context: {} as UploadContext,
    events: {} as UploadEvent | FileEvent,
    tags: {} as UploadStatus,
  },
  actors: {
    sendFile: fromCallback<UploadEvent, SendFileInput>(() => mustBeProvided('sendFile')),
    connectionReady: fromPromise<void, { attempt: number }>(() =>
      mustBeProvided('connectionReady'),
    ),
    cancelUpload: fromPromise<void, { id: string }>(() => mustBeProvided('cancelUpload')),
  },
  delays: {
    backoff: ({ context }) => computeBackoff(context.attempt),
  },
  guards: {
    isRefused: ({ context }) => context.problem !== null,
    isWhole: ({ context }) => context.sentBytes >= context.sizeBytes,
  },
  actions: {
    report: sendParent(({ context }, { status }: { status: UploadStatus }) => ({
      type: 'upload.reported',
      upload: describeUpload(context, status),
    })),
    begin: assign({ isBegun: true }),
    measure: assign(({ context, event }) => {
      assertEvent(event, 'file.progressed')
      return measure(context, event)
    }),
    countAttempt: assign(({ context }) => ({
      attempt: context.attempt + 1,
      ...unmeasured,
    })),
    keepFailure: assign(({ event }) => ({
      failure: event.type === 'file.interrupted' ? event.failure : null,
    })),
    stopMeasuring: assign(unmeasured),
    keepProblem: assign(({ event }) => {
      assertEvent(event, 'file.refused')
      return { problem: event.problem, ...unmeasured }
    }),
    restart: assign({ problem: null, attempt: 0, ...unmeasured }),
    startOver: assign({
      problem: null,
      attempt: 0,
      isBegun: false,
      sentBytes: 0,
      storedBytes: 0,
      ...unmeasured,
    }),
  },
}).createMachine({
  id: 'upload',
  description: 'One file, from drop to library.',
  context: ({ input }) => initialUpload(input),
  initial: 'queued',
  on: {
    'upload.cancel': {
      target: '.cancelling',
      description: 'Cancelled: the server removes what it has.',
    },
  },
  states: {
    queued: {
      description: 'Waits for its turn.',
      meta: { mainPath: true },
      tags: ['queued'],
      always: {
        guard: 'isRefused',
        target: 'failed',
        description: 'There is no point in sending it, for example because it is too large.',
      },
      on: {
        'upload.start': { target: 'sending', description: 'Its turn has come.' },
        'upload.pause': { target: 'paused', description: 'Paused: the next file goes first.' },
      },
    },
    sending: {
      description: 'On its way to the server, starting from what that already has.',
      meta: { mainPath: true },
      exit: 'begin',
      initial: 'uploading',
      invoke: {
        id: 'sendFile',
        src: 'sendFile',
        input: ({ context }) => ({
          id: context.id,
          filename: context.filename,
          sizeBytes: context.sizeBytes,
          mayBeKnown: context.isBegun,
        }),
        onError: {
          target: 'waiting',
          description: 'Sending failed on this page; it is retried.',
        },
      },
      on: {
        'upload.pause': {
          target: 'paused',
          description: 'Paused: the server keeps what it has.',
        },
        'file.interrupted': {
          target: 'waiting',
          description: 'The connection was cut, or the server does not respond.',
        },
        'file.refused': {
          target: 'failed',
          actions: 'keepProblem',
          description: 'The server refuses it, for example because it is not a video.',
        },
        'file.missing': {
          target: 'missing',
          description: 'The page was reloaded, and the browser no longer gives access to the file.',
        },
        'file.received': {
          target: 'ready',
          description: 'The server has the whole file and knows what it contains.',
        },
      },
      states: {
        uploading: {
          description: 'Bytes are being sent.',
          tags: ['uploading'],
          entry: { type: 'report', params: { status: 'uploading' } },
          on: {
            'file.progressed': {
              actions: ['measure', { type: 'report', params: { status: 'uploading' } }],
              description: 'More of it was sent.',
            },
          },
          always: {
            guard: 'isWhole',
            target: 'processing',
            description: 'The last byte was sent.',
          },
        },
        processing: {
          description: 'The server reads what the file contains.',
          tags: ['processing'],
          entry: { type: 'report', params: { status: 'processing' } },
        },
      },
    },
    ready: {
      description: 'In the library: it can be linked.',
      meta: { mainPath: true },
      tags: ['ready'],
      entry: { type: 'report', params: { status: 'ready' } },
      on: {
        'upload.cancel': { description: 'Too late: it can only be removed from the library.' },
      },
    },
    waiting: {
      description: 'Waits a little longer each time, then for a connection.',
      tags: ['waiting'],
      entry: ['countAttempt', 'keepFailure', { type: 'report', params: { status: 'waiting' } }],
      initial: 'backingOff',
      on: {
        'upload.pause': { target: 'paused', description: 'Paused.' },
        'upload.retry': { target: 'sending', description: 'Retries without waiting.' },
      },
      states: {
        backingOff: {
          description: 'Waits before it is retried.',
          after: {
            backoff: { target: 'reconnecting', description: 'It is time to retry.' },
          },
        },
        reconnecting: {
          description: 'Waits for a connection.',
          invoke: {
            id: 'connection',
            src: 'connectionReady',
            input: ({ context }) => ({ attempt: context.attempt }),
            onDone: { target: '#upload.sending', description: 'A retry may succeed.' },
            onError: {
              target: '#upload.sending',
              description: 'The state of the connection is unknown: it is retried anyway.',
            },
          },
        },
      },
    },
    paused: {
      description: 'Paused by a person; the server keeps what it has.',
      tags: ['paused'],
      entry: ['stopMeasuring', { type: 'report', params: { status: 'paused' } }],
      on: {
        'upload.resume': {
          target: 'queued',
          actions: ['restart', { type: 'report', params: { status: 'queued' } }],
          description: 'Continues when its turn comes.',
        },
      },
    },
    missing: {
      description: 'A person has to choose the file again.',
      tags: ['missing'],
      entry: ['stopMeasuring', { type: 'report', params: { status: 'missing' } }],
      on: {
        'upload.attach': {
          target: 'queued',
          actions: ['restart', { type: 'report', params: { status: 'queued' } }],
          description: 'The file was chosen: the upload continues from where it was.',
        },
      },
    },
    failed: {
      description: 'Refused, with a reason.',
      tags: ['failed'],
      entry: { type: 'report', params: { status: 'failed' } },
      on: {
        'upload.retry': {
          target: 'queued',
          actions: ['restart', { type: 'report', params: { status: 'queued' } }],
          description: 'Retries, starting from what the server already has.',
        },
      },
    },
    cancelling: {
      description: 'Being cancelled: the server is notified.',
      tags: ['cancelled'],
      entry: ['startOver', { type: 'report', params: { status: 'cancelled' } }],
      on: {
        'upload.cancel': { description: 'It is already being cancelled.' },
      },
      invoke: {
        id: 'cancelUpload',
        src: 'cancelUpload',
        input: ({ context }) => ({ id: context.id }),
        onDone: { target: 'cancelled', description: 'The server has removed what it had.' },
        onError: {
          target: 'cancelled',
          description: 'The server removes it on its own after some days.',
        },
      },
    },
    cancelled: {
      description: 'Only its name is left.',
      tags: ['cancelled'],
      on: {
        'upload.cancel': { description: 'It is already cancelled.' },
        'upload.retry': {
          target: 'queued',
          actions: { type: 'report', params: { status: 'queued' } },
          description: 'Wanted after all: the upload starts over.',
        },
      },
    },
  },
})

export type SendFileInput = Pick<UploadInput, 'id' | 'filename' | 'sizeBytes'> & {
  /** The server may have part or all of the file. */
  mayBeKnown: boolean
}

/** The context that an upload's actor starts with. */
export const initialUpload = (input: UploadInput): UploadContext => ({
  id: input.id,
  filename: input.filename,
  sizeBytes: input.sizeBytes,
  isBegun: input.isBegun ?? false,
  sentBytes: 0,
  storedBytes: 0,
  bytesPerSecond: null,
  measuredAt: null,
  attempt: 0,
  failure: null,
  problem: input.problem ?? null,
})

/** Creates an upload's report to its queue. */
export function describeUpload(context: UploadContext, status: UploadStatus): UploadReport {
  const { id, filename, sizeBytes, sentBytes, bytesPerSecond, problem, failure } = context
  return { id, filename, sizeBytes, sentBytes, bytesPerSecond, status, problem, failure }
}

/** The weight of a measurement against earlier ones, per second that it covers. */
const weightPerSecond = 0.3

/**
 * Records progress. The speed is an exponential moving average over time. An attempt's first report
 * only gives the server's offset: it can't be turned into a speed, but it alone tells whether the
 * attempts before it have got anywhere, since sent bytes may never arrive.
 */
function measure(
  context: UploadContext,
  { sentBytes, at }: { sentBytes: number; at: number },
): Partial<UploadContext> {
  const { measuredAt, bytesPerSecond, storedBytes } = context
  const progress = { sentBytes, measuredAt: at }
  if (measuredAt === null) {
    return { ...progress, storedBytes: sentBytes, ...(sentBytes > storedBytes && { attempt: 0 }) }
  }
  if (at <= measuredAt) return progress
  const seconds = (at - measuredAt) / 1_000
  const speed = Math.max(0, sentBytes - context.sentBytes) / seconds
  if (bytesPerSecond === null) return { ...progress, bytesPerSecond: speed }
  const weight = 1 - (1 - weightPerSecond) ** seconds
  return { ...progress, bytesPerSecond: bytesPerSecond + weight * (speed - bytesPerSecond) }
}
