import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { backoffAfter } from '#machines/video.machine.ts'
import type { PathTest } from '../../support/model.ts'
import type { VideoPage } from './video-page.ts'

/** The video's names, as they were typed here and elsewhere. */
export interface Names {
  /** The newest one of the server's. */
  saved: string
  /** Saved by a person here, and neither on the server nor given up. */
  typed: string | null
  /** Given elsewhere meanwhile, and not decided upon. */
  theirs: string | null
  /** How many new ones there were, so that each is another. */
  count: number
}

/** The name that the page shows. */
export const shownName = ({ typed, saved }: Names) => typed ?? saved

type Step = { event: AnyEventObject; state: AnyMachineSnapshot }

const answerTimeout = 30_000
const undoWindow = 15_000

/** How each event of the video's chart happens on a page. */
export function pageEvents(page: VideoPage, names: Names): Required<PathTest>['events'] {
  const press = (labelOf: () => string) => () => page.press(labelOf())
  const connect = () => page.connect()
  const lost = (hasArrived: boolean) => () => page.end({ is: 'lost', hasArrived })
  const timeOut = (hasArrived: boolean) => async () => {
    await page.passTime(answerTimeout)
    await page.end({ is: 'lost', hasArrived })
  }
  const backOff = ({ state }: Step) => page.passTime(backoffAfter(state.context.attempt))
  const answer = ({ event: { output } }: Step) =>
    page.end(
      output.outcome === 'refused'
        ? { is: 'refused', detail: output.problem.detail }
        : { is: 'answered' },
    )

  return {
    'video.retry': press(() => `Retry ${shownName(names)}`),
    'video.remove': press(() => `Remove ${shownName(names)}`),
    'video.restore': async () => {
      const { rows } = await page.look()
      if (rows.length > 0) await page.removeElsewhere()
      const isNotice = rows.length === 0
      await page.press(isNotice ? `Undo removing ${shownName(names)}` : 'Bring the video back')
    },
    'video.forget': press(() => 'Dismiss'),
    'video.edit': press(() => `Rename ${shownName(names)}`),
    'video.cancel': press(() => 'Cancel renaming'),
    'video.rename': async () => {
      names.typed = newName(names, 'My name')
      await page.type(names.typed)
      await page.press('Save filename')
    },
    'rename.retry': press(() => 'Try again'),
    'rename.discard': async () => {
      await page.press(`Back to ${names.saved}`)
      Object.assign(names, { typed: null, theirs: null })
    },
    'rename.keepMine': async () => {
      await page.press(`Mine: ${names.typed}`)
      names.theirs = null
    },
    'rename.takeTheirs': async () => {
      await page.press(`Theirs: ${names.theirs}`)
      Object.assign(names, { typed: null, theirs: null })
    },

    'xstate.done.actor.linkConnection': connect,
    'xstate.done.actor.removalConnection': connect,
    'xstate.done.actor.restorationConnection': connect,
    'xstate.done.actor.renameConnection': connect,

    'xstate.done.actor.linkVideo': async (step: Step) => {
      if (step.event.output.problem?.status !== 410) return answer(step)
      await page.removeElsewhere()
      await page.end({ is: 'answered' })
    },
    'xstate.error.actor.linkVideo': lost(false),
    'xstate.after.answerTimeout.video.link.linking.sending': timeOut(false),
    'xstate.after.backoff.video.link.linking.backingOff': backOff,

    'xstate.done.actor.removeVideo': answer,
    'xstate.error.actor.removeVideo': lost(true),
    'xstate.after.answerTimeout.video.link.removing.deleting': timeOut(true),
    'xstate.after.backoff.video.link.removing.backingOff': backOff,
    'xstate.after.undoWindow.video.link.removed': () => page.passTime(undoWindow),

    'xstate.done.actor.restoreVideo': answer,
    'xstate.error.actor.restoreVideo': lost(false),
    'xstate.after.answerTimeout.video.link.restoring.asking': timeOut(false),
    'xstate.after.backoff.video.link.restoring.backingOff': backOff,

    'xstate.done.actor.saveFilename': async (step: Step) => {
      const { outcome } = step.event.output
      if (outcome === 'conflict') await renameElsewhere(page, names)
      await answer(step)
      if (outcome === 'confirmed') Object.assign(names, { saved: names.typed, typed: null })
    },
    'xstate.error.actor.saveFilename': lost(false),
    'xstate.after.answerTimeout.video.filename.saving': timeOut(false),
  }
}

async function renameElsewhere(page: VideoPage, names: Names) {
  const theirs = newName(names, 'Their name')
  await page.renameElsewhere(theirs)
  Object.assign(names, { saved: theirs, theirs })
}

function newName(names: Names, words: string): string {
  names.count += 1
  return `${words} ${names.count}.mp4`
}
