import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import { countLinks } from '#machines/chapter.machine.ts'
import type { RunStatus } from '#machines/video.machine.ts'
import { driversFor, expectAgreement, startActor } from './actor-under-test.ts'
import { quietChapterMachine } from './chapter.model.ts'
import { silentChildrenOf } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'

/** What the events alone say of a chapter. */
interface ChapterHistory {
  run: Map<string, RunStatus>
  waiting: Set<string>
  isPainting: boolean
  unsaved: Set<string>
  /** What every actor must have been sent. */
  sent: Map<string, AnyEventObject[]>
}

/** Tests a path of the chapter: its counts, its actors and what they are told. */
export const createChapterPathTest: CreatePathTest = (input) => {
  const actor = startActor(quietChapterMachine, input, ['framePainted'])
  const history: ChapterHistory = {
    ...{ run: new Map(), waiting: new Set(), isPainting: false },
    ...{ unsaved: new Set(), sent: new Map() },
  }
  const hasPending = () => idsOf(history.run, 'pending').length > 0
  return {
    actor,
    events: driversFor(quietChapterMachine, async (event) => {
      await actor.take(event)
      remember(history, event, Object.keys(actor.snapshot().context.run))
    }),
    states: {
      chapter: (model) => {
        const snapshot = actor.snapshot()
        expectAgreement(model, snapshot)
        expect(countLinks(snapshot.context.run)).toEqual(countTransitions(history.run))
        expect(snapshot.context.placed.map(({ id }: { id: string }) => id)).toEqual([
          ...history.waiting,
        ])
        expect(new Set(snapshot.context.unsavedNames)).toEqual(history.unsaved)
        const received = Object.entries(silentChildrenOf(snapshot)).map(([id, child]) => [
          ...[id, child.received],
        ])
        expect(new Map(received as [string, AnyEventObject[]][])).toEqual(history.sent)
      },
      'chapter.settled': () => {
        expect(hasPending()).toBe(false)
        expect(actor.snapshot().hasTag('busy')).toBe(false)
      },
      'chapter.placing': () => {
        expect(history.isPainting).toBe(true)
        expect(actor.snapshot().hasTag('busy')).toBe(true)
      },
      'chapter.linking': () => {
        expect([history.isPainting, hasPending()]).toEqual([false, true])
        expect(actor.snapshot().hasTag('busy')).toBe(true)
      },
    },
  }
}

function remember(history: ChapterHistory, event: AnyEventObject, inRun: string[]) {
  const { run, waiting, unsaved, sent } = history
  switch (event.type) {
    case 'videos.add':
      return rememberAddition(history, inRun)
    case 'xstate.done.actor.framePainted':
    case 'xstate.error.actor.framePainted':
      for (const id of waiting) sent.set(id, [])
      waiting.clear()
      history.isPainting = false
      return
    case 'video.act':
      waiting.delete(event.video.id)
      return sent.set(event.video.id, [...(sent.get(event.video.id) ?? []), event.command])
    case 'videos.retryFailed':
      return idsOf(run, 'failed').map((id) => sent.get(id)?.push(retry))
    case 'video.reported':
      if (run.has(event.id) || event.status === 'failed') run.set(event.id, event.status)
      return
    case 'name.reported':
      return event.isUnsaved ? unsaved.add(event.id) : unsaved.delete(event.id)
    case 'video.gone':
      unsaved.delete(event.id)
      run.delete(event.id)
      sent.delete(event.id)
  }
}

/** New picks join the run, or start one where the last is over. */
function rememberAddition(history: ChapterHistory, inRun: string[]) {
  const { run, waiting, isPainting } = history
  const isOver = idsOf(run, 'pending').length + idsOf(run, 'failed').length === 0
  if (isOver && !isPainting) run.clear()
  const added = inRun.find((id) => !run.has(id)) ?? 'none was added'
  run.set(added, 'pending')
  waiting.add(added)
  history.isPainting = true
}

const retry = { type: 'video.retry' }

function countTransitions(run: ChapterHistory['run']) {
  const [pending = 0, linked = 0, failed = 0] = (['pending', 'linked', 'failed'] as const).map(
    (status) => idsOf(run, status).length,
  )
  return { pending, linked, failed, total: pending + linked + failed }
}

const idsOf = (run: ChapterHistory['run'], status: RunStatus) =>
  [...run].filter(([, one]) => one === status).map(([id]) => id)
