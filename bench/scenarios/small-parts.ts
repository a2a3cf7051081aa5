import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import { createActor, fromCallback, fromPromise } from 'xstate'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import type { Video } from '#contract/videos.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import {
  describeVideo,
  initialContext,
  type RequestOutcome,
  type VideoRequest,
} from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { type Bench, measureTime, type Scenario } from '../measurement.ts'

const listed = 2000
const added = 200
const defaultRounds = 50

/** The parts of the page's work that grow with the chapter, in Node. */
export const smallParts: Scenario = {
  name: 'small-parts',
  title: 'Parts of the page’s work, in Node',
  async run({ rounds }: Bench) {
    const videos = createVideos(listed + added)
    const fold: number[] = []
    const spawn: number[] = []
    for (let round = 0; round < rounds(defaultRounds); round++) {
      fold.push(await measureTime(() => foldAll(videos)))
      spawn.push(await measureSpawning(videos.slice(0, added)))
    }
    return [
      { label: `Fold of ${listed} rows and ${added} pending ones`, unit: 'ms', samples: fold },
      {
        label: `Spawning ${added} actors, until all request their links`,
        unit: 'ms',
        samples: spawn,
      },
    ]
  },
}

function createVideos(count: number): Video[] {
  const positions = generateNKeysBetween(null, null, count)
  return positions.map((position, index) => ({
    id: uuidv7(),
    chapterId: 'chapter',
    mediaId: uuidv7(),
    filename: `Lesson ${index}.mp4`,
    position,
    version: 1,
    revision: 0,
    durationSeconds: 60,
  }))
}

function foldAll(videos: readonly Video[]) {
  const pending = videos.slice(listed).map(
    (video): PendingVideo => ({
      ...describeVideo(initialContext({ ...video, version: 0, isSent: true })),
      isEditing: false,
    }),
  )
  const shown = foldVideos('chapter', { videos: videos.slice(0, listed), requestedAt: 1 }, pending)
  if (shown.length !== videos.length) throw new Error(`The fold shows ${shown.length} rows`)
}

/** From the painted frame until the last actor requests its link. */
async function measureSpawning(videos: readonly Video[]): Promise<number> {
  const painting = new EventTarget()
  const linking = new EventTarget()
  let requested = 0
  const sendRequest = fromPromise<RequestOutcome, VideoRequest>(() => {
    requested += 1
    if (requested === videos.length) linking.dispatchEvent(new Event('all'))
    return new Promise(() => {})
  })
  const video = videoMachine.provide({
    actors: {
      connectionReady: fromPromise<void, { attempt: number }>(async () => {}),
      sendRequest,
    },
  })
  const framePainted = fromPromise(() => waitForEvent(painting, 'frame'))
  const machine = chapterMachine.provide({
    actors: { video, framePainted, prefetchLinks: fromCallback(() => {}) },
  })
  const chapter = createActor(machine, { input: { chapterId: 'chapter' } }).start()
  chapter.send({
    type: 'videos.add',
    videos: videos.map((pick) => ({ ...pick, version: 0 })),
  })
  const time = await measureTime(() => {
    const allRequested = waitForEvent(linking, 'all')
    painting.dispatchEvent(new Event('frame'))
    return allRequested
  })
  chapter.stop()
  return time
}

const waitForEvent = (target: EventTarget, type: string) =>
  new Promise<void>((resolve) => {
    target.addEventListener(type, () => resolve(), { once: true })
  })
