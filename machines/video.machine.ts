import {
  assign,
  type DoneActorEvent,
  type ErrorActorEvent,
  enqueueActions,
  fromPromise,
  setup,
  stateIn,
} from 'xstate'
import type { Problem } from '#contract/problem.ts'
import type { Link, Video } from '#contract/videos.ts'

/** What the page shows of a link; a removed video is shown nowhere. */
export type LinkStatus = 'optimistic' | 'linking' | 'linked' | 'failed'

/** A name as the server had it, and the version of the video that it belongs to (0: not on the server yet). */
export interface VersionedFilename {
  filename: string
  version: number
}

/** The server took the change; `confirmedAt` is the page's logical time of its answer. */
export interface Confirmation extends VersionedFilename {
  outcome: 'confirmed'
  confirmedAt: number
}

/** The server said no, for good: the same request would be refused again. */
export interface Refusal {
  outcome: 'refused'
  problem: Problem
}

/**
 * What an effect can learn. An unknown outcome (a cut connection, an answer that is missing, a 5xx)
 * is no outcome: the effect rejects.
 */
export type LinkOutcome = Confirmation | Refusal
export type SaveOutcome =
  | Confirmation
  | Refusal
  | { outcome: 'conflict'; theirs: VersionedFilename }
export type RemovalOutcome = { outcome: 'removed' } | Refusal
export type RestoreOutcome = Confirmation | Refusal | { outcome: 'unlinked' }

/** What a video's actor starts from: a placed pick (`version` 0), or a row that the server has. */
export interface VideoInput extends Video {
  /** Its link was sent when it was placed, ahead of its actor. */
  linkSent?: boolean
}

/**
 * A link as it is asked for: the same content every time it is tried, so that the id stays its proof,
 * and which try it is, from 1.
 */
export type LinkRequest = Link & { chapterId: string; attempt: number }

/** Which video to remove or to restore, and whose list it stands in. */
export type VideoAddress = Pick<Video, 'id' | 'chapterId'>

/**
 * A name to save. `base` is the name and version it replaces; `unconfirmed` are names of ours that
 * may have arrived, so that the server's having one of them is no conflict.
 */
export interface SaveRequest extends VideoAddress {
  filename: string
  base: VersionedFilename
  unconfirmed: string[]
}

export interface VideoContext extends VideoInput {
  /** The page's logical time when the server last confirmed this video to this actor; 0 for never. */
  confirmedAt: number
  /** How often the request under way has been sent. */
  attempt: number
  /** A try to link it may have arrived, so that its removal has to be told to the server. */
  linkSent: boolean
  /** A removal, this page's or another's, may have arrived, so that its undo has to be told to the server. */
  removalSent: boolean
  problem: Problem | null
  base: VersionedFilename
  pendingFilename: string | null
  unconfirmed: string[]
  theirs: VersionedFilename | null
  renameProblem: Problem | null
}

/** What may be asked of a video. */
export type VideoEvent =
  | { type: 'video.retry' }
  | { type: 'video.remove' }
  | { type: 'video.restore' }
  | { type: 'video.forget' }
  | { type: 'video.edit'; base: VersionedFilename }
  | { type: 'video.cancel' }
  | { type: 'video.rename'; filename: string }
  | { type: 'rename.retry' }
  | { type: 'rename.discard' }
  | { type: 'rename.keepMine' }
  | { type: 'rename.takeTheirs' }

/** Where a video's link stands, as its chapter counts it: `pending` is not settled yet. */
export type RunStatus = 'pending' | 'linked' | 'failed' | 'removed'

/** What a video tells the chapter that spawned it; that it starts as `pending` goes without saying. */
export type VideoReport =
  | { type: 'video.reported'; id: string; status: RunStatus }
  | { type: 'name.reported'; id: string; isUnsaved: boolean }
  | { type: 'video.gone'; id: string }

/** What a row asks of its video's state. */
export type VideoTag =
  | LinkStatus
  | 'hidden'
  | 'undoable'
  | 'retrying'
  | 'restoring'
  | 'editing'
  | 'waiting'
  | 'saving'
  | 'conflict'
  | 'unsaved'

type VideoAnswer =
  | DoneActorEvent<LinkOutcome, 'linkVideo'>
  | DoneActorEvent<SaveOutcome, 'saveFilename'>
  | DoneActorEvent<RemovalOutcome, 'removeVideo'>
  | DoneActorEvent<RestoreOutcome, 'restoreVideo'>
  | ErrorActorEvent

/** How often a request with an unknown outcome is sent before the video counts as failed. */
export const mostAttempts = 5

/**
 * One linked video: its link to the server and its name, side by side. Neither region disturbs the
 * other, so that a name can be typed, saved and kept while the link is under way, fails and is
 * tried again. Effects come by `.provide()`; an effect that rejects has an unknown outcome.
 */
export const videoMachine = setup({
  types: {
    input: {} as VideoInput,
    context: {} as VideoContext,
    events: {} as VideoEvent | VideoAnswer,
    tags: {} as VideoTag,
  },
  actors: {
    connectionReady: fromPromise<void>(() => mustBeProvided('connectionReady')),
    linkVideo: fromPromise<LinkOutcome, LinkRequest>(() => mustBeProvided('linkVideo')),
    saveFilename: fromPromise<SaveOutcome, SaveRequest>(() => mustBeProvided('saveFilename')),
    removeVideo: fromPromise<RemovalOutcome, VideoAddress>(() => mustBeProvided('removeVideo')),
    restoreVideo: fromPromise<RestoreOutcome, VideoAddress>(() => mustBeProvided('restoreVideo')),
  },
  delays: {
    answerTimeout: 30_000,
    backoff: ({ context }) => backoffAfter(context.attempt),
    undoWindow: 15_000,
  },
  guards: {
    isOnServer: ({ context }) => context.version > 0,
    linkWasSent: ({ context }) => context.linkSent,
    canTryAgain: ({ context }) => context.attempt < mostAttempts,
    removalWasSent: ({ context }) => context.removalSent,
    removalIsUndone: stateIn({ link: { removing: { deleting: 'undone' } } }),
    restorationIsUnwanted: stateIn({ link: { restoring: { asking: 'unwanted' } } }),
    isLinked: stateIn({ link: 'linked' }),
    hasPendingFilename: ({ context }) => context.pendingFilename !== null,
    wasConfirmed: ({ event }) => outcomeOf(event) === 'confirmed',
    wasConflict: ({ event }) => outcomeOf(event) === 'conflict',
    wasRemoved: ({ event }) => outcomeOf(event) === 'removed',
    wasRemovedElsewhere: ({ event }) => problemIn(event)?.status === 410,
    wasNeverLinked: ({ event }) => outcomeOf(event) === 'unlinked',
  },
  actions: {
    report: enqueueActions(({ context, enqueue, self }, { status }: { status: RunStatus }) => {
      if (self._parent) enqueue.sendParent({ type: 'video.reported', id: context.id, status })
    }),
    reportName: enqueueActions(
      ({ context, enqueue, self }, { isUnsaved }: { isUnsaved: boolean }) => {
        if (self._parent) enqueue.sendParent({ type: 'name.reported', id: context.id, isUnsaved })
      },
    ),
    reportGone: enqueueActions(({ context, enqueue, self }) => {
      if (self._parent) enqueue.sendParent({ type: 'video.gone', id: context.id })
    }),
    countAttempt: assign({ attempt: ({ context }) => context.attempt + 1 }),
    startAnew: assign({ attempt: 0, problem: null }),
    keepProblem: assign({ problem: ({ event }) => problemIn(event) }),
    keepConfirmation: assign(({ context, event }) => confirmedBy(event, context)),
    markLinkSent: assign({ linkSent: true }),
    markRemovalSent: assign({ removalSent: true }),
    clearRemoval: assign({ removalSent: false, attempt: 0, problem: null }),
    rememberBase: assign(({ event }) => (event.type === 'video.edit' ? { base: event.base } : {})),
    queueFilename: assign(({ event }) =>
      event.type === 'video.rename'
        ? { pendingFilename: event.filename, theirs: null, renameProblem: null }
        : {},
    ),
    markFilenameSent: assign({
      unconfirmed: ({ context: { pendingFilename, unconfirmed } }) =>
        pendingFilename === null ? unconfirmed : [...new Set([...unconfirmed, pendingFilename])],
    }),
    dropPendingFilename: assign({
      pendingFilename: null,
      unconfirmed: [],
      theirs: null,
      renameProblem: null,
    }),
    keepTheirs: assign(({ event }) => {
      const theirs = theirsIn(event)
      return theirs ? { ...theirs, theirs } : {}
    }),
    takeTheirsAsBase: assign(({ context }) => ({
      base: context.theirs ?? context.base,
      theirs: null,
    })),
    keepRenameProblem: assign({ renameProblem: ({ event }) => problemIn(event) }),
    clearRenameProblem: assign({ renameProblem: null }),
  },
}).createMachine({
  id: 'video',
  description: 'One media asset’s place in one chapter, from the pick to the server and back.',
  context: ({ input }) => ({
    ...input,
    confirmedAt: 0,
    attempt: 0,
    linkSent: input.linkSent ?? input.version > 0,
    removalSent: false,
    problem: null,
    base: { filename: input.filename, version: input.version },
    pendingFilename: null,
    unconfirmed: [],
    theirs: null,
    renameProblem: null,
  }),
  type: 'parallel',
  states: {
    link: {
      description: 'Where the link between the asset and the chapter stands.',
      initial: 'starting',
      states: {
        starting: {
          description: 'Decides at once whether the server has this video already.',
          always: [
            {
              guard: 'isOnServer',
              target: 'linked',
              description: 'A row of the server’s that is acted on for the first time.',
            },
            {
              guard: 'linkWasSent',
              target: 'linking',
              description: 'A pick whose link was sent when it was placed: wait for its answer.',
            },
            { target: 'optimistic', description: 'A pick that has not been sent yet.' },
          ],
        },
        optimistic: {
          description: 'Shown in the chapter, not sent yet: waits for a connection.',
          tags: ['optimistic'],
          invoke: {
            id: 'linkConnection',
            src: 'connectionReady',
            onDone: { target: 'linking', description: 'There is a connection: send the link.' },
            onError: {
              target: 'failed',
              actions: 'keepProblem',
              description: 'The wait itself broke.',
            },
          },
          on: {
            'video.remove': [
              {
                guard: 'linkWasSent',
                target: 'removing',
                description: 'An earlier try may have arrived: the server must hear of it.',
              },
              {
                target: 'removed',
                description: 'Nothing was sent, so there is nothing to take back.',
              },
            ],
          },
        },
        linking: {
          description: 'The link is on its way to the server.',
          tags: ['linking'],
          initial: 'sending',
          on: {
            'video.remove': {
              target: 'removing',
              description: 'Removed in flight: the removal wins, whichever arrives first.',
            },
          },
          states: {
            sending: {
              description: 'Waits for this video’s line in the batch’s answer.',
              entry: ['countAttempt', 'markLinkSent'],
              invoke: {
                id: 'linkVideo',
                src: 'linkVideo',
                input: ({ context }) => ({
                  id: context.id,
                  chapterId: context.chapterId,
                  mediaId: context.mediaId,
                  filename: context.filename,
                  position: context.position,
                  attempt: context.attempt,
                }),
                onDone: [
                  {
                    guard: 'wasConfirmed',
                    target: '#video.link.linked',
                    actions: 'keepConfirmation',
                    description: 'The server linked it, now or in an earlier try.',
                  },
                  {
                    guard: 'wasRemovedElsewhere',
                    target: '#video.link.failed',
                    actions: ['markRemovalSent', 'keepProblem'],
                    description:
                      'An earlier try arrived, and somebody else has removed it since: a retry brings it back.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description: 'The server refused it; its siblings go on.',
                  },
                ],
                onError: [
                  {
                    guard: 'canTryAgain',
                    target: 'backingOff',
                    description: 'Nobody knows whether it arrived: the same id is sent again.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description: 'No answer after the last try.',
                  },
                ],
              },
              after: {
                answerTimeout: [
                  {
                    guard: 'canTryAgain',
                    target: 'backingOff',
                    description: 'No answer in time: the request is aborted and sent again.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description: 'No answer in time at the last try.',
                  },
                ],
              },
            },
            backingOff: {
              description: 'Waits a little longer each time before the link is sent again.',
              tags: ['retrying'],
              after: {
                backoff: {
                  target: '#video.link.optimistic',
                  description: 'Tries again as soon as there is a connection.',
                },
              },
              on: {
                'video.retry': {
                  target: '#video.link.optimistic',
                  description: 'Tries again without waiting.',
                },
              },
            },
          },
        },
        linked: {
          description: 'The server has it.',
          tags: ['linked'],
          entry: ['startAnew', { type: 'report', params: { status: 'linked' } }],
          on: {
            'video.remove': { target: 'removing', description: 'Removed, with a way back.' },
            'video.restore': {
              target: 'restoring',
              actions: 'markRemovalSent',
              description: 'It was removed elsewhere: bring it back.',
            },
          },
        },
        failed: {
          description: 'Refused, or without an answer for too long. Keeps its place and its name.',
          tags: ['failed'],
          entry: { type: 'report', params: { status: 'failed' } },
          on: {
            'video.retry': [
              {
                guard: 'removalWasSent',
                target: 'restoring',
                description: 'It is the way back from a removal that failed.',
              },
              {
                target: 'optimistic',
                actions: ['startAnew', { type: 'report', params: { status: 'pending' } }],
                description: 'The same id and content again, so that no duplicate can come of it.',
              },
            ],
            'video.remove': {
              target: 'removing',
              description: 'A try may have arrived after all: the server must hear of it.',
            },
          },
        },
        removing: {
          description: 'Gone from the page; the server is told, for as long as it takes.',
          tags: ['undoable'],
          entry: ['startAnew', { type: 'report', params: { status: 'removed' } }],
          initial: 'waiting',
          states: {
            waiting: {
              description: 'Waits for a connection.',
              tags: ['hidden'],
              invoke: {
                id: 'removalConnection',
                src: 'connectionReady',
                onDone: { target: 'deleting', description: 'There is a connection.' },
                onError: { target: 'backingOff', description: 'The wait itself broke.' },
              },
              on: {
                'video.restore': [
                  {
                    guard: 'removalWasSent',
                    target: '#video.link.restoring',
                    description: 'An earlier try may have arrived: undo it on the server.',
                  },
                  {
                    guard: 'isOnServer',
                    target: '#video.link.linked',
                    description: 'Nothing was sent: the server still has it.',
                  },
                  {
                    target: '#video.link.optimistic',
                    actions: ['startAnew', { type: 'report', params: { status: 'pending' } }],
                    description: 'Nothing was sent: the link goes on, with tries of its own.',
                  },
                ],
              },
            },
            deleting: {
              description:
                'The removal is on its way. It is never aborted, so that an undo comes after it.',
              entry: 'markRemovalSent',
              initial: 'wanted',
              invoke: {
                id: 'removeVideo',
                src: 'removeVideo',
                input: ({ context: { id, chapterId } }) => ({ id, chapterId }),
                onDone: [
                  {
                    guard: 'removalIsUndone',
                    target: '#video.link.restoring',
                    description: 'Undone meanwhile.',
                  },
                  {
                    guard: 'wasRemoved',
                    target: '#video.link.removed',
                    description: 'The server has forgotten it, or will not take its link any more.',
                  },
                  {
                    target: '#video.link.restoring',
                    description: 'The server refused to remove it: bring the row back.',
                  },
                ],
                onError: [
                  {
                    guard: 'removalIsUndone',
                    target: '#video.link.restoring',
                    description: 'Undone meanwhile, and it may have arrived.',
                  },
                  { target: 'backingOff', description: 'Nobody knows whether it arrived: again.' },
                ],
              },
              after: {
                answerTimeout: [
                  {
                    guard: 'removalIsUndone',
                    target: '#video.link.restoring',
                    description: 'Undone meanwhile, and no answer in time.',
                  },
                  { target: 'backingOff', description: 'No answer in time: again.' },
                ],
              },
              states: {
                wanted: {
                  description: 'Still to be removed.',
                  tags: ['hidden'],
                  on: {
                    'video.restore': {
                      target: 'undone',
                      description: 'Shown again at once; the server follows.',
                    },
                  },
                },
                undone: {
                  description: 'To be restored as soon as the removal is answered.',
                  tags: ['linking', 'restoring'],
                  entry: { type: 'report', params: { status: 'pending' } },
                  on: {
                    'video.remove': {
                      target: 'wanted',
                      actions: { type: 'report', params: { status: 'removed' } },
                      description: 'Removed after all.',
                    },
                  },
                },
              },
            },
            backingOff: {
              description: 'Waits a little longer each time before the removal is sent again.',
              tags: ['hidden'],
              entry: 'countAttempt',
              after: {
                backoff: { target: 'waiting', description: 'Tries again.' },
              },
              on: {
                'video.restore': {
                  target: '#video.link.restoring',
                  description: 'An earlier try may have arrived: undo it on the server.',
                },
              },
            },
          },
        },
        removed: {
          description: 'Removed here and on the server; can be undone for a while.',
          tags: ['hidden', 'undoable'],
          entry: { type: 'report', params: { status: 'removed' } },
          after: {
            undoWindow: { target: 'gone', description: 'Too late to undo.' },
          },
          on: {
            'video.restore': [
              {
                guard: 'removalWasSent',
                target: 'restoring',
                description: 'Undone: it comes back with its id, name and place.',
              },
              {
                target: 'optimistic',
                actions: { type: 'report', params: { status: 'pending' } },
                description: 'Undone before anything was sent.',
              },
            ],
            'video.forget': { target: 'gone', description: 'The notice was put away.' },
          },
        },
        restoring: {
          description: 'Shown again; the server is asked to undo the removal.',
          entry: ['startAnew', { type: 'report', params: { status: 'pending' } }],
          initial: 'waiting',
          states: {
            waiting: {
              description: 'Waits for a connection.',
              tags: ['linking', 'restoring'],
              on: {
                'video.remove': {
                  target: '#video.link.removing',
                  description: 'Removed after all.',
                },
              },
              invoke: {
                id: 'restorationConnection',
                src: 'connectionReady',
                onDone: { target: 'asking', description: 'There is a connection.' },
                onError: {
                  target: '#video.link.failed',
                  actions: 'keepProblem',
                  description: 'The wait itself broke.',
                },
              },
            },
            asking: {
              description:
                'The undo is on its way. It is never aborted, so that a removal comes after it.',
              entry: 'countAttempt',
              initial: 'wanted',
              invoke: {
                id: 'restoreVideo',
                src: 'restoreVideo',
                input: ({ context: { id, chapterId } }) => ({ id, chapterId }),
                onDone: [
                  {
                    guard: 'restorationIsUnwanted',
                    target: '#video.link.removing',
                    description: 'Removed after all meanwhile.',
                  },
                  {
                    guard: 'wasConfirmed',
                    target: '#video.link.linked',
                    actions: ['clearRemoval', 'keepConfirmation'],
                    description: 'It is back.',
                  },
                  {
                    guard: 'wasNeverLinked',
                    target: '#video.link.optimistic',
                    actions: 'clearRemoval',
                    description: 'It had been removed before its link arrived: link it now.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description:
                      'It can’t come back, such as when the asset was linked anew meanwhile.',
                  },
                ],
                onError: [
                  {
                    guard: 'restorationIsUnwanted',
                    target: '#video.link.removing',
                    description: 'Removed after all meanwhile, and the undo may have arrived.',
                  },
                  {
                    guard: 'canTryAgain',
                    target: 'backingOff',
                    description: 'Nobody knows whether it arrived: again.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description: 'No answer after the last try.',
                  },
                ],
              },
              after: {
                answerTimeout: [
                  {
                    guard: 'restorationIsUnwanted',
                    target: '#video.link.removing',
                    description: 'Removed after all meanwhile, and no answer in time.',
                  },
                  {
                    guard: 'canTryAgain',
                    target: 'backingOff',
                    description: 'No answer in time: again.',
                  },
                  {
                    target: '#video.link.failed',
                    actions: 'keepProblem',
                    description: 'No answer in time at the last try.',
                  },
                ],
              },
              states: {
                wanted: {
                  description: 'Still to be brought back.',
                  tags: ['linking', 'restoring'],
                  on: {
                    'video.remove': {
                      target: 'unwanted',
                      description: 'Hidden again at once; the server follows.',
                    },
                  },
                },
                unwanted: {
                  description: 'To be removed as soon as the undo is answered.',
                  tags: ['hidden', 'undoable'],
                  entry: { type: 'report', params: { status: 'removed' } },
                  on: {
                    'video.restore': {
                      target: 'wanted',
                      actions: { type: 'report', params: { status: 'pending' } },
                      description: 'Brought back after all.',
                    },
                  },
                },
              },
            },
            backingOff: {
              description: 'Waits a little longer each time before the undo is sent again.',
              tags: ['linking', 'restoring', 'retrying'],
              after: {
                backoff: { target: 'waiting', description: 'Tries again.' },
              },
              on: {
                'video.retry': { target: 'waiting', description: 'Tries again without waiting.' },
                'video.remove': {
                  target: '#video.link.removing',
                  description: 'Removed after all.',
                },
              },
            },
          },
        },
        gone: {
          description: 'Nothing is left to undo: the chapter stops this actor.',
          type: 'final',
          tags: ['hidden'],
          entry: 'reportGone',
        },
      },
    },
    filename: {
      description: 'The name that the chapter shows, and what becomes of a new one.',
      initial: 'viewing',
      states: {
        viewing: {
          description: 'No editor is open and no name waits.',
          on: {
            'video.edit': {
              target: 'editing',
              actions: 'rememberBase',
              description: 'Opens the editor, whatever the link is doing.',
            },
          },
        },
        editing: {
          description: 'The editor is open. The text in it belongs to its form, not to this actor.',
          tags: ['editing'],
          on: {
            'video.rename': {
              target: 'queued',
              actions: 'queueFilename',
              description: 'A new name was saved: shown at once.',
            },
            'video.cancel': [
              {
                guard: 'hasPendingFilename',
                target: 'queued',
                description: 'Back to the name that was saved before and has not arrived yet.',
              },
              { target: 'viewing', description: 'Back to the newest name of the server’s.' },
            ],
          },
        },
        queued: {
          description:
            'The saved name waits until it can be sent. It survives a failed link and its retry.',
          tags: ['waiting'],
          initial: 'waitingForLink',
          on: {
            'video.edit': { target: 'editing', description: 'Edits the name that waits.' },
          },
          states: {
            waitingForLink: {
              description: 'There is nothing on the server yet that could be renamed.',
              always: {
                guard: 'isLinked',
                target: 'waitingForConnection',
                description: 'The link is confirmed.',
              },
            },
            waitingForConnection: {
              description: 'Waits for a connection.',
              invoke: {
                id: 'renameConnection',
                src: 'connectionReady',
                onDone: { target: '#video.filename.saving', description: 'There is a connection.' },
                onError: {
                  target: '#video.filename.unsaved',
                  actions: 'keepRenameProblem',
                  description: 'The wait itself broke.',
                },
              },
              on: {
                'video.remove': {
                  target: 'waitingForLink',
                  description: 'Kept, in case the removal is undone.',
                },
              },
            },
          },
        },
        saving: {
          description: 'The new name is on its way to the server.',
          tags: ['saving'],
          entry: ['clearRenameProblem', 'markFilenameSent'],
          invoke: {
            id: 'saveFilename',
            src: 'saveFilename',
            input: ({
              context: { id, chapterId, pendingFilename, filename, base, unconfirmed },
            }) => ({
              id,
              chapterId,
              filename: pendingFilename ?? filename,
              base,
              unconfirmed,
            }),
            onDone: [
              {
                guard: 'wasConfirmed',
                target: 'viewing',
                actions: ['keepConfirmation', 'dropPendingFilename'],
                description: 'The server has the new name.',
              },
              {
                guard: 'wasConflict',
                target: 'conflict',
                actions: 'keepTheirs',
                description: 'Somebody else renamed it since the editor was opened.',
              },
              {
                target: 'unsaved',
                actions: 'keepRenameProblem',
                description: 'The server refused the name.',
              },
            ],
            onError: {
              target: 'unsaved',
              actions: 'keepRenameProblem',
              description: 'Nobody knows whether it arrived.',
            },
          },
          after: {
            answerTimeout: {
              target: 'unsaved',
              actions: 'keepRenameProblem',
              description: 'No answer in time.',
            },
          },
          on: {
            'video.edit': {
              target: 'editing',
              description: 'Edits it again; the name that was sent is remembered as ours.',
            },
            'video.remove': {
              target: 'queued',
              description: 'Kept, in case the removal is undone.',
            },
          },
        },
        conflict: {
          description: 'Renamed elsewhere meanwhile: the row offers both names.',
          tags: ['conflict'],
          entry: { type: 'reportName', params: { isUnsaved: true } },
          exit: { type: 'reportName', params: { isUnsaved: false } },
          on: {
            'rename.keepMine': {
              target: 'queued',
              actions: 'takeTheirsAsBase',
              description: 'Sends the name again, over theirs.',
            },
            'rename.takeTheirs': {
              target: 'viewing',
              actions: 'dropPendingFilename',
              description: 'Gives up the own name.',
            },
            'video.edit': { target: 'editing', description: 'Edits the own name first.' },
          },
        },
        unsaved: {
          description: 'The name could not be saved; its text is kept and shown.',
          tags: ['unsaved'],
          entry: { type: 'reportName', params: { isUnsaved: true } },
          exit: { type: 'reportName', params: { isUnsaved: false } },
          on: {
            'rename.retry': { target: 'queued', description: 'Sends it again.' },
            'rename.discard': {
              target: 'viewing',
              actions: 'dropPendingFilename',
              description: 'Gives it up.',
            },
            'video.edit': { target: 'editing', description: 'Edits it first.' },
          },
        },
      },
    },
  },
})

/** The delay before try number `attempt + 1`, in ms: doubled each time, from half a second to eight. */
export function backoffAfter(attempt: number): number {
  return Math.min(500 * 2 ** Math.max(0, attempt - 1), 8_000)
}

type AnyVideoEvent = VideoEvent | VideoAnswer

function outcomeOf(event: AnyVideoEvent) {
  return 'output' in event ? event.output.outcome : undefined
}

function problemIn(event: AnyVideoEvent): Problem | null {
  return 'output' in event && event.output.outcome === 'refused' ? event.output.problem : null
}

function theirsIn(event: AnyVideoEvent): VersionedFilename | null {
  return 'output' in event && event.output.outcome === 'conflict' ? event.output.theirs : null
}

function confirmedBy(event: AnyVideoEvent, { base }: VideoContext): Partial<VideoContext> {
  if (!('output' in event) || event.output.outcome !== 'confirmed') return {}
  const { filename, version, confirmedAt } = event.output
  // A link starts at version 1 with our own name; that it has another by now is for the rename to find out.
  const linked = base.version === 0 ? { ...base, version: 1 } : base
  return { filename, version, confirmedAt, base: linked }
}

function mustBeProvided(effect: string): never {
  throw new Error(`${effect} must be provided`)
}
