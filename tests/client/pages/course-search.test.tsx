import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  expectStatus,
  pickVideos,
  renameVideo,
  statusLine,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const searchBox = () => page.getByRole('searchbox', { name: 'Search this course' })
const dialog = () => page.getByRole('dialog', { name: 'Search this course' })
const status = () => dialog().getByRole('status')

/** Reads the names and chapters of the results, in order, and the highlighted parts of names. */
const readResults = () =>
  [...document.querySelectorAll('[role="option"]')].map((option) => ({
    text: [...option.querySelectorAll('bdi, bdi + span')].map(({ textContent }) => textContent),
    marked: [...option.querySelectorAll('mark')].map(({ textContent }) => textContent),
  }))

async function setUpCourse(server: TestServer, moreNames: readonly string[] = ['Łódź.mp4']) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const basicsNames = ['Intro.mp4', 'Lesson 1.mp4', 'Lesson 2.mp4']
  const assets = await server.addAssets([...basicsNames, ...moreNames, 'Lesson new.mp4'])
  await server.addVideos(basics.id, assets.slice(0, basicsNames.length))
  await server.addVideos(more.id, assets.slice(basicsNames.length, -1))
  return { more, path: `/courses/${basics.courseId}` }
}

/** Opens the search by its key, once the rows are shown. */
async function openSearch() {
  await expectStatus('Intro.mp4', 'linked')
  await userEvent.keyboard('/')
  await expect.element(searchBox()).toHaveFocus()
}

test('finds names in all chapters, regardless of case and accents', async ({ server, open }) => {
  await open((await setUpCourse(server)).path)
  await openSearch()
  await expect.element(status()).toHaveTextContent('Search by video name.')
  await userEvent.keyboard('LESSON')
  await expect.poll(readResults).toEqual([
    { text: ['Lesson 1.mp4', 'Basics'], marked: ['Lesson'] },
    { text: ['Lesson 2.mp4', 'Basics'], marked: ['Lesson'] },
  ])
  await expect.element(status()).toHaveTextContent('2 videos')
  await expectAccessible()
  await searchBox().fill('mp4 lodz')
  await expect.poll(readResults).toEqual([{ text: ['Łódź.mp4', 'More'], marked: ['Łódź', 'mp4'] }])
  await searchBox().fill('nothing')
  await expect.element(status()).toHaveTextContent('No matching videos.')
  await expect.poll(readResults).toEqual([])
})

test('Enter goes to the row, even in a collapsed chapter, and highlights it', async ({
  server,
  open,
}) => {
  await open((await setUpCourse(server)).path)
  await expectStatus('Łódź.mp4', 'linked')
  await button('More').click()
  await openSearch()
  await userEvent.keyboard('lod')
  await expect.poll(() => readResults().length).toBe(1)
  await userEvent.keyboard('{Enter}')
  await expect.element(videoRow('Łódź.mp4')).toHaveFocus()
  await expect.element(videoRow('Łódź.mp4')).toHaveAttribute('data-found')
  expect(
    [...(CSS.highlights.get('found') ?? [])].map(({ startOffset, endOffset }) => [
      startOffset,
      endOffset,
    ]),
  ).toEqual([[0, 3]])
  await expectAccessible()
  await userEvent.keyboard('{Tab}')
  await expect.element(videoRow('Łódź.mp4')).toHaveAttribute('data-found')
  button('Basics').element().focus()
  await expect.element(videoRow('Łódź.mp4')).not.toHaveAttribute('data-found')
  expect(CSS.highlights.has('found')).toBe(false)
})

test('arrow keys move through the results, and a click goes to a row, too', async ({
  server,
  open,
}) => {
  await open((await setUpCourse(server)).path)
  await openSearch()
  await userEvent.keyboard('lesson')
  await expect.poll(() => readResults().length).toBe(2)
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(videoRow('Lesson 2.mp4')).toHaveFocus()
  await button('Search this course').click()
  await userEvent.keyboard('intro')
  await page.getByRole('option', { name: 'Intro.mp4 Basics' }).click()
  await expect.element(videoRow('Intro.mp4')).toHaveFocus()
})

test('Escape restores the focus', async ({ server, open }) => {
  await open((await setUpCourse(server)).path)
  await expectStatus('Lesson 2.mp4', 'linked')
  button('Rename Lesson 2.mp4').element().focus()
  await openSearch()
  await userEvent.keyboard('intro{ArrowDown}{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(button('Rename Lesson 2.mp4')).toHaveFocus()
})

test('finds unsaved videos by their new names', async ({ server, network, open }) => {
  await open((await setUpCourse(server)).path)
  network.hold('POST /api/chapters/{chapterId}/videos/batch')
  await (await pickVideos('More', 'Lesson new.mp4')).click()
  await renameVideo('Lesson new.mp4', 'Zebra.mp4')
  await openSearch()
  await userEvent.keyboard('zebra')
  await expect.poll(readResults).toEqual([{ text: ['Zebra.mp4', 'More'], marked: ['Zebra'] }])
})

test('lists that are still loading are searched as soon as they arrive', async ({
  server,
  network,
  open,
}) => {
  const { path } = await setUpCourse(server)
  const hold = network.hold('GET /api/chapters/{chapterId}/videos')
  await open(path)
  await expect.element(button('Basics')).toBeVisible()
  await userEvent.keyboard('/')
  await expect.element(searchBox()).toHaveFocus()
  await userEvent.keyboard('lesson')
  await expect.element(status()).toHaveTextContent('No matching videos. Loading 2 chapters…')
  hold.release()
  await expect.poll(() => readResults().length).toBe(2)
  await expect.element(status()).toHaveTextContent(/^2 videos$/)
})

test('a long list of results is truncated, and goes to rows that are not mounted', async ({
  server,
  open,
}) => {
  const many = Array.from({ length: 400 }, (_, index) => `Part ${index + 1}.mp4`)
  await open((await setUpCourse(server, many)).path)
  await expect.element(statusLine('More')).toHaveTextContent('400 videos')
  await openSearch()
  await userEvent.keyboard('part 3')
  const count = many.filter((name) => /3/.test(name.replace('mp4', ''))).length
  await expect.element(status()).toHaveTextContent(`Showing the first 50 of ${count} videos`)
  expect(readResults()).toHaveLength(50)
  await userEvent.keyboard('99')
  await expect.poll(() => readResults().length).toBe(1)
  await userEvent.keyboard('{Enter}')
  await expect.element(videoRow('Part 399.mp4')).toHaveFocus()
  await expect.element(videoRow('Part 399.mp4')).toBeVisible()
})
