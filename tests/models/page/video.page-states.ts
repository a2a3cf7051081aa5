import { expect } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import {
  describeVideo,
  isRemovedElsewhere,
  isRestoring,
  maxAttempts,
  type VideoContext,
} from '#machines/video.context.ts'
import { formatCount } from '#shared/count.ts'
import type { PathTest } from '../../support/model.ts'
import type { NameOnPage } from './video.page-events.ts'
import type { Seen, SeenRow, VideoPage } from './video-page.ts'

const getContext = (snapshot: AnyMachineSnapshot): VideoContext => snapshot.context

type LinkText = (model: AnyMachineSnapshot) => string

/** The text of a row in each state of the link; `null` if there is no row. */
const linkTexts: Record<string, LinkText | null> = {
  optimistic: () => 'Waiting to be linked',
  linking: (model) => {
    const context = getContext(model)
    if (isRestoring(context)) return 'Restoring…'
    const attempt = context.attempt + (model.hasTag('retrying') ? 1 : 0)
    return attempt > 1 ? `No response yet; trying again (${attempt} of ${maxAttempts})` : 'Linking…'
  },
  linked: () => '',
  failed: (model) => {
    const { problem } = getContext(model)
    const reason =
      problem?.detail ?? 'the server didn’t respond. Check your connection, then retry.'
    return `Not linked: ${reason}`
  },
  removing: null,
  removed: null,
}

type Note = (model: AnyMachineSnapshot, onPage: NameOnPage) => SeenRow['note']

const pendingNote: Note = (model) => {
  if (describeVideo(getContext(model)).filenameStatus === 'saved') return null
  const text = model.hasTag('retrying')
    ? 'New name not saved yet; trying again'
    : 'Saving new name…'
  return {
    text: model.hasTag('linked') ? text : 'New name will be saved once linked',
    buttons: [],
  }
}

/** The note about a new name in each state of the filename. */
const filenameNotes: Record<string, Note> = {
  viewing: pendingNote,
  editing: pendingNote,
  conflict: (model, onPage) => {
    const { wanted, confirmed } = getContext(model)
    const names = [`Mine: ${onPage(wanted.filename)}`, `Theirs: ${onPage(confirmed.filename)}`]
    return { text: 'Renamed by someone else. Which name do you want to keep?', buttons: names }
  },
  unsaved: (model, onPage) => {
    const { confirmed, filenameProblem } = getContext(model)
    return {
      text: `New name not saved: ${filenameProblem?.detail ?? 'The server didn’t respond.'}`,
      buttons: ['Try again', `Revert to ${onPage(confirmed.filename)}`],
    }
  },
}

const removedNote = { text: 'Removed by someone else.', buttons: ['Restore video'] }

/** Whether a request is held in each state of the request. */
const holdsRequest: Record<string, boolean> = {
  idle: false,
  sending: true,
  backingOff: false,
  waiting: false,
}

/** Returns assertions of what a page shows and requests in each state of the video's chart. */
export function pageStates(
  page: VideoPage,
  onPage: NameOnPage,
  isPick: boolean,
): Required<PathTest>['states'] {
  let isCounted = isPick
  const poll = { interval: 20 }
  const expectSeen = <Part>(read: (seen: Seen) => Part) =>
    expect.poll(async () => read(await page.look()), poll)

  const expectLink =
    (state: string, linkText: LinkText | null) => async (model: AnyMachineSnapshot) => {
      isCounted ||= state === 'failed'
      const name = onPage(getContext(model).wanted.filename)
      const isElsewhere = isRemovedElsewhere(getContext(model))
      const isWaiting = state === 'linking' && model.hasTag('retrying')
      const canRetry = (state === 'failed' || isWaiting) && !isElsewhere
      const row = { name, status: state, text: isElsewhere ? '' : linkText?.(model), canRetry }
      await expectSeen(selectLink).toEqual({
        rows: linkText ? [row] : [],
        notices: linkText ? [] : [createNotice(name)],
        statusLine: formatStatusLine(state, isCounted, model),
        canRetryFailed: state === 'failed' && !isElsewhere,
      })
    }

  const expectFilename = (state: string, createNote: Note) => async (model: AnyMachineSnapshot) => {
    const note = isRemovedElsewhere(getContext(model)) ? removedNote : createNote(model, onPage)
    const filename = onPage(getContext(model).wanted.filename)
    const isHidden = model.hasTag('removing') || model.hasTag('removed')
    await expectSeen(({ rows }) =>
      rows.map(({ filename, isEdited, note }) => ({ filename, isEdited, note })),
    ).toEqual(isHidden ? [] : [{ filename, isEdited: state === 'editing', note }])
  }

  const expectRequest = (_state: string, isHeld: boolean) => async (model: AnyMachineSnapshot) => {
    const { request } = getContext(model)
    await expect.poll(page.held, poll).toEqual(isHeld ? [request?.kind] : [])
  }

  return {
    ...mapStates('video.link', linkTexts, expectLink),
    ...mapStates('video.filename', filenameNotes, expectFilename),
    ...mapStates('video.request', holdsRequest, expectRequest),
  }
}

type LinkPart = Omit<Seen, 'rows'> & {
  rows: Pick<SeenRow, 'name' | 'status' | 'text' | 'canRetry'>[]
}

const selectLink = ({ rows, ...seen }: Seen): LinkPart => ({
  ...seen,
  rows: rows.map(({ name, status, text, canRetry }) => ({ name, status, text, canRetry })),
})

const createNotice = (name: string) => ({
  text: `Removed ${name}`,
  buttons: [`Undo removing ${name}`, 'Dismiss'],
})

function formatStatusLine(state: string, isCounted: boolean, model: AnyMachineSnapshot): string {
  if (!(state in progress)) return '0 videos'
  const links = isCounted ? progress[state] : formatCount(1, 'video')
  const { filenameStatus } = describeVideo(getContext(model))
  const isUnsaved = filenameStatus === 'conflict' || filenameStatus === 'unsaved'
  return isUnsaved ? `${links}, 1 name not saved` : `${links}`
}

const progress: Record<string, string> = {
  optimistic: '0 of 1 linked',
  linking: '0 of 1 linked',
  linked: '1 of 1 linked',
  failed: '0 of 1 linked, 1 failed',
}

const mapStates = <Part>(
  region: string,
  parts: Record<string, Part>,
  toAssertion: (state: string, part: Part) => (model: AnyMachineSnapshot) => Promise<void>,
) =>
  Object.fromEntries(
    Object.entries(parts).map(([state, part]) => [`${region}.${state}`, toAssertion(state, part)]),
  )
