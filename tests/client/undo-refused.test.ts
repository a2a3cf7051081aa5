import { expect, test } from 'vitest'
import { createProblem } from '#contract/problem.ts'
import type { VideoPatch } from '#contract/videos.ts'
import { chapterIds, createBackend, createPage } from '../models/races/page.ts'
import { createReplaySchedule } from '../models/races/schedule.ts'

/** A page whose server refuses the changes that `isRefused` selects. */
function setUp(isRefused: (patch: VideoPatch, path: string) => boolean) {
  const schedule = createReplaySchedule([])
  const backend = createBackend(schedule, { outcomes: [] })
  const { handle } = backend.server
  backend.server.handle = (request) =>
    request.method === 'PATCH' && isRefused(request.body as VideoPatch, request.path)
      ? { status: 403, body: { ...createProblem('not-found', 'Not allowed.'), status: 403 } }
      : handle(request)
  const page = createPage(schedule, backend, { randomSeed: 1 })
  const read = () =>
    page.rows().map(({ chapterId, filename }) => `${chapterIds.indexOf(chapterId)} ${filename}`)
  return { page, read, settle: () => schedule.runAll(() => {}) }
}

test('a move of several videos of which one was refused can be undone', async () => {
  const { page, read, settle } = setUp(
    (patch, path) => patch.chapterId !== undefined && path.includes(page.rows()[0]?.id ?? ''),
  )
  const before = read()
  page.move(page.rows().slice(0, 2), { chapterId: chapterIds[1] ?? '' })
  await settle()
  expect(read().filter((row) => !before.includes(row))).toHaveLength(1)
  page.undoOrRedo('undo')
  await settle()
  expect(page.history().latest?.outcome).toBe('undone')
  expect(read()).toEqual(before)
})

test('a bulk rename of which one name was refused and discarded can be undone', async () => {
  const { page, read, settle } = setUp(({ filename }) => filename === 'Refused.mp4')
  const before = read()
  const [first, second] = page.rows()
  if (!first || !second) throw new Error('The page has fewer than two rows')
  page.rename([
    { video: first, filename: 'Refused.mp4' },
    { video: second, filename: 'Other.mp4' },
  ])
  await settle()
  page.dispatch(first, { type: 'rename.discard' })
  await settle()
  expect(read()).not.toEqual(before)
  page.undoOrRedo('undo')
  await settle()
  expect(page.history().latest?.outcome).toBe('undone')
  expect(read()).toEqual(before)
})
