import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import { authoringMachine } from '#machines/authoring.machine.ts'
import type { ChapterEvent } from '#machines/chapter.machine.ts'
import { noVideos } from '#machines/pending-videos.ts'

const nothing: ChapterEvent = { type: 'videos.retryFailed' }

function openAuthoring(...chapterIds: string[]) {
  const authoring = createActor(authoringMachine).start()
  const dispatch = (chapterId: string, event = nothing) =>
    authoring.send({ type: 'chapter.dispatch', chapterId, event })
  for (const chapterId of chapterIds) dispatch(chapterId)
  return { authoring, dispatch, chapters: () => authoring.getSnapshot().children }
}

test('spawns the actor of a chapter, under its id, on the first event for it', () => {
  const { chapters } = openAuthoring('intro', 'outro')
  const contexts = Object.entries(chapters()).map(([id, chapter]) => [
    id,
    chapter?.getSnapshot().context,
  ])
  expect(Object.fromEntries(contexts)).toEqual({
    intro: { chapterId: 'intro', added: [], due: [], videos: noVideos, counted: [] },
    outro: { chapterId: 'outro', added: [], due: [], videos: noVideos, counted: [] },
  })
})

test('forwards every event, including the first, to that chapter alone', () => {
  const { chapters, dispatch } = openAuthoring('outro')
  const before = chapters().outro?.getSnapshot()
  const received: ChapterEvent[] = []
  const event = { type: 'editor.reported', id: 'video-1', isOpen: true } as const
  dispatch('intro', event)
  const intro = chapters().intro
  intro?.subscribe(() => received.push(event))
  dispatch('intro', event)
  expect(received).toEqual([event])
  expect(chapters().outro?.getSnapshot()).toBe(before)
})

test('keeps the actor of a chapter on later events', () => {
  const { chapters, dispatch } = openAuthoring('intro')
  const before = chapters().intro
  dispatch('intro')
  expect(Object.keys(chapters())).toEqual(['intro'])
  expect(chapters().intro).toBe(before)
})

test('stops a chapter that is closed, and no other', () => {
  const { authoring, chapters } = openAuthoring('intro', 'outro')
  const closed = chapters().intro
  authoring.send({ type: 'chapter.close', chapterId: 'intro' })
  expect(Object.keys(chapters())).toEqual(['outro'])
  expect(closed?.getSnapshot().status).toBe('stopped')
})

test('does nothing when a chapter without an actor is closed', () => {
  const { authoring, chapters } = openAuthoring('intro')
  authoring.send({ type: 'chapter.close', chapterId: 'outro' })
  expect(Object.keys(chapters())).toEqual(['intro'])
  expect(authoring.getSnapshot().status).toBe('active')
})
