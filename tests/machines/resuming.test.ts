import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import { createProblem } from '#contract/problem.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { emptyHistory, type NewChange, recordChange, resumeHistory } from '#machines/history.ts'
import {
  initialContext,
  maxAttempts,
  type VideoContext,
  type VideoInput,
} from '#machines/video.context.ts'
import { startVideo } from './fake-effects.ts'

const pick: VideoInput = {
  id: 'video-1',
  chapterId: 'chapter-1',
  mediaId: 'media-1',
  filename: 'Lesson 1.mp4',
  position: 'a1',
  durationSeconds: 60,
  version: 0,
  revision: 0,
}

const refusal = createProblem('link-refused', 'No room.')

const keep = (changes: Partial<VideoContext>): VideoInput => ({
  ...pick,
  kept: { ...initialContext(pick), ...changes },
})

const start = initialContext(pick)

test.each<[string, Partial<VideoContext>, string, string[]]>([
  ['a link that was never sent', {}, 'linking', ['link 1']],
  ['a link without an answer', { unknown: ['link'], attempt: 2 }, 'linking', ['link 3']],
  ['a refused link', { problem: refusal }, 'failed', []],
  [
    'a link that had failed too often',
    { unknown: ['link'], attempt: maxAttempts },
    'failed',
    ['link 6'],
  ],
  [
    'a removal without an answer',
    { unknown: ['link', 'remove'], wanted: { ...start.wanted, isPresent: false } },
    'removing',
    ['remove 1'],
  ],
  [
    'a removal of what was never sent',
    { wanted: { ...start.wanted, isPresent: false } },
    'removed',
    [],
  ],
])('goes on with %s', (_name, changes, status, sent) => {
  const video = startVideo(keep(changes))
  expect(video.state()).toMatchObject({ link: status })
  expect(video.described().status).toBe(status)
  expect(video.sent()).toEqual(sent)
})

test('forgets the request in flight and the logical time of an earlier page', () => {
  const kept = { ...start, problem: refusal, confirmedAt: 12, request: sentRequest() }
  expect(initialContext({ ...pick, kept })).toEqual({ ...start, problem: refusal })
})

const sentRequest = (): VideoContext['request'] => ({
  kind: 'link',
  id: pick.id,
  link: start.link,
  chapterId: pick.chapterId,
  revision: 0,
  attempt: 1,
})

test('waits for what it waited for, if that still goes on', () => {
  const { context } = startVideo({ ...keep({ blockedBy: 'gone' }), blockedBy: 'media-1' })
  expect(context().blockedBy).toBe('media-1')
})

const rename = (name: string): NewChange => ({
  kind: 'rename',
  name,
  chapterIds: [],
  operations: [],
})

test('the changes of an earlier page come before those of this one', () => {
  const earlier = recordChange(recordChange(emptyHistory, rename('one')), rename('two'))
  const history = resumeHistory(recordChange(emptyHistory, rename('three')), earlier)
  expect(history.past.map(({ number, name }) => [number, name])).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ])
  expect(history).toMatchObject({ count: 3, future: [], latest: { change: { number: 3 } } })
  expect(resumeHistory(emptyHistory, earlier)).toBe(earlier)
})

test('the root takes over the history of an earlier page', () => {
  const history = recordChange(emptyHistory, rename('one'))
  const authoring = createActor(authoringMachine).start()
  authoring.send({ type: 'history.resume', history })
  expect(authoring.getSnapshot().context.history).toEqual(history)
})
