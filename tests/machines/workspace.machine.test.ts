import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import { workspaceMachine } from '#machines/workspace.machine.ts'

function openWorkspace(...chapterIds: string[]) {
  const workspace = createActor(workspaceMachine).start()
  for (const chapterId of chapterIds) workspace.send({ type: 'chapter.open', chapterId })
  return { workspace, chapters: () => workspace.getSnapshot().children }
}

test('gives every chapter an actor of its own, under its id', () => {
  const { chapters } = openWorkspace('intro', 'outro')
  const contexts = Object.entries(chapters()).map(([id, chapter]) => [
    id,
    chapter?.getSnapshot().context,
  ])
  expect(Object.fromEntries(contexts)).toEqual({
    intro: { chapterId: 'intro', placed: [], run: {}, unsavedNames: [] },
    outro: { chapterId: 'outro', placed: [], run: {}, unsavedNames: [] },
  })
})

test('keeps the actor of a chapter that is opened again', () => {
  const { workspace, chapters } = openWorkspace('intro')
  const before = chapters().intro
  workspace.send({ type: 'chapter.open', chapterId: 'intro' })
  expect(chapters()).toEqual({ intro: before })
  expect(chapters().intro).toBe(before)
})

test('stops a chapter that is closed, and no other', () => {
  const { workspace, chapters } = openWorkspace('intro', 'outro')
  const closed = chapters().intro
  workspace.send({ type: 'chapter.close', chapterId: 'intro' })
  expect(Object.keys(chapters())).toEqual(['outro'])
  expect(closed?.getSnapshot().status).toBe('stopped')
})

test('takes the closing of a chapter that was never opened for what it is: nothing to do', () => {
  const { workspace, chapters } = openWorkspace('intro')
  workspace.send({ type: 'chapter.close', chapterId: 'outro' })
  expect(Object.keys(chapters())).toEqual(['intro'])
  expect(workspace.getSnapshot().status).toBe('active')
})
