import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import type { ChapterContext, ChapterEvent, VideoDispatch } from '#machines/chapter.machine.ts'
import { countLinks, countUnsavedNames } from '#machines/link-progress.ts'
import type { FilenameStatus, VideoInput, VideoStatus } from '#machines/video.context.ts'
import { createDrivers, expectAgreement, startActor } from './actor-under-test.ts'
import { quietChapterMachine } from './chapter.model.ts'
import { readSilentChildren } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'

/** The last report of a video. */
interface Reported {
  status: VideoStatus
  filenameStatus: FilenameStatus
  isEditing: boolean
  blockedBy: string | null
}

/** The input that an actor must have, and the events that it must have been sent. */
interface Child {
  input: VideoInput
  received: AnyEventObject[]
}

/** What the events alone imply about a chapter. */
interface ChapterHistory {
  videos: Map<string, Reported>
  counted: Set<string>
  /** Shown, but without an actor until they have been painted. */
  waiting: Map<string, VideoInput>
  /** Shown, but not dispatched until they have been painted. */
  due: VideoDispatch[]
  isPainting: boolean
  children: Map<string, Child>
}

/** Tests a path of the chapter: what it knows and counts, and its actors and their events. */
export const createChapterPathTest: CreatePathTest = (input) => {
  const actor = startActor(quietChapterMachine, input, ['framePainted', 'prefetchLinks'])
  const history: ChapterHistory = {
    videos: new Map(),
    counted: new Set(),
    waiting: new Map(),
    due: [],
    isPainting: false,
    children: new Map(),
  }
  const hasPending = () => count(history, 'pending') > 0
  const isBusy = () => actor.snapshot().hasTag('busy')
  return {
    actor,
    events: createDrivers(quietChapterMachine, async (event) => {
      await actor.take(event)
      // A path sends only events of the chart.
      remember(history, event as ChapterEvent)
      if (event.type === 'videos.add') {
        const { input: sent } = actor.calls.findLast(({ id }) => id === 'prefetchLinks') ?? {}
        const videos = [...history.waiting.values()].filter(({ blockedBy }) => !blockedBy)
        expect(sent, 'what is sent ahead').toEqual({ ...(input as object), videos })
      }
    }),
    states: {
      chapter: (model) => {
        const snapshot = actor.snapshot()
        expectAgreement(model, snapshot)
        expectKnown(history, snapshot.context)
        const children = Object.entries(readSilentChildren(snapshot))
        expect(new Map(children)).toEqual(history.children)
      },
      'chapter.settled': () => expect([hasPending(), isBusy()]).toEqual([false, false]),
      'chapter.showing': () => expect([history.isPainting, isBusy()]).toEqual([true, true]),
      'chapter.linking': () => {
        expect([history.isPainting, hasPending(), isBusy()]).toEqual([false, true, true])
      },
    },
  }
}

function expectKnown(history: ChapterHistory, context: ChapterContext) {
  const known = context.videos.list.map(
    ({ id, status, filenameStatus, isEditing, blockedBy }) =>
      [id, { status, filenameStatus, isEditing, blockedBy }] as const,
  )
  expect(new Map(known), 'what the chapter knows of its videos').toEqual(history.videos)
  expect(context.added).toEqual([...history.waiting.values()])
  expect(context.due).toEqual(history.due)
  const [pending, linked, failed] = [
    count(history, 'pending'),
    count(history, 'linked'),
    count(history, 'failed'),
  ]
  expect(countLinks(context)).toEqual({ pending, linked, failed, total: pending + linked + failed })
  const unsaved = [...history.videos.values()].filter(
    ({ status, filenameStatus }) =>
      isShown(status) && ['conflict', 'unsaved'].includes(filenameStatus),
  )
  expect(countUnsavedNames(context.videos.list)).toBe(unsaved.length)
}

const isShown = (status: VideoStatus) => !['removing', 'removed'].includes(status)

/** How many of the counted videos have this progress. */
function count({ counted, videos }: ChapterHistory, progress: 'pending' | 'linked' | 'failed') {
  const shown = [...counted].flatMap((id) => {
    const status = videos.get(id)?.status
    return status && isShown(status) ? [status] : []
  })
  return shown.filter((status) =>
    progress === 'pending' ? ['optimistic', 'linking'].includes(status) : status === progress,
  ).length
}

function remember(history: ChapterHistory, event: ChapterEvent | AnyEventObject) {
  const { videos, children } = history
  switch (event.type) {
    case 'videos.add':
      return rememberAddition(history, event.videos)
    case 'videos.resume':
      return rememberResumed(history, event.videos)
    case 'videos.dispatch':
      return rememberMany(history, event.dispatches)
    case 'xstate.done.actor.framePainted':
    case 'xstate.error.actor.framePainted':
      return flush(history)
    case 'video.dispatch': {
      const isForVideo = ({ video }: VideoDispatch) => video.id === event.video.id
      for (const dispatch of history.due.filter(isForVideo)) deliver(history, dispatch)
      history.due = history.due.filter((dispatch) => !isForVideo(dispatch))
      return deliver(history, event as VideoDispatch)
    }
    case 'videos.retryFailed':
      for (const [id, { status }] of videos) {
        if (status !== 'failed') continue
        const input = history.waiting.get(id)
        if (input) startChild(history, input)
        children.get(id)?.received.push({ type: 'video.retry' })
      }
      return
    case 'video.reported':
      return rememberReport(history, event.video)
    case 'asset.ready':
      return release(history, event.mediaId)
    case 'blocker.cleared':
      return release(history, event.id)
    case 'editor.reported':
      return videos.set(event.id, { ...orDefault(videos.get(event.id)), isEditing: event.isOpen })
  }
}

/** New picks join the link progress, or start a new one if the last is over. */
function rememberAddition(history: ChapterHistory, added: readonly VideoInput[]) {
  const { videos, counted, waiting } = history
  const inputs = added.map((video) => {
    const blockedBy = video.blockedBy ?? null
    return { ...video, blockedBy, isSent: blockedBy === null }
  })
  if (history.isPainting) flush(history)
  if (count(history, 'pending') + count(history, 'failed') === 0) counted.clear()
  for (const input of inputs) {
    counted.add(input.id)
    waiting.set(input.id, input)
    videos.set(input.id, {
      ...orDefault(undefined),
      status: 'optimistic',
      blockedBy: input.blockedBy,
    })
  }
  history.isPainting = true
}

/** A link that failed on an earlier page is shown as failed, and counted. */
function rememberResumed(history: ChapterHistory, resumed: readonly VideoInput[]) {
  if (history.isPainting) flush(history)
  for (const input of resumed) {
    history.counted.add(input.id)
    history.waiting.set(input.id, { ...input, blockedBy: null })
    history.videos.set(input.id, { ...orDefault(undefined), status: 'failed' })
  }
  history.isPainting = true
}

const isRemoval = ({ event }: VideoDispatch) => event.type === 'video.remove'

/** Many removals show at once, and reach the actors later. */
function rememberMany(history: ChapterHistory, dispatches: readonly VideoDispatch[]) {
  const { videos } = history
  if (history.isPainting) flush(history)
  for (const { video, event } of dispatches) {
    const known = orDefault(videos.get(video.id))
    videos.set(video.id, event.type === 'video.remove' ? applyRemoval(known) : known)
  }
  history.due.push(...dispatches)
  history.isPainting = true
}

const applyRemoval = (report: Reported): Reported =>
  report.status === 'removed' ? report : { ...report, status: 'removing' }

/** Starts the actors of painted videos and delivers pending events, forty at a time. */
function flush(history: ChapterHistory) {
  for (const video of history.waiting.values()) startChild(history, video)
  for (const dispatch of history.due.splice(0, 40)) deliver(history, dispatch)
  history.isPainting = history.due.length > 0
}

function deliver(history: ChapterHistory, { video, event }: VideoDispatch) {
  if (!history.children.has(video.id)) startChild(history, video)
  history.children.get(video.id)?.received.push(event)
}

function startChild({ videos, waiting, children }: ChapterHistory, video: VideoInput) {
  children.set(video.id, { input: waiting.get(video.id) ?? video, received: [] })
  waiting.delete(video.id)
  if (!videos.has(video.id)) videos.set(video.id, orDefault(undefined))
}

function rememberReport(history: ChapterHistory, { id, ...report }: Reported & { id: string }) {
  const { videos, counted } = history
  const { status, filenameStatus, blockedBy } = report
  const reported = { ...orDefault(videos.get(id)), status, filenameStatus, blockedBy }
  const isRemoving = history.due.some((dispatch) => dispatch.video.id === id && isRemoval(dispatch))
  videos.set(id, isRemoving ? applyRemoval(reported) : reported)
  if (status === 'failed') counted.add(id)
}

/** Unblocks the videos that waited for another video or a file. */
function release({ videos, waiting, children }: ChapterHistory, obstacle: string) {
  for (const [blocked, known] of videos) {
    if (known.blockedBy !== obstacle) continue
    children.get(blocked)?.received.push({ type: 'video.release' })
    const input = waiting.get(blocked)
    if (!input) continue
    waiting.set(blocked, { ...input, blockedBy: null })
    videos.set(blocked, { ...known, blockedBy: null })
  }
}

/** Without a report, a video is a saved row of the server. */
const orDefault = (known: Reported | undefined): Reported =>
  known ?? { status: 'linked', filenameStatus: 'saved', isEditing: false, blockedBy: null }
