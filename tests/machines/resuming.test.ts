import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import { createProblem } from '#contract/problem.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import {
  advanceHistory,
  emptyHistory,
  type History,
  limitHistory,
  maxKeptChanges,
  type NewChange,
  recordChange,
  refuseChange,
  resumeHistory,
} from '#machines/history.ts'
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
  blockedBy: changes.blockedBy ?? null,
  kept: { ...initialContext(pick), ...changes },
})

const start = initialContext(pick)

test.each<[string, Partial<VideoContext>, string, string[]]>([
  ['a link that may have been sent after it was stored', {}, 'linking', ['link 1']],
  ['a link without an answer', { unknown: ['link'], attempt: 2 }, 'linking', ['link 3']],
  ['a refused link', { problem: refusal }, 'failed', []],
  [
    'a link that had failed after too many tries',
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
    'a removal of a link that may have been sent after it was stored',
    { wanted: { ...start.wanted, isPresent: false } },
    'removing',
    ['remove 1'],
  ],
  [
    'a removal of a video that still waits for its file',
    { wanted: { ...start.wanted, isPresent: false }, blockedBy: 'media-1' },
    'removing',
    ['remove 1'],
  ],
])('resumes %s', (_name, changes, status, sent) => {
  const video = startVideo(keep(changes))
  expect(video.state()).toMatchObject({ link: status })
  expect(video.described().status).toBe(status)
  expect(video.sent()).toEqual(sent)
})

test('discards the request in flight and the logical time of an earlier page', () => {
  const kept = { ...start, problem: refusal, confirmedAt: 12, request: sentRequest() }
  const resumed = { ...start, problem: refusal, unknown: ['link'] }
  expect(initialContext({ ...pick, kept })).toEqual(resumed)
})

const sentRequest = (): VideoContext['request'] => ({
  kind: 'link',
  id: pick.id,
  link: start.link,
  chapterId: pick.chapterId,
  revision: 0,
  attempt: 1,
})

test('waits for what blocks it on this page, not for what did on the earlier one', () => {
  const { context } = startVideo({ ...keep({ blockedBy: 'gone' }), blockedBy: 'media-1' })
  expect(context().blockedBy).toBe('media-1')
})

const rename = (name: string): NewChange => ({
  kind: 'rename',
  name,
  chapterIds: [],
  operations: [],
})

const readNumbers = ({ past }: History) => past.map(({ number, name }) => [number, name])

test('the changes of an earlier page come before those of this one', () => {
  const earlier = recordChange(recordChange(emptyHistory, rename('one')), rename('two'))
  const own = recordChange(emptyHistory, rename('three'))
  const history = resumeHistory(own, earlier)
  expect(readNumbers(history)).toEqual([
    [-1, 'one'],
    [0, 'two'],
    [1, 'three'],
  ])
  expect(history).toEqual({ ...own, past: history.past })
  // A change of this page can still be refused by its number.
  expect(readNumbers(refuseChange(history, 1))).toEqual([
    [-1, 'one'],
    [0, 'two'],
  ])
  const another = recordChange(emptyHistory, rename('zero'))
  expect(readNumbers(resumeHistory(history, another))).toEqual([
    [-2, 'zero'],
    [-1, 'one'],
    [0, 'two'],
    [1, 'three'],
  ])
  expect(resumeHistory(emptyHistory, earlier)).toBe(earlier)
})

test('everything can be undone on its page, and the newest changes on a later one', () => {
  let history = emptyHistory
  for (let made = 0; made <= maxKeptChanges; made += 1) {
    history = recordChange(history, rename(String(made)))
  }
  expect(history.past).toHaveLength(maxKeptChanges + 1)
  const kept = limitHistory(history)
  expect(kept).toEqual({ ...history, past: history.past.slice(1) })
  expect(limitHistory(kept)).toBe(kept)
  const undone = history.past.reduce((left) => advanceHistory(left, 'undo'), history)
  const redoable = limitHistory(undone).future.map(({ name }) => name)
  expect(redoable).toHaveLength(maxKeptChanges)
  expect(redoable.at(-1)).toBe('0')
})

test('the root adopts the history of an earlier page', () => {
  const history = recordChange(emptyHistory, rename('one'))
  const authoring = createActor(authoringMachine).start()
  authoring.send({ type: 'history.resume', history })
  expect(authoring.getSnapshot().context.history).toEqual(history)
})
