import type { Course } from '#contract/courses.ts'
import type { MediaAsset } from '#contract/media.ts'
import { createCourse } from '../support/e2e-test.ts'
import { type CoursePage, openCourse } from './course-page.ts'
import type { Stage } from './engine-test.ts'
import { statesSeen, watchActors } from './live-states.ts'
import { eventually } from './page.ts'

/** One video on its way, in a page that can be stopped at every state of its link. */
export interface VideoOnStage {
  stage: Stage
  view: CoursePage
  course: Course
  chapterId: string
  videoId: string
  asset: MediaAsset
  /** How much of what its actor went through belongs to the steps taken. */
  seen: number
}

/** Makes one case happen; `isDone` tells whether the page's machine has gone where the model did. */
type Step = (video: VideoOnStage, isDone: () => Promise<boolean>) => Promise<unknown>

/**
 * How the page is led through the cases of the video's model. Between two steps it believes to be offline,
 * so that nothing is sent, and the network holds what is on its way.
 */
export const videoSteps: Record<string, Step> = {
  edit: ({ view, videoId }) => view.typeHalf(videoId),
  retry: ({ view, videoId }) => view.click(videoId, 'Retry'),
  remove: ({ view, videoId }) => view.click(videoId, 'Remove'),
  restore: ({ stage, asset }) =>
    stage.page.click({ role: 'button', name: `Undo removing ${asset.filename}` }),
  'connected to link': connect,
  'connected to remove': connect,
  'connected to restore': connect,
  linked: letGo,
  removed: letGo,
  restored: letGo,
  'link refused': async ({ stage, chapterId, asset }, isDone) => {
    // The server refuses an asset that is in the chapter already.
    const [rival] = await stage.api.link(chapterId, [asset])
    stage.network.letGo()
    await eventually(isDone).toBe(true)
    if (rival) await stage.api.remove(rival)
  },
  'link lost': cut,
  'restoration lost': cut,
  'link backed off': wait,
  'restoration backed off': wait,
}

/** Picks a video and a sibling for it, while the page believes to be offline. */
export async function pickOffline(stage: Stage): Promise<VideoOnStage> {
  const { course, chapter } = await createCourse(stage.api)
  const view = await openCourse(stage.page, stage.network.address, course)
  await watchActors(stage.page)
  const [filename = ''] = await view.pick(2)
  const [asset] = await stage.api.media(1, filename)
  if (!asset) throw new Error(`The library has no ${filename}`)
  await say(stage, 'offline')
  await view.addPicked(2)
  await eventually(() => statesSeen(stage.page, filename)).not.toEqual([])
  const [row] = await view.rows()
  const videoId = row?.id ?? ''
  return { stage, view, course, chapterId: chapter.id, videoId, asset, seen: 0 }
}

/** Makes a case happen, and waits until the page's machine is in the states that the model is in. */
export async function takeStep(video: VideoOnStage, caseName: string, states: string[]) {
  const news = async () =>
    (await statesSeen(video.stage.page, video.asset.filename)).slice(video.seen)
  const isDone = async () => (await news()).some((active) => active.join() === states.join())
  await videoSteps[caseName]?.(video, isDone)
  await eventually(isDone, `${caseName} leads to ${states}`).toBe(true)
  video.seen += (await news()).length - 1
}

/** Tells the page what browsers tell it when a connection comes and goes. */
export const say = ({ page }: Stage, event: 'online' | 'offline') =>
  page.evaluate((type) => void dispatchEvent(new Event(type)), event)

async function connect({ stage }: VideoOnStage) {
  stage.network.hold()
  await say(stage, 'online')
  await say(stage, 'offline')
}

async function letGo({ stage }: VideoOnStage) {
  stage.network.letGo()
}

/** A browser may send a request once more by itself when it finds its connection cut. */
async function cut({ stage }: VideoOnStage, isDone: () => Promise<boolean>) {
  await eventually(async () => {
    stage.network.cut()
    return isDone()
  }, 'the page knows that its request is lost').toBe(true)
}

async function wait() {}
