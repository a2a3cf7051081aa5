import { describe, expect } from 'vitest'
import { page } from 'vitest/browser'
import { useCollapsed } from '#client/features/chapters/collapsed.store.ts'
import { button, chapterRegion, readNamesIn, videoRow } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const titles = Array.from({ length: 8 }, (_, index) => `Part ${index + 1}`)

/** Adds a course with eight chapters of 100 videos each, `1-00.mp4` to `8-99.mp4`. */
async function setUpCourse(server: TestServer) {
  const chapters = await server.addChapters(...titles)
  const names = Array.from({ length: 100 }, (_, index) => `${String(index).padStart(2, '0')}.mp4`)
  for (const [index, chapter] of chapters.entries()) {
    const assets = await server.addAssets(names.map((name) => `${index + 1}-${name}`))
    await server.addVideos(chapter.id, assets)
  }
  const [first] = chapters
  const last = chapters.at(-1)
  if (!first || !last) throw new Error('no chapters')
  return { first, last, path: `/courses/${first.courseId}` }
}

const list = 'GET /api/chapters/{chapterId}/videos'

describe('In a course with 800 videos', () => {
  test('a chapter shows its count before its list loads, and its rows once it is near', async ({
    server,
    network,
    open,
  }) => {
    const { last, path } = await setUpCourse(server)
    const hold = network.hold(list, { chapterId: last.id })
    await open(path)
    await expect.element(videoRow('1-00.mp4')).toBeVisible()
    await expect
      .element(chapterRegion('Part 8').getByRole('status'))
      .toHaveTextContent('100 videos')
    const height = document.documentElement.scrollHeight

    chapterRegion('Part 8').element().scrollIntoView()
    await expect.poll(hold.waiting).toBe(1)
    expect(readNamesIn('Part 8')()).toEqual([])
    hold.release()
    await expect.element(videoRow('8-00.mp4')).toBeVisible()
    expect(document.documentElement.scrollHeight).toBe(height)
    await expect.poll(readNamesIn('Part 1')).toEqual([])
    await expect.poll(() => readNamesIn('Part 8')().length).toBe(100)
  })

  test('the other lists are loaded while the page is idle', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    const loaded = () => network.requests.filter((request) => request.endsWith('/videos')).length
    await expect.poll(loaded).toBe(titles.length)
    expect(page.getByRole('listitem').all().length).toBeLessThan(200)
  })

  test('a video can be moved to the end of a chapter whose list has not loaded', async ({
    server,
    network,
    open,
  }) => {
    const { first, last, path } = await setUpCourse(server)
    const hold = network.hold(list, { chapterId: last.id })
    await open(path)
    await videoRow('1-00.mp4').getByRole('button', { name: 'Move 1-00.mp4' }).click()
    await page.getByRole('dialog').getByRole('option', { name: 'Part 8' }).click()
    hold.release()
    await expect.poll(async () => (await server.filenames(last.id)).at(-1)).toBe('1-00.mp4')
    expect((await server.filenames(first.id)).length).toBe(99)
  })

  test('a move to a chapter whose list can’t be loaded says so and can be retried', async ({
    server,
    network,
    open,
  }) => {
    const { first, last, path } = await setUpCourse(server)
    const refusal = network.refuse(list, { chapterId: last.id })
    await open(path)
    await videoRow('1-00.mp4').getByRole('button', { name: 'Move 1-00.mp4' }).click()
    await page.getByRole('dialog').getByRole('option', { name: 'Part 8' }).click()
    const notice = chapterRegion('Part 1').getByRole('alert')
    await expect
      .element(notice)
      .toHaveTextContent('1-00.mp4 couldn’t be moved to Part 8. Refused on purpose.')
    expect((await server.filenames(first.id)).length).toBe(100)

    refusal.lift()
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(async () => (await server.filenames(last.id)).at(-1)).toBe('1-00.mp4')
    await expect.element(notice).not.toBeInTheDocument()
  })
})

test('a chapter that was collapsed from the start mounts all rows once it is expanded', async ({
  server,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const names = Array.from({ length: 60 }, (_, index) => `${index + 10}.mp4`)
  await server.addVideos(chapter.id, await server.addAssets(names))
  useCollapsed.getState().toggle(chapter.id)
  await open(`/courses/${chapter.courseId}`)
  await expect.poll(() => readNamesIn('Basics')().length).toBeGreaterThan(0)
  await new Promise((resolve) => requestIdleCallback(resolve))
  expect(readNamesIn('Basics')().length).toBeLessThan(60)
  await button('Basics').click()
  await expect.poll(readNamesIn('Basics')).toEqual(names)
})
