import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { computeBackoff } from '#machines/backoff.ts'
import type { RequestKind } from '#machines/next-request.ts'
import type { RequestOutcome, VideoContext } from '#machines/video.context.ts'
import type { PathTest } from '../../support/model.ts'
import type { VideoPage } from './video-page.ts'

/** Maps a name in the model to the name on the page. */
export type NameOnPage = (filename: string) => string

/** An event with the snapshot that it leads to. */
type Step = { event: AnyEventObject; state: AnyMachineSnapshot }

const responseTimeout = 30_000

const allKinds: RequestKind[] = ['link', 'change', 'remove', 'restore']

/** Returns drivers that make each event of the video's chart happen on a page. */
export function pageEvents(page: VideoPage, onPage: NameOnPage): Required<PathTest>['events'] {
  const press = (labelFor: (names: Names) => string) => (step: Step) =>
    page.press(labelFor(getNames(step, onPage)))
  // An unanswered link or change never arrived; an unanswered removal did.
  const lose = async () => {
    await page.end(['remove'], { outcome: 'lost', hasArrived: true })
    await page.end(['link', 'change', 'restore'], { outcome: 'lost', hasArrived: false })
  }

  return {
    'video.retry': async (step: Step) => {
      const { rows } = await page.look()
      const isRemovedElsewhere = rows[0]?.note?.buttons.includes('Restore video')
      const { shown } = getNames(step, onPage)
      await page.press(isRemovedElsewhere ? 'Restore video' : `Retry ${shown}`)
    },
    'video.remove': async (step: Step) => {
      await page.press(`Remove ${getNames(step, onPage).shown}`)
      await page.end(['link', 'change'], { outcome: 'lost', hasArrived: false })
    },
    'video.restore': press(({ shown }) => `Undo removing ${shown}`),
    'video.edit': press(({ shown }) => `Rename ${shown}`),
    'video.cancel': press(() => 'Cancel renaming'),
    'video.rename': async ({ event }: Step) => {
      await page.type(onPage(event.filename))
      await page.press('Save filename')
    },
    'rename.retry': press(() => 'Try again'),
    'rename.discard': press(({ saved }) => `Revert to ${saved}`),
    'rename.keepMine': press(({ shown }) => `Mine: ${shown}`),
    'rename.takeTheirs': press(({ saved }) => `Theirs: ${saved}`),

    'xstate.done.actor.request': async ({ event }: Step) => {
      const outcome: RequestOutcome = event.output
      if (outcome.outcome === 'refused' && outcome.problem.status !== 410) {
        return page.end(allKinds, { outcome: 'refused', detail: outcome.problem.detail })
      }
      if (outcome.outcome === 'refused') await page.removeElsewhere()
      if (outcome.outcome === 'stale') {
        await page.renameElsewhere(onPage(outcome.server.filename ?? ''))
      }
      await page.end(allKinds, { outcome: 'answered' })
    },
    'xstate.error.actor.request': lose,
    'xstate.after.responseTimeout.video.request.sending': async () => {
      await page.passTime(responseTimeout)
      await lose()
    },
    'xstate.after.backoff.video.request.backingOff': ({ state }: Step) =>
      page.passTime(computeBackoff(state.context.attempt)),
    'xstate.done.actor.connection': () => page.connect(),
  }
}

interface Names {
  shown: string
  saved: string
}

function getNames({ state }: Step, onPage: NameOnPage): Names {
  const { wanted, confirmed }: VideoContext = state.context
  return { shown: onPage(wanted.filename), saved: onPage(confirmed.filename) }
}
