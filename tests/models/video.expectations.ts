import { expect } from 'vitest'
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { foldVideo } from '#client/features/videos/fold-videos.ts'
import { pendingVideoOf, type VideoSnapshot } from '#client/features/videos/workspace.tsx'
import type { Problem } from '#contract/problem.ts'
import {
  type LinkStatus,
  mostAttempts,
  type RunStatus,
  type VersionedFilename,
  type VideoInput,
  type VideoTag,
} from '#machines/video.machine.ts'
import type { ActorUnderTest } from './actor-under-test.ts'

/**
 * What happened so far, told by the events alone: what a person has done and what the server has said.
 * It knows nothing of the machine's states or context.
 */
export interface VideoHistory {
  start: VideoInput
  newest: VersionedFilename
  /** The name that was saved and is neither confirmed nor given up. */
  typed: string | null
  base: VersionedFilename
  theirs: VersionedFilename | null
  /** Names of ours that were sent since the last one was confirmed or given up. */
  sentNames: string[]
  /** How often the request under way was sent. */
  sent: number
  hasFailed: boolean
  /** Neither removed nor to be. */
  isWanted: boolean
  mayBeLinked: boolean
  mayBeRemoved: boolean
  wasToldRemoved: boolean
  problem: Problem | null
  renameProblem: Problem | null
}

export function startHistory(start: VideoInput): VideoHistory {
  const newest = { filename: start.filename, version: start.version }
  return {
    ...{ start, newest, typed: null, base: newest, theirs: null, sentNames: [] },
    ...{ sent: 0, hasFailed: false },
    isWanted: true,
    ...{
      mayBeLinked: start.linkSent === true || start.version > 0,
      mayBeRemoved: false,
      wasToldRemoved: false,
    },
    ...{ problem: null, renameProblem: null },
  }
}

export interface LinkExpectation {
  /** What the row shows; null for no row. */
  shown: LinkStatus | null
  counted: RunStatus
  /** The effects under way. */
  asks?: string
  tags?: VideoTag[]
  also?: (history: VideoHistory, actor: ActorUnderTest) => void
}

/** What holds in each state of the link: on the page, in the chapter's counts, on the way to the server. */
export const linkExpectations: Record<string, LinkExpectation> = {
  optimistic: {
    ...{ shown: 'optimistic', counted: 'pending', asks: 'linkConnection' },
    also: expectNoForgottenRemoval,
  },
  'linking.sending': {
    ...{ shown: 'linking', counted: 'pending', asks: 'linkVideo' },
    also: (history, actor) => {
      const { id, chapterId, mediaId, position } = history.start
      const { filename } = history.newest
      expect(actor.calls.findLast((call) => call.id === 'linkVideo')?.input).toEqual({
        ...{ id, chapterId, mediaId, position, filename, attempt: history.sent },
      })
      expect(history.sent).toBeLessThanOrEqual(mostAttempts)
      expectDelay(actor, 'link.linking.sending', 30_000)
    },
  },
  'linking.backingOff': {
    ...{ shown: 'linking', counted: 'pending', tags: ['retrying'] },
    also: (history, actor) => {
      expect(history.sent).toBeLessThan(mostAttempts)
      expectDelay(actor, 'link.linking.backingOff', backoffAfter(history.sent))
    },
  },
  linked: { shown: 'linked', counted: 'linked', also: expectNoForgottenRemoval },
  failed: {
    ...{ shown: 'failed', counted: 'failed' },
    also: ({ problem }, actor) => expect(actor.snapshot().context.problem).toEqual(problem),
  },
  'removing.waiting': {
    ...{ shown: null, counted: 'removed', asks: 'removalConnection', tags: ['undoable'] },
  },
  'removing.deleting.wanted': {
    ...{ shown: null, counted: 'removed', asks: 'removeVideo', tags: ['undoable'] },
    also: (history, actor) => {
      expectAddress('removeVideo', history, actor)
      expectDelay(actor, 'link.removing.deleting', 30_000)
    },
  },
  'removing.deleting.undone': {
    ...{ shown: 'linking', counted: 'pending', asks: 'removeVideo' },
    tags: ['restoring', 'undoable'],
  },
  'removing.backingOff': {
    ...{ shown: null, counted: 'removed', tags: ['undoable'] },
    also: (history, actor) =>
      expectDelay(actor, 'link.removing.backingOff', backoffAfter(history.sent)),
  },
  removed: {
    ...{ shown: null, counted: 'removed', tags: ['undoable'] },
    also: ({ mayBeLinked, wasToldRemoved }, actor) => {
      expect(wasToldRemoved || !mayBeLinked, 'the server knows that it is removed').toBe(true)
      expectDelay(actor, 'link.removed', 15_000)
    },
  },
  'restoring.waiting': {
    ...{ shown: 'linking', counted: 'pending', asks: 'restorationConnection' },
    tags: ['restoring'],
  },
  'restoring.asking.wanted': {
    ...{ shown: 'linking', counted: 'pending', asks: 'restoreVideo', tags: ['restoring'] },
    also: (history, actor) => {
      expectAddress('restoreVideo', history, actor)
      expectDelay(actor, 'link.restoring.asking', 30_000)
      expect(history.sent).toBeLessThanOrEqual(mostAttempts)
    },
  },
  'restoring.asking.unwanted': {
    ...{ shown: null, counted: 'removed', asks: 'restoreVideo', tags: ['undoable'] },
  },
  'restoring.backingOff': {
    ...{ shown: 'linking', counted: 'pending', tags: ['restoring', 'retrying'] },
    also: (history, actor) => {
      expect(history.sent).toBeLessThan(mostAttempts)
      expectDelay(actor, 'link.restoring.backingOff', backoffAfter(history.sent))
    },
  },
  gone: {
    ...{ shown: null, counted: 'removed' },
    also: ({ start }, { reports }) =>
      expect(reports.at(-1)).toEqual({ type: 'video.gone', id: start.id }),
  },
}

const backoffs = [500, 1_000, 2_000, 4_000, 8_000]
const backoffAfter = (sent: number) => backoffs[Math.min(sent, backoffs.length) - 1]

const expectDelay = ({ delays }: ActorUnderTest, state: string, milliseconds: number | undefined) =>
  expect(delays()[`video.${state}`], `the delay that ${state} waits for`).toBe(milliseconds)

interface FilenameExpectation {
  asks?: string
  tags?: VideoTag[]
  also?: (history: VideoHistory, actor: ActorUnderTest) => void
}

/** What holds in each state of the filename, besides that the name shown is the one typed last. */
export const filenameExpectations: Record<string, FilenameExpectation> = {
  viewing: { also: ({ typed }) => expect(typed).toBeNull() },
  editing: { tags: ['editing'] },
  'queued.waitingForLink': {
    tags: ['waiting'],
    also: ({ typed }) => expect(typed).not.toBeNull(),
  },
  'queued.waitingForConnection': { asks: 'renameConnection', tags: ['waiting'] },
  saving: {
    ...{ asks: 'saveFilename', tags: ['saving'] },
    also: ({ start, typed, base, sentNames }, actor) => {
      const { id, chapterId } = start
      expect(actor.calls.findLast((call) => call.id === 'saveFilename')?.input).toEqual({
        ...{ id, chapterId, filename: typed, base, unconfirmed: sentNames },
      })
      expectDelay(actor, 'filename.saving', 30_000)
    },
  },
  conflict: {
    tags: ['conflict'],
    also: ({ theirs }, actor) => expect(actor.snapshot().context.theirs).toEqual(theirs),
  },
  unsaved: {
    tags: ['unsaved'],
    also: ({ renameProblem }, actor) =>
      expect(actor.snapshot().context.renameProblem).toEqual(renameProblem),
  },
}

/** Adds an event to the history, with what it made the actor ask for. */
export function remember(
  history: VideoHistory,
  event: AnyEventObject,
  newCalls: readonly string[],
) {
  const goesOn = event.type.startsWith('xstate.after.backoff.') || event.type === 'video.retry'
  const startsAnew = !goesOn || (event.type === 'video.retry' && history.hasFailed)
  if (event.type.startsWith('xstate.')) rememberAnswer(history, event)
  else rememberAsked(history, event)
  for (const id of newCalls) {
    if (startsAnew && linkConnections.has(id)) history.sent = 0
    rememberCall(history, id)
  }
}

const linkConnections = new Set(['linkConnection', 'removalConnection', 'restorationConnection'])

function rememberAsked(history: VideoHistory, event: AnyEventObject) {
  switch (event.type) {
    case 'video.remove':
    case 'video.restore':
      history.isWanted = event.type === 'video.restore'
      return
    case 'video.edit':
      if (history.typed === null) history.base = event.base
      return
    case 'video.rename':
      Object.assign(history, { typed: event.filename, theirs: null })
      return
    case 'rename.keepMine':
      Object.assign(history, { base: history.theirs, theirs: null })
      return
    case 'rename.discard':
    case 'rename.takeTheirs':
      giveUpName(history)
  }
}

function rememberAnswer(history: VideoHistory, { type, output }: AnyEventObject) {
  const problem = output?.outcome === 'refused' ? output.problem : null
  const isRename = /saveFilename|renameConnection|filename\.saving/.test(type)
  Object.assign(history, isRename ? { renameProblem: problem } : { problem })
  if (removalFailed.test(type)) history.sent += 1
  if (type.endsWith('.linkVideo') && problem?.status === 410) history.mayBeRemoved = true
  if (type.endsWith('.removeVideo') && problem) history.isWanted = true
  // The answer to an undo that was taken back says nothing of what the server will have.
  if (type.endsWith('.restoreVideo') && !history.isWanted) return
  if (type.endsWith('.restoreVideo') && output && output.outcome !== 'refused') {
    history.mayBeRemoved = false
  }
  if (output?.outcome === 'removed') history.wasToldRemoved = true
  if (output?.outcome === 'conflict') {
    Object.assign(history, { theirs: output.theirs, newest: output.theirs })
  }
  if (output?.outcome === 'confirmed') rememberConfirmation(history, output, isRename)
}

function rememberConfirmation(
  history: VideoHistory,
  { filename, version }: VersionedFilename,
  isRename: boolean,
) {
  history.newest = { filename, version }
  if (history.base.version === 0) history.base = { ...history.base, version: 1 }
  if (isRename) giveUpName(history)
}

const removalFailed =
  /^xstate\.(error\.actor\.(removalConnection|removeVideo)|after\.answerTimeout\.video\.link\.removing)/

function rememberCall(history: VideoHistory, id: string) {
  if (id === 'linkVideo' || id === 'restoreVideo') history.sent += 1
  if (id === 'linkVideo') history.mayBeLinked = true
  if (id === 'removeVideo') Object.assign(history, { mayBeRemoved: true, wasToldRemoved: false })
  if (id === 'saveFilename' && history.typed !== null) {
    history.sentNames = [...new Set([...history.sentNames, history.typed])]
  }
}

const giveUpName = (history: VideoHistory) =>
  Object.assign(history, { typed: null, theirs: null, sentNames: [] })

function expectNoForgottenRemoval({ mayBeRemoved }: VideoHistory) {
  expect(mayBeRemoved, 'the server may still have it as removed').toBe(false)
}

function expectAddress(effect: string, { start }: VideoHistory, { calls }: ActorUnderTest) {
  expect(calls.findLast(({ id }) => id === effect)?.input).toEqual({
    ...{ id: start.id, chapterId: start.chapterId },
  })
}

/** The row that the page shows of an actor, while the server's list has not come yet. */
export function rowOf(snapshot: AnyMachineSnapshot) {
  return foldVideo(undefined, pendingVideoOf(snapshot as VideoSnapshot), undefined)
}
