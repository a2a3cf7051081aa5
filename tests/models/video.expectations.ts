import { expect } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import { foldVideo } from '#client/features/videos/fold-videos.ts'
import type { LinkStatus } from '#machines/video.context.ts'
import type { VideoTag } from '#machines/video.machine.ts'
import type { ActorUnderTest } from './actor-under-test.ts'
import {
  expectedReport,
  filenameStatus,
  findSendableRequest,
  linkStatus,
  type VideoHistory,
} from './video.history.ts'

type Check = (history: VideoHistory, actor: ActorUnderTest) => void

/** What holds in a state of one of the video's regions. */
export interface VideoExpectation {
  tags: VideoTag[]
  /** The effects that the state invokes. */
  children?: string[]
  also?: Check
}

const expectLinkStatus =
  (status: LinkStatus | 'removing' | 'removed'): Check =>
  (history) =>
    expect(linkStatus(history)).toBe(status)

/** What holds in each state of the link. */
export const linkExpectations: Record<string, VideoExpectation> = {
  optimistic: { tags: ['optimistic'], also: expectLinkStatus('optimistic') },
  linking: { tags: ['linking'], also: expectLinkStatus('linking') },
  linked: { tags: ['linked'], also: expectLinkStatus('linked') },
  failed: { tags: ['failed'], also: expectLinkStatus('failed') },
  removing: { tags: ['removing'], also: expectLinkStatus('removing') },
  removed: { tags: ['removed'], also: expectLinkStatus('removed') },
}

/** What holds in each state of the filename. */
export const filenameExpectations: Record<string, VideoExpectation> = {
  viewing: {
    tags: [],
    also: (history) => expect(['saved', 'pending']).toContain(filenameStatus(history)),
  },
  editing: { tags: ['editing'] },
  conflict: {
    tags: ['conflict'],
    also: (history) => expect(filenameStatus(history)).toBe('conflict'),
  },
  unsaved: {
    tags: ['unsaved'],
    also: (history) => expect(filenameStatus(history)).toBe('unsaved'),
  },
}

const backoffs = [500, 1_000, 2_000, 4_000, 8_000]

/** What holds in each state of the request. */
export const requestExpectations: Record<string, VideoExpectation> = {
  idle: {
    tags: [],
    also: (history) => {
      expect(findSendableRequest(history), 'nothing is left to send').toBeNull()
      expect(history.inFlight).toBeNull()
    },
  },
  sending: {
    tags: [],
    children: ['request'],
    also: ({ inFlight, isWanted }, actor) => {
      expect(inFlight).not.toBeNull()
      const isObsolete = !isWanted && ['link', 'change'].includes(inFlight?.kind ?? '')
      expect(isObsolete, 'the request in flight is obsolete').toBe(false)
      expectDelay(actor, 'request.sending', 30_000)
    },
  },
  backingOff: {
    tags: ['retrying'],
    also: (history, actor) => {
      expectRetry(history)
      const [delay] = backoffs.slice(Math.min(history.tries, backoffs.length) - 1)
      expectDelay(actor, 'request.backingOff', delay)
    },
  },
  waiting: {
    tags: ['retrying'],
    children: ['connection'],
    also: (history, { calls }) => {
      expectRetry(history)
      expect(calls.at(-1)?.input).toEqual({ attempt: history.tries })
    },
  },
}

function expectRetry(history: VideoHistory) {
  expect(history.tries, 'tries so far').toBeGreaterThan(0)
  expect(history.inFlight).toBeNull()
  expect(findSendableRequest(history), 'there is something to send').not.toBeNull()
}

const expectDelay = ({ delays }: ActorUnderTest, state: string, milliseconds: number | undefined) =>
  expect(delays()[`video.${state}`], `the delay that ${state} waits for`).toBe(milliseconds)

/** Expects the chapter to know the video, and the page to show it. */
export function expectReported(history: VideoHistory, { reports, snapshot }: ActorUnderTest) {
  const expected = expectedReport(history)
  const report = reports.findLast(({ type }) => type === 'video.reported')?.video ?? expected
  expect(report, 'what the chapter knows').toEqual(expected)
  const isEditing = isEditorOpen(snapshot())
  const editor = reports.findLast(({ type }) => type === 'editor.reported')
  expect(editor?.isOpen ?? false, 'the chapter knows whether the editor is open').toBe(isEditing)
  const row = foldVideo(undefined, { ...report, isEditing }, undefined)
  const isHidden = expected.status === 'removing' || expected.status === 'removed'
  const { wanted, confirmed, status } = expected
  expect(row && pickShown(row)).toEqual(
    isHidden ? null : { status, ...pickShown({ ...wanted, savedFilename: confirmed.filename }) },
  )
}

const isEditorOpen = (snapshot: AnyMachineSnapshot) => snapshot.hasTag('editing')

const pickShown = <Row extends { filename: string; savedFilename: string; position: string }>({
  filename,
  savedFilename,
  position,
  ...row
}: Row) => ({
  ...('status' in row && { status: row.status }),
  filename,
  savedFilename,
  position,
})
