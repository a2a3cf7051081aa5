import { expect, it } from 'vitest'
import { createActor, fromCallback, fromPromise, waitFor } from 'xstate'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { countLinks } from '#machines/link-progress.ts'
import type { RequestOutcome, VideoInput, VideoRequest } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { watchSteps } from './watch-steps.ts'

const videos = ['a', 'b'].map(
  (id): VideoInput => ({
    id,
    chapterId: 'chapter',
    mediaId: `media-${id}`,
    filename: `${id}.mp4`,
    position: `a${id}`,
    durationSeconds: 61,
    version: 0,
    revision: 0,
  }),
)

const refused: RequestOutcome = {
  outcome: 'refused',
  problem: { type: 'about:blank', title: 'Refused', status: 409, detail: 'It was refused.' },
}

const chapterWithRefusedLinks = chapterMachine.provide({
  actors: {
    video: videoMachine.provide({
      actors: {
        connectionReady: fromPromise<void, { attempt: number }>(async () => {}),
        sendRequest: fromPromise<RequestOutcome, VideoRequest>(async () => refused),
      },
    }),
    framePainted: fromPromise(async () => {}),
    prefetchLinks: fromCallback(() => {}),
  },
})

/** Watches a chapter with two failed videos. */
async function watchChapter() {
  const chapter = createActor(chapterWithRefusedLinks, { input: { chapterId: 'chapter' } }).start()
  chapter.send({ type: 'videos.add', videos })
  await waitFor(chapter, ({ context }) => countLinks(context).failed === videos.length)

  const steps = watchSteps(chapter)
  const { a, b } = chapter.getSnapshot().children
  const names = new Map([
    [chapter.sessionId, 'chapter'],
    [a?.sessionId, 'a'],
    [b?.sessionId, 'b'],
  ])
  const listSteps = () =>
    steps().map(({ actorId, senderId, event, taken }) => [
      senderId === null ? 'outside' : (names.get(senderId) ?? 'another actor'),
      event,
      names.get(actorId) ?? 'another actor',
      taken,
    ])
  return { chapter, listSteps }
}

const retry = [
  'video.link.failed|video.retry|0',
  'video.request.idle||0',
  'video.link.optimistic||0',
]
const reported = ['chapter|video.reported|0']
const start = ['chapter|video.reported|0', 'chapter.settled||0']

it('reports an event before the reports of children, with the transitions of each', async () => {
  const { chapter, listSteps } = await watchChapter()
  chapter.send({ type: 'videos.retryFailed' })
  expect(listSteps()).toEqual([
    ['outside', 'videos.retryFailed', 'chapter', ['chapter|videos.retryFailed|0']],
    ['chapter', 'video.retry', 'a', retry],
    ['a', 'video.reported', 'chapter', start],
    ['a', 'video.reported', 'chapter', reported],
    ['a', 'xstate.init', 'another actor', []],
    ['chapter', 'video.retry', 'b', retry],
    ['b', 'video.reported', 'chapter', reported],
    ['b', 'video.reported', 'chapter', reported],
    ['b', 'xstate.init', 'another actor', []],
  ])
})

it('reports a command to one video, and its consequences', async () => {
  const { chapter, listSteps } = await watchChapter()
  const [video] = videos
  if (!video) throw new Error('no video')
  chapter.send({ type: 'video.dispatch', video, event: { type: 'video.retry' } })
  expect(listSteps()).toEqual([
    ['outside', 'video.dispatch', 'chapter', ['chapter|video.dispatch|0']],
    ['chapter', 'video.retry', 'a', retry],
    ['a', 'video.reported', 'chapter', start],
    ['a', 'video.reported', 'chapter', reported],
    ['a', 'xstate.init', 'another actor', []],
  ])
})

it('reports a stop once when a parent stops a child', async () => {
  const authoring = createActor(authoringMachine).start()
  const chapterId = 'chapter'
  authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.retryFailed' } })
  const steps = watchSteps(authoring)
  authoring.send({ type: 'chapter.close', chapterId })
  expect(steps().map(({ event, taken }) => [event, taken])).toEqual([
    ['chapter.close', ['authoring.open|chapter.close|0']],
    ['xstate.stop', []],
  ])
})
