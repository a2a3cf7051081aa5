import { expect } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import { mostAttempts, type RunStatus, type VideoContext } from '#machines/video.machine.ts'
import { formatCount } from '#shared/count.ts'
import type { PathTest } from '../../support/model.ts'
import {
  filenameExpectations,
  type LinkExpectation,
  linkExpectations,
} from '../video.expectations.ts'
import { type Names, shownName } from './video.page-events.ts'
import type { Seen, SeenRow, VideoPage } from './video-page.ts'

type LinkWords = (context: VideoContext) => string

const tryingAgain = (attempt: number) =>
  `No answer yet; trying again (${attempt} of ${mostAttempts})`
const bringingBack = () => 'Bringing it back…'
const nothing = () => ''

/** What a row says in each state of the link; nothing where there is no row. */
const linkWords: Record<string, LinkWords> = {
  optimistic: () => 'Waiting for the connection',
  'linking.sending': ({ attempt }) => (attempt > 1 ? tryingAgain(attempt) : 'Linking…'),
  'linking.backingOff': ({ attempt }) => tryingAgain(attempt + 1),
  linked: () => 'Linked',
  failed: ({ problem }) =>
    `Not linked: ${problem?.detail ?? 'the server did not answer. Check the connection, then retry.'}`,
  'removing.waiting': nothing,
  'removing.deleting.wanted': nothing,
  'removing.deleting.undone': bringingBack,
  'removing.backingOff': nothing,
  removed: nothing,
  'restoring.waiting': bringingBack,
  'restoring.asking.wanted': bringingBack,
  'restoring.asking.unwanted': nothing,
  'restoring.backingOff': bringingBack,
  gone: nothing,
}

type Note = (names: Names, context: VideoContext) => SeenRow['note']

const waitsFor =
  (what: string): Note =>
  () => ({ words: `New name waits for ${what}`, buttons: [] })

/** What a row says of its new name in each state of the filename. */
const filenameNotes: Record<string, Note> = {
  viewing: () => null,
  editing: () => null,
  'queued.waitingForLink': waitsFor('the link'),
  'queued.waitingForConnection': waitsFor('the connection'),
  saving: () => ({ words: 'Saving the new name…', buttons: [] }),
  conflict: ({ typed, theirs }) => ({
    words: 'Renamed elsewhere meanwhile. Which name stays?',
    buttons: [`Mine: ${typed}`, `Theirs: ${theirs}`],
  }),
  unsaved: ({ saved }, { renameProblem }) => ({
    words: `New name not saved: ${renameProblem?.detail ?? 'The server did not answer.'}`,
    buttons: ['Try again', `Back to ${saved}`],
  }),
}

const requests = ['linkVideo', 'saveFilename', 'removeVideo', 'restoreVideo']

/** What a page shows, and what it asks of the server, in each state of the video's chart. */
export function pageStates(
  page: VideoPage,
  names: Names,
  isPick: boolean,
): Required<PathTest>['states'] {
  let isCounted = isPick
  const expectSeen = <Part>(read: (seen: Seen) => Part) =>
    expect.poll(async () => read(await page.look()), { timeout: 10_000, interval: 20 })
  const expectHeld = async (effect: string | undefined) => {
    if (effect === undefined || !requests.includes(effect)) return
    await expect.poll(page.held, { timeout: 10_000, interval: 20 }).toContain(effect)
  }

  const ofLink = (state: string, words: LinkWords) => async (model: AnyMachineSnapshot) => {
    const expectation = linkExpectations[state] ?? unknown(state)
    const { counted, asks } = expectation
    isCounted ||= counted === 'failed'
    const name = shownName(names)
    const isForgettable = state === 'removed'
    await expectSeen(ofTheLink).toEqual({
      rows: rowsOf(expectation, name, words(model.context)),
      notices: noticesOf(expectation, name, isForgettable),
      statusLine: statusLineOf(expectation, isCounted, model),
      canRetryFailed: counted === 'failed',
    })
    await expectHeld(asks)
  }

  const ofFilename = (state: string, note: Note) => async (model: AnyMachineSnapshot) => {
    const { asks, tags = [] } = filenameExpectations[state] ?? unknown(state)
    const row = {
      filename: shownName(names),
      isEdited: tags.includes('editing'),
      note: note(names, model.context),
    }
    await expectSeen(({ rows }) =>
      rows.map(({ filename, isEdited, note }) => ({ filename, isEdited, note })),
    ).toEqual(model.hasTag('hidden') ? [] : [row])
    await expectHeld(asks)
  }

  return {
    ...keyed('video.link', linkWords, ofLink),
    ...keyed('video.filename', filenameNotes, ofFilename),
  }
}

type LinkPart = Omit<Seen, 'rows'> & {
  rows: Pick<SeenRow, 'name' | 'status' | 'words' | 'canRetry'>[]
}

const ofTheLink = ({ rows, ...seen }: Seen): LinkPart => ({
  ...seen,
  rows: rows.map(({ name, status, words, canRetry }) => ({ name, status, words, canRetry })),
})

function rowsOf({ shown, tags = [] }: LinkExpectation, name: string, words: string) {
  const canRetry = shown === 'failed' || tags.includes('retrying')
  return shown ? [{ name, status: shown, words, canRetry }] : []
}

function noticesOf({ shown, tags = [] }: LinkExpectation, name: string, isForgettable: boolean) {
  if (shown || !tags.includes('undoable')) return []
  const buttons = [`Undo removing ${name}`, ...(isForgettable ? ['Dismiss'] : [])]
  return [{ words: `Removed ${name}`, buttons }]
}

function statusLineOf(
  { shown, counted }: LinkExpectation,
  isCounted: boolean,
  model: AnyMachineSnapshot,
): string {
  const videos = formatCount(shown ? 1 : 0, 'video')
  const links = isCounted && shown ? progress[counted] : videos
  return hasUnsavedName(model) ? `${links}, 1 name not saved` : links
}

const progress: Record<RunStatus, string> = {
  pending: '0 of 1 linked',
  linked: '1 of 1 linked',
  failed: '0 of 1 linked, 1 failed',
  removed: '0 videos',
}

const hasUnsavedName = (model: AnyMachineSnapshot) =>
  !isGone(model) && (model.hasTag('conflict') || model.hasTag('unsaved'))

/** Whether the video has left its chapter, which has stopped its actor then. */
export const isGone = (model: AnyMachineSnapshot) => model.matches({ link: 'gone' })

const keyed = <Part>(
  region: string,
  parts: Record<string, Part>,
  toAssertion: (state: string, part: Part) => (model: AnyMachineSnapshot) => Promise<void>,
) =>
  Object.fromEntries(
    Object.entries(parts).map(([state, part]) => [`${region}.${state}`, toAssertion(state, part)]),
  )

function unknown(state: string): never {
  throw new Error(`Nothing is known of what holds in ${state}`)
}
