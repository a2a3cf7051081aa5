import type { Course } from '#contract/courses.ts'
import type { MediaAsset } from '#contract/media.ts'
import { createCourse } from '../support/e2e-test.ts'
import { type CoursePage, openCourse } from './course-page.ts'
import type { Stage } from './engine-test.ts'
import { readLiveStates, watchActors } from './live-states.ts'
import { eventually } from './page.ts'

/** One video in a page that can be paused in every state of its link. */
export interface VideoOnStage {
  stage: Stage
  view: CoursePage
  course: Course
  chapterId: string
  videoId: string
  asset: MediaAsset
  /** The number of its actor's steps that have been checked. */
  checkedCount: number
}

/** Makes a case happen; `isDone` reports whether the page's machine has followed the model. */
type Step = (video: VideoOnStage, isDone: () => Promise<boolean>) => Promise<unknown>

/**
 * Steps that make each case of the video's model happen in the page. Between two steps, the network
 * holds requests in flight, and the page believes that it is offline, so that it does not retry.
 */
export const videoSteps: Record<string, Step> = {
  edit: ({ view, videoId }) => view.typeHalf(videoId),
  retry: ({ stage, view, videoId }) => {
    stage.network.hold()
    return view.click(videoId, 'Retry')
  },
  remove: ({ stage, view, videoId }) => {
    stage.network.hold()
    return view.click(videoId, 'Remove')
  },
  restore: ({ stage, asset }) => {
    stage.network.hold()
    return stage.page.click({ role: 'button', name: `Undo removing ${asset.filename}` })
  },
  connected: async ({ stage }) => {
    stage.network.hold()
    await dispatch(stage, 'online')
    await dispatch(stage, 'offline')
  },
  linked: release,
  removed: release,
  restored: release,
  release,
  refused: async ({ stage, view, chapterId, asset }, isDone) => {
    // The server refuses an asset that the chapter holds already.
    const [duplicate] = await stage.api.link(chapterId, [asset])
    stage.network.release()
    await eventually(isDone).toBe(true)
    // The refusal makes the page refetch the list, so that the duplicate appears and disappears
    // above or below the row. Wait for both, so that the next step does not press at the old
    // position.
    await eventually(async () => (await view.rows()).length).toBe(3)
    if (duplicate) await stage.api.remove(duplicate)
    await eventually(async () => {
      await view.returnLater()
      return (await view.rows()).length
    }).toBe(2)
  },
  lost: cut,
  'backed off': waitForTimer,
}

/** Picks a video and a sibling whose requests are held on their way to the server. */
export async function pickHeld(stage: Stage, start: string): Promise<VideoOnStage> {
  const { course, chapter } = await createCourse(stage.api)
  const view = await openCourse(stage.page, stage.network.address, course)
  await watchActors(stage.page)
  const picks = await view.pick(2)
  const [filename = ''] = picks
  const [asset] = await stage.api.media(1, filename)
  if (!asset) throw new Error(`The library has no ${filename}`)
  await dispatch(stage, 'offline')
  if (start === 'a pick that waits for a removal') {
    await view.addPicked(2)
    await eventually(view.statuses).toEqual(['linked', 'linked'])
    stage.network.hold()
    // From the bottom up: a row that moves up under the pointer would count the next press as the
    // second half of a double press.
    for (const { id } of (await view.rows()).toReversed()) await view.click(id, 'Remove')
    await view.pick(2)
  }
  stage.network.hold()
  const stepsBefore = (await readLiveStates(stage.page, filename)).length
  await view.addPicked(2)
  const countSteps = async () => (await readLiveStates(stage.page, filename)).length
  await eventually(countSteps).toBeGreaterThan(stepsBefore)
  const [row] = await view.rows()
  const videoId = row?.id ?? ''
  return { stage, view, course, chapterId: chapter.id, videoId, asset, checkedCount: stepsBefore }
}

/** Makes a case happen, and waits until the page's machine is in the model's states. */
export async function takeStep(video: VideoOnStage, caseName: string, states: string[]) {
  const readNewSteps = async () =>
    (await readLiveStates(video.stage.page, video.asset.filename)).slice(video.checkedCount)
  const isDone = async () =>
    (await readNewSteps()).some((active) => active.join() === states.join())
  await videoSteps[caseName]?.(video, isDone)
  await eventually(isDone, `${caseName} leads to ${states}`).toBe(true)
  video.checkedCount += (await readNewSteps()).length - 1
}

/** Dispatches the browser's event for a restored or lost connection. */
export const dispatch = ({ page }: Stage, event: 'online' | 'offline') =>
  page.evaluate((type) => void dispatchEvent(new Event(type)), event)

async function release({ stage }: VideoOnStage) {
  stage.network.release()
}

/** Cuts repeatedly, since a browser may itself resend a request whose connection was cut. */
async function cut({ stage }: VideoOnStage, isDone: () => Promise<boolean>) {
  await eventually(async () => {
    stage.network.cut()
    return isDone()
  }, 'the page notices that its request is lost').toBe(true)
}

async function waitForTimer() {}
