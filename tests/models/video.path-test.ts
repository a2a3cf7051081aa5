import { expect } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import {
  type VideoEvent,
  type VideoInput,
  type VideoTag,
  videoMachine,
} from '#machines/video.machine.ts'
import { type ActorUnderTest, driversFor, expectAgreement, startActor } from './actor-under-test.ts'
import type { CreatePathTest } from './started-path-test.ts'
import {
  filenameExpectations,
  linkExpectations,
  remember,
  rowOf,
  startHistory,
  type VideoHistory,
} from './video.expectations.ts'

const effects = ['connectionReady', 'linkVideo', 'saveFilename', 'removeVideo', 'restoreVideo']
const filenameTags: VideoTag[] = ['editing', 'waiting', 'saving', 'conflict', 'unsaved']
const linkTags: VideoTag[] = ['hidden', 'undoable', 'retrying', 'restoring']

/** What is asked of the name alone. */
const ofTheName = new Set<string>([
  ...(['video.edit', 'video.cancel', 'video.rename', 'rename.retry', 'rename.discard'] as const),
  ...(['rename.keepMine', 'rename.takeTheirs'] as const),
] satisfies VideoEvent['type'][])

/** Tests a path of the video against a running actor and the row that the fold makes of it. */
export const createVideoPathTest: CreatePathTest = (input) => {
  const start = input as VideoInput
  const actor = startActor(videoMachine, start, effects)
  const history = startHistory(start)
  remember(
    history,
    { type: 'xstate.init' },
    actor.calls.map(({ id }) => id),
  )
  return {
    actor,
    events: driversFor(videoMachine, async (event) => {
      const before = actor.calls.length
      const { link } = actor.snapshot().value as { link: unknown }
      await actor.take(event)
      if (ofTheName.has(event.type)) {
        expect(actor.snapshot().value, 'the name disturbs no link').toMatchObject({ link })
      }
      remember(
        history,
        event,
        actor.calls.slice(before).map(({ id }) => id),
      )
      history.hasFailed = lastCount(actor) === 'failed'
    }),
    states: {
      video: (model) => {
        expectAgreement(model, actor.snapshot())
        expectKept(history, actor.snapshot())
      },
      ...keyed('video.link', linkExpectations, (expectation) => () => {
        const { shown, counted, asks, tags = [], also } = expectation
        const row = rowOf(actor.snapshot())
        expect(row?.status ?? null).toBe(shown)
        expect(lastCount(actor)).toBe(counted)
        expect(asked(actor, isOfLink)).toEqual(asks ? [asks] : [])
        expectTags(actor, linkTags, shown ? tags : ['hidden', ...tags])
        also?.(history, actor)
      }),
      ...keyed('video.filename', filenameExpectations, (expectation) => () => {
        const { asks, tags = [], also } = expectation
        expect(asked(actor, (id) => !isOfLink(id))).toEqual(asks ? [asks] : [])
        expectTags(actor, filenameTags, tags)
        const isUnsaved = tags.includes('conflict') || tags.includes('unsaved')
        expect(isCountedUnsaved(actor)).toBe(isUnsaved)
        also?.(history, actor)
      }),
    },
  }
}

/** Whatever happens: the same video in the same place, under the name typed last. */
function expectKept({ start, newest, typed, base }: VideoHistory, snapshot: AnyMachineSnapshot) {
  const { id, chapterId, mediaId, position, durationSeconds } = start
  expect(snapshot.context).toMatchObject({
    ...{ id, chapterId, mediaId, position, durationSeconds },
    ...{ ...newest, pendingFilename: typed, base },
  })
  const row = rowOf(snapshot)
  if (!row) return
  expect(row.filename).toBe(typed ?? newest.filename)
  expect(row.savedFilename).toBe(newest.filename)
}

const keyed = <Expectation>(
  region: string,
  expectations: Record<string, Expectation>,
  toAssertion: (expectation: Expectation) => () => void,
) =>
  Object.fromEntries(
    Object.entries(expectations).map(([state, one]) => [`${region}.${state}`, toAssertion(one)]),
  )

const isOfLink = (id: string) => !['renameConnection', 'saveFilename'].includes(id)

const asked = (actor: ActorUnderTest, isMeant: (id: string) => boolean) =>
  Object.keys(actor.snapshot().children).filter(isMeant)

const lastReport = ({ reports }: ActorUnderTest, type: string) =>
  reports.findLast((report) => report.type === type)

/** As what the link was counted last; that it starts as `pending` goes without saying. */
function lastCount(actor: ActorUnderTest): unknown {
  const report = lastReport(actor, 'video.reported')
  return report ? report.status : 'pending'
}

function isCountedUnsaved(actor: ActorUnderTest): unknown {
  const report = lastReport(actor, 'name.reported')
  return report ? report.isUnsaved : false
}

const expectTags = (
  actor: ActorUnderTest,
  all: readonly VideoTag[],
  expected: readonly VideoTag[],
) =>
  expect(all.filter((tag) => actor.snapshot().hasTag(tag))).toEqual(
    all.filter((tag) => expected.includes(tag)),
  )
