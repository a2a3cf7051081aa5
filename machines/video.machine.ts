import {
  assign,
  type DoneActorEvent,
  type ErrorActorEvent,
  fromPromise,
  sendParent,
  setup,
} from 'xstate'
import { applyOutcome } from './apply-outcome.ts'
import { computeBackoff } from './backoff.ts'
import { mustBeProvided } from './must-be-provided.ts'
import {
  adoptRow,
  deriveVideoStatus,
  describeVideo,
  filenameStatus,
  findSendableRequest,
  initialContext,
  maxAttempts,
  type Place,
  type RequestOutcome,
  reconcileOwnNames,
  resetAttempts,
  type SavedRow,
  startRequest,
  UndecidedError,
  type VideoContext,
  type VideoInput,
  type VideoReport,
  type VideoRequest,
  type VideoStatus,
  wantFilename,
  wantPlace,
} from './video.context.ts'

export type VideoEvent =
  | { type: 'video.retry' }
  | { type: 'video.remove' }
  | { type: 'video.restore' }
  | { type: 'video.move'; place: Place }
  | { type: 'video.edit'; saved: SavedRow }
  | { type: 'video.cancel' }
  | { type: 'video.rename'; filename: string }
  | { type: 'video.setFilename'; filename: string; saved: SavedRow }
  | { type: 'rename.retry' }
  | { type: 'rename.discard' }
  | { type: 'rename.keepMine' }
  | { type: 'rename.takeTheirs' }

/** The events that a video sends to the chapter that spawned it. */
export type VideoChildEvent =
  | { type: 'video.reported'; video: VideoReport }
  | { type: 'editor.reported'; id: string; isOpen: boolean }

/** The tags that a row checks on its video's state. */
export type VideoTag = VideoStatus | 'retrying' | 'editing' | 'conflict' | 'unsaved'

type RequestEvent = DoneActorEvent<RequestOutcome, 'request'> | ErrorActorEvent

/**
 * One linked video. The wanted and the confirmed state are data; `nextRequest` picks the request to
 * send, and the region `request` keeps sending until both agree. The regions `link` and `filename`
 * hold what the row shows and never affect each other: a name can be typed and saved while the link
 * is in flight, fails and is retried. `.provide()` supplies the effects; one that rejects has an
 * unknown outcome, which an `UndecidedError` explains.
 */
export const videoMachine = setup({
  types: {
    input: {} as VideoInput,
    context: {} as VideoContext,
    events: {} as VideoEvent | { type: 'video.release' } | RequestEvent,
    tags: {} as VideoTag,
  },
  actors: {
    connectionReady: fromPromise<void, { attempt: number }>(() =>
      mustBeProvided('connectionReady'),
    ),
    sendRequest: fromPromise<RequestOutcome, VideoRequest>(() => mustBeProvided('sendRequest')),
  },
  delays: {
    responseTimeout: 30_000,
    backoff: ({ context }) => computeBackoff(context.attempt),
  },
  guards: {
    isSent: ({ context }) => deriveVideoStatus(context) === 'linking',
    isLinked: ({ context }) => deriveVideoStatus(context) === 'linked',
    hasFailed: ({ context }) => deriveVideoStatus(context) === 'failed',
    isRemoved: ({ context }) => deriveVideoStatus(context) === 'removed',
    isWanted: ({ context }) => context.wanted.isPresent,
    isUnwanted: ({ context }) => !context.wanted.isPresent,
    isConflict: ({ context }) => filenameStatus(context) === 'conflict',
    isUnsaved: ({ context }) => filenameStatus(context) === 'unsaved',
    isSettled: ({ context }) => ['saved', 'pending'].includes(filenameStatus(context)),
    hasRequest: ({ context }) => findSendableRequest(context) !== null,
    isObsolete: ({ context: { request, wanted } }) =>
      !wanted.isPresent && (request?.kind === 'link' || request?.kind === 'change'),
    needsNoWait: ({ context }) => context.attempt === 0 || findSendableRequest(context) === null,
    isStaleTooOften: ({ context, event }) =>
      context.attempt >= maxAttempts && getOutcome(event)?.outcome === 'stale',
  },
  actions: {
    report: sendParent(({ context }) => ({
      type: 'video.reported',
      video: describeVideo(context),
    })),
    reportEditor: sendParent(({ context }, { isOpen }: { isOpen: boolean }) => ({
      type: 'editor.reported',
      id: context.id,
      isOpen,
    })),
    release: assign({ blockedBy: null }),
    restartAttempts: assign({ attempt: 0, failure: null, problem: null }),
    wantAbsent: assign(({ context }) => ({
      wanted: { ...context.wanted, isPresent: false },
      attempt: 0,
      failure: null,
      problem: null,
    })),
    wantPresent: assign(({ context }) => ({
      wanted: { ...context.wanted, isPresent: true },
      attempt: 0,
      failure: null,
      problem: null,
    })),
    assumeRemoved: assign(({ context }) => ({
      confirmed: { ...context.confirmed, status: 'removed' as const },
    })),
    wantPlace: assign(({ context, event }) =>
      event.type === 'video.move' ? wantPlace(context, event.place) : {},
    ),
    wantFilename: assign(({ context, event }) =>
      event.type === 'video.rename' || event.type === 'video.setFilename'
        ? wantFilename(context, event.filename)
        : {},
    ),
    wantSavedFilename: assign(({ context }) => ({
      wanted: { ...context.wanted, filename: context.confirmed.filename },
      ownNames: reconcileOwnNames(context, context.confirmed.filename),
      filenameProblem: null,
      ...resetAttempts(context),
    })),
    overwriteTheirs: assign(({ context }) => ({
      ownNames: [...context.ownNames, context.confirmed.filename],
      ...resetAttempts(context),
    })),
    retryFilename: assign(({ context }) => ({ filenameProblem: null, ...resetAttempts(context) })),
    adoptRow: assign(({ context, event }) =>
      event.type === 'video.edit' || event.type === 'video.setFilename'
        ? adoptRow(context, event.saved)
        : {},
    ),
    startRequest: assign(({ context }) => startRequest(context)),
    dropRequest: assign({ request: null }),
    keepFailure: assign(({ event }) => ({ failure: describeFailure(event) })),
    applyOutcome: assign(({ context, event }) => applyOutcome(context, getOutcome(event))),
  },
}).createMachine({
  id: 'video',
  description: 'One media asset’s place in one chapter, from the pick to the server and back.',
  context: ({ input }) => initialContext(input),
  type: 'parallel',
  on: {
    'video.move': {
      actions: ['wantPlace', 'report'],
      description: 'Moved: shown in its new place at once.',
    },
  },
  states: {
    link: {
      description: 'What the row shows of the link between the asset and the chapter.',
      initial: 'optimistic',
      on: {
        'video.remove': {
          guard: 'isWanted',
          target: '.removing',
          actions: ['wantAbsent', 'report'],
          description: 'Removed: gone from the page at once, but can be undone.',
        },
      },
      states: {
        optimistic: {
          description: 'Shown in the chapter; its request has not been sent yet.',
          meta: { mainPath: true },
          tags: ['optimistic'],
          always: [
            { guard: 'isSent', target: 'linking', description: 'The link is on its way.' },
            { guard: 'isLinked', target: 'linked', description: 'The server already has it.' },
            {
              guard: 'hasFailed',
              target: 'failed',
              description: 'It had failed on an earlier visit.',
            },
            {
              guard: 'isUnwanted',
              target: 'removing',
              description: 'It was removed on an earlier visit.',
            },
          ],
        },
        linking: {
          description: 'On its way to the server, for the first time or again.',
          meta: { mainPath: true },
          tags: ['linking'],
          always: [
            { guard: 'isLinked', target: 'linked', description: 'The server confirmed it.' },
            {
              guard: 'hasFailed',
              target: 'failed',
              description: 'Refused, or without a response for too long.',
            },
          ],
          on: {
            'video.retry': {
              actions: 'restartAttempts',
              description: 'Retries without waiting.',
            },
          },
        },
        linked: {
          description: 'The server has it.',
          meta: { mainPath: true },
          tags: ['linked'],
          always: {
            guard: 'hasFailed',
            target: 'failed',
            description: 'Someone else removed it, as the response to a change shows.',
          },
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['assumeRemoved', 'wantPresent', 'report'],
              description: 'Restores it after someone else removed it.',
            },
          },
        },
        failed: {
          description: 'Refused, or without a response for too long. Keeps its place and its name.',
          tags: ['failed'],
          always: [
            { guard: 'isLinked', target: 'linked', description: 'A slow retry succeeded.' },
            {
              guard: 'isSent',
              target: 'linking',
              description: 'A slow retry found that it has to be linked again.',
            },
          ],
          on: {
            'video.retry': {
              target: 'optimistic',
              actions: ['restartAttempts', 'report'],
              description: 'Sent again under the same id, so that no duplicate can result.',
            },
          },
        },
        removing: {
          description: 'Gone from the page; the removal is sent until the server confirms it.',
          tags: ['removing'],
          always: [
            {
              guard: 'isRemoved',
              target: 'removed',
              description: 'The server does not have it, and no longer accepts its link.',
            },
            {
              guard: 'hasFailed',
              target: 'failed',
              description: 'The server refused to remove it: the row comes back.',
            },
          ],
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['wantPresent', 'report'],
              description: 'Undone: it is back on the page, and the server follows.',
            },
          },
        },
        removed: {
          description: 'Removed here and on the server; can be undone.',
          tags: ['removed'],
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['wantPresent', 'report'],
              description: 'Undone: it comes back with its id, name and place.',
            },
          },
        },
      },
    },
    filename: {
      description: 'The name that the row shows, and the progress of a new one.',
      initial: 'viewing',
      on: {
        'video.setFilename': {
          actions: ['adoptRow', 'wantFilename', 'report'],
          description:
            'Renamed from outside its row, by a bulk rename or an undo; an open editor stays open.',
        },
      },
      states: {
        viewing: {
          description: 'No editor is open. A saved name may be on its way.',
          meta: { mainPath: true },
          always: [
            {
              guard: 'isConflict',
              target: 'conflict',
              description: 'Someone else has renamed it since the editor was opened.',
            },
            {
              guard: 'isUnsaved',
              target: 'unsaved',
              description: 'The new name was refused, or got no response for too long.',
            },
          ],
          on: {
            'video.edit': {
              target: 'editing',
              actions: ['adoptRow', 'report'],
              description: 'Opens the editor, whatever the link is doing.',
            },
          },
        },
        editing: {
          description: 'The editor is open. The text in it belongs to its form, not to this actor.',
          meta: { mainPath: true },
          tags: ['editing'],
          entry: { type: 'reportEditor', params: { isOpen: true } },
          exit: { type: 'reportEditor', params: { isOpen: false } },
          on: {
            'video.rename': {
              target: 'viewing',
              actions: ['wantFilename', 'report'],
              description: 'A new name was saved: shown at once, sent once the video is linked.',
            },
            'video.cancel': {
              target: 'viewing',
              description: 'Returns to the name that was saved last.',
            },
          },
        },
        conflict: {
          description: 'Renamed by someone else: the row offers both names.',
          tags: ['conflict'],
          always: {
            guard: 'isSettled',
            target: 'viewing',
            description: 'The server has the new name after all.',
          },
          on: {
            'rename.keepMine': {
              target: 'viewing',
              actions: ['overwriteTheirs', 'report'],
              description: 'Sends the new name to replace theirs.',
            },
            'rename.takeTheirs': {
              target: 'viewing',
              actions: ['wantSavedFilename', 'report'],
              description: 'Discards the new name.',
            },
            'video.edit': {
              target: 'editing',
              description: 'Edits the new name before the choice is made.',
            },
          },
        },
        unsaved: {
          description: 'The name could not be saved; its text is kept and shown.',
          tags: ['unsaved'],
          always: [
            { guard: 'isSettled', target: 'viewing', description: 'A slow retry succeeded.' },
            {
              guard: 'isConflict',
              target: 'conflict',
              description: 'A slow retry found that someone else has renamed it.',
            },
          ],
          on: {
            'video.setFilename': {
              target: 'viewing',
              actions: ['adoptRow', 'wantFilename', 'report'],
              description: 'Another name from outside its row is sent instead.',
            },
            'rename.retry': {
              target: 'viewing',
              actions: ['retryFilename', 'report'],
              description: 'Sends it again.',
            },
            'rename.discard': {
              target: 'viewing',
              actions: ['wantSavedFilename', 'report'],
              description: 'Discards the new name.',
            },
            'video.edit': { target: 'editing', description: 'Edits it first.' },
          },
        },
      },
    },
    request: {
      description: 'Sends what brings the server closer to what is wanted, one request at a time.',
      initial: 'idle',
      on: {
        'video.release': {
          actions: ['release', 'report'],
          description:
            'The earlier removal of the same asset, or its file, has arrived: this video can be linked.',
        },
      },
      states: {
        idle: {
          description: 'Nothing to send, or a person has to decide first.',
          meta: { mainPath: true },
          always: {
            guard: 'hasRequest',
            target: 'sending',
            description: 'The server differs from what is wanted.',
          },
        },
        sending: {
          description: 'A request is in flight. A removal or its undo is never aborted.',
          meta: { mainPath: true },
          entry: ['startRequest', 'report'],
          always: {
            guard: 'isObsolete',
            target: 'idle',
            actions: 'dropRequest',
            description:
              'Removed while in flight: the request is aborted, and the removal follows it.',
          },
          invoke: {
            id: 'request',
            src: 'sendRequest',
            input: ({ context }) => getRequestInFlight(context),
            onDone: [
              {
                guard: 'isStaleTooOften',
                target: 'backingOff',
                actions: ['applyOutcome', 'report'],
                description: 'Someone else keeps being faster: do not race them.',
              },
              {
                target: 'idle',
                actions: ['applyOutcome', 'report'],
                description: 'Settled: confirmed, refused, or overtaken by someone else’s change.',
              },
            ],
            onError: {
              target: 'backingOff',
              actions: ['dropRequest', 'keepFailure', 'report'],
              description: 'It is unknown whether it arrived.',
            },
          },
          after: {
            responseTimeout: {
              target: 'backingOff',
              actions: ['dropRequest', 'keepFailure', 'report'],
              description: 'No response in time: the request is aborted.',
            },
          },
        },
        backingOff: {
          description: 'Waits a little longer each time before the request is sent again.',
          tags: ['retrying'],
          always: {
            guard: 'needsNoWait',
            target: 'idle',
            description: 'A retry or another change was requested, or nothing is left to send.',
          },
          after: {
            backoff: { target: 'waiting', description: 'It is time to retry.' },
          },
        },
        waiting: {
          description:
            'Waits for a connection: until the browser is online, another request succeeds, or a while has passed.',
          tags: ['retrying'],
          invoke: {
            id: 'connection',
            src: 'connectionReady',
            input: ({ context }) => ({ attempt: context.attempt }),
            onDone: { target: 'idle', description: 'A retry may succeed.' },
            onError: {
              target: 'idle',
              description: 'The state of the connection is unknown: it is retried anyway.',
            },
          },
          always: {
            guard: 'needsNoWait',
            target: 'idle',
            description: 'A retry or another change was requested, or nothing is left to send.',
          },
        },
      },
    },
  },
})

function getRequestInFlight({ request }: VideoContext): VideoRequest {
  if (!request) throw new Error('No request was started')
  return request
}

type AnyVideoEvent = VideoEvent | { type: 'video.release' } | RequestEvent

function getOutcome(event: AnyVideoEvent) {
  return 'output' in event ? event.output : null
}

/** Explains a response that left the outcome unknown, in a sentence; `null` for no response. */
function describeFailure(event: AnyVideoEvent): string | null {
  return 'error' in event && event.error instanceof UndecidedError ? event.error.message : null
}
