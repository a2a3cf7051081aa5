import { expect, it } from 'vitest'
import { createActor, fromPromise, waitFor } from 'xstate'
import { chapterMachine, countLinks } from '#machines/chapter.machine.ts'
import {
  type LinkOutcome,
  type LinkRequest,
  type VideoInput,
  videoMachine,
} from '#machines/video.machine.ts'
import { watchSteps } from './watched-steps.ts'

const videos = ['a', 'b'].map(
  (id): VideoInput => ({
    ...{ id, chapterId: 'chapter', mediaId: `media-${id}`, filename: `${id}.mp4` },
    ...{ position: `a${id}`, durationSeconds: 61, version: 0, revision: 0 },
  }),
)

const refused: LinkOutcome = {
  outcome: 'refused',
  problem: { type: 'about:blank', title: 'Refused', status: 409, detail: 'It was refused.' },
}

const chapterOfRefusedVideos = chapterMachine.provide({
  actors: {
    video: videoMachine.provide({
      actors: {
        connectionReady: fromPromise(async () => {}),
        linkVideo: fromPromise<LinkOutcome, LinkRequest>(async () => refused),
      },
    }),
    framePainted: fromPromise(async () => {}),
  },
  actions: { sendLinks: () => {} },
})

/** A chapter with two failed videos, watched from now on. */
async function watchedChapter() {
  const chapter = createActor(chapterOfRefusedVideos, { input: { chapterId: 'chapter' } }).start()
  chapter.send({ type: 'videos.placed', videos })
  await waitFor(chapter, ({ context }) => countLinks(context.run).failed === videos.length)

  const steps = watchSteps(chapter)
  const { a, b } = chapter.getSnapshot().children
  const names = new Map([
    [chapter.sessionId, 'chapter'],
    [a?.sessionId, 'a'],
    [b?.sessionId, 'b'],
  ])
  const told = () =>
    steps().map(({ actorId, senderId, event, taken }) => [
      ...[senderId === null ? 'outside' : (names.get(senderId) ?? 'a helper')],
      ...[event, names.get(actorId) ?? 'a helper', taken],
    ])
  return { chapter, told }
}

const retry = ['video.link.failed|video.retry|1']
const begin = ['chapter|video.reported|0', 'chapter.settled||0']

it('tells an event that children answer at once before their answers, with what each of them took', async () => {
  const { chapter, told } = await watchedChapter()
  chapter.send({ type: 'videos.retryFailed' })
  expect(told()).toEqual([
    ['outside', 'videos.retryFailed', 'chapter', ['chapter|videos.retryFailed|0']],
    ['chapter', 'video.retry', 'a', retry],
    ['a', 'video.reported', 'chapter', begin],
    ['a', 'xstate.init', 'a helper', []],
    ['chapter', 'video.retry', 'b', retry],
    ['b', 'video.reported', 'chapter', ['chapter|video.reported|0']],
    ['b', 'xstate.init', 'a helper', []],
  ])
})

it('tells what was asked of one video, and what that led to', async () => {
  const { chapter, told } = await watchedChapter()
  const [video] = videos
  if (!video) throw new Error('There is no video')
  chapter.send({ type: 'video.act', video, command: { type: 'video.retry' } })
  expect(told()).toEqual([
    ['outside', 'video.act', 'chapter', ['chapter|video.act|0']],
    ['chapter', 'video.retry', 'a', retry],
    ['a', 'video.reported', 'chapter', begin],
    ['a', 'xstate.init', 'a helper', []],
  ])
})

it('tells of no more than a stop where a parent stops a child', async () => {
  const { chapter, told } = await watchedChapter()
  chapter.send({ type: 'video.gone', id: 'a' })
  expect(told()).toEqual([
    ['outside', 'video.gone', 'chapter', ['chapter|video.gone|0']],
    ['chapter', 'xstate.stop', 'a', []],
  ])
})
