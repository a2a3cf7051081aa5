import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import { createActor, fromPromise } from 'xstate'
import { foldVideos, type PendingVideo } from '#client/features/videos/fold-videos.ts'
import type { Video } from '#contract/videos.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { type LinkOutcome, type LinkRequest, videoMachine } from '#machines/video.machine.ts'
import { type Bench, type Scenario, timed } from '../measurement.ts'

const listed = 2000
const added = 200
const usualRounds = 50

/** The page's own work that grows with the chapter, in Node: how it grows is what matters. */
export const smallParts: Scenario = {
  name: 'small-parts',
  title: 'Parts of the page’s work, in Node',
  async run({ rounds }: Bench) {
    const videos = makeVideos(listed + added)
    const fold: number[] = []
    const spawn: number[] = []
    for (let round = 0; round < rounds(usualRounds); round++) {
      fold.push(await timed(() => foldAll(videos)))
      spawn.push(await timeToSpawn(videos.slice(0, added)))
    }
    return [
      { what: `Fold of ${listed} rows and ${added} pending ones`, unit: 'ms', samples: fold },
      { what: `${added} actors spawned and all asking to link`, unit: 'ms', samples: spawn },
    ]
  },
}

function makeVideos(count: number): Video[] {
  const positions = generateNKeysBetween(null, null, count)
  return positions.map((position, index) => ({
    id: uuidv7(),
    chapterId: 'chapter',
    mediaId: uuidv7(),
    filename: `Lesson ${index}.mp4`,
    position,
    version: 1,
    durationSeconds: 60,
  }))
}

function foldAll(videos: readonly Video[]) {
  const pending = videos.slice(listed).map(
    (video): PendingVideo => ({
      ...video,
      version: 0,
      status: 'linking',
      confirmedAt: 0,
      pendingFilename: null,
      holdsText: false,
    }),
  )
  const shown = foldVideos({ videos: videos.slice(0, listed), askedAt: 1 }, pending)
  if (shown.length !== videos.length) throw new Error(`The fold shows ${shown.length} rows`)
}

/** From the painted frame until the last of the videos asks to be linked. */
async function timeToSpawn(videos: readonly Video[]): Promise<number> {
  const painting = new EventTarget()
  const linking = new EventTarget()
  let asked = 0
  const linkVideo = fromPromise<LinkOutcome, LinkRequest>(() => {
    asked += 1
    if (asked === videos.length) linking.dispatchEvent(new Event('all'))
    return new Promise(() => {})
  })
  const video = videoMachine.provide({
    actors: { connectionReady: fromPromise(async () => {}), linkVideo },
  })
  const framePainted = fromPromise(() => happens(painting, 'frame'))
  const machine = chapterMachine.provide({
    actors: { video, framePainted },
    actions: { sendLinks: () => {} },
  })
  const chapter = createActor(machine, { input: { chapterId: 'chapter' } }).start()
  chapter.send({
    type: 'videos.placed',
    videos: videos.map((one) => ({ ...one, version: 0, linkSent: true })),
  })
  const took = await timed(() => {
    const allAsked = happens(linking, 'all')
    painting.dispatchEvent(new Event('frame'))
    return allAsked
  })
  chapter.stop()
  return took
}

const happens = (target: EventTarget, type: string) =>
  new Promise<void>((resolve) => {
    target.addEventListener(type, () => resolve(), { once: true })
  })
