import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AssetRow } from '#server/db/seed/rows.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button, expectVideos, readNamesIn } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['Lesson 10.mp4', 'Lesson 2.mp4', 'Appendix.mp4', 'lesson 1.mp4']

/** Adds a chapter whose videos are ordered from the longest to the shortest. */
async function setUpChapter(server: TestServer) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const assets: AssetRow[] = []
  for (const [index, name] of names.entries()) {
    assets.push(...(await server.addAssets([name], { durationSeconds: 100 - index })))
  }
  await server.addVideos(chapter.id, assets)
  return { chapter, path: `/courses/${chapter.courseId}` }
}

const readNames = readNamesIn('Basics')

async function sortBy(order: string) {
  await button('More actions for Basics').click()
  await page.getByRole('menuitem', { name: order }).click()
}

test('sorts a chapter by name, duration and age', async ({ server, open }) => {
  const { chapter, path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await sortBy('Name, A to Z')
  const byName = ['Appendix.mp4', 'lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4']
  await expect.poll(readNames).toEqual(byName)
  await expect.poll(() => server.filenames(chapter.id)).toEqual(byName)
  await sortBy('Name, Z to A')
  await expect.poll(readNames).toEqual([...byName].reverse())
  await sortBy('Duration, longest first')
  await expect.poll(readNames).toEqual(names)
  await sortBy('Date added, newest first')
  await expect.poll(readNames).toEqual([...names].reverse())
  await expect.poll(() => server.filenames(chapter.id)).toEqual([...names].reverse())
})

test('moves only the videos that are out of place', async ({ server, network, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await sortBy('Name, A to Z')
  await expect
    .poll(readNames)
    .toEqual(['Appendix.mp4', 'lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4'])
  const isPatch = (request: string) => request.startsWith('PATCH ')
  await expect.poll(() => network.requests.filter(isPatch)).toHaveLength(2)
  await userEvent.keyboard('{Control>}z{/Control}')
  await expect.poll(readNames).toEqual(names)
})

/** Opens the menu and waits until it has the focus and receives the keys. */
async function openMenu() {
  await userEvent.keyboard('{Enter}')
  const menu = page.getByRole('menu', { name: 'More actions for Basics' })
  await expect.element(menu).toBeVisible()
  await expect.poll(() => menu.element().contains(document.activeElement)).toBe(true)
}

test('the menu works by keyboard and then returns the focus', async ({ server, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  button('More actions for Basics').element().focus()
  await openMenu()
  // In strict mode, React Aria leaves the focus on the menu itself until a key moves it.
  await userEvent.keyboard('{End}')
  const last = page.getByRole('menuitem', { name: 'Date added, newest first' })
  await expect.element(last).toHaveFocus()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await expect.element(button('More actions for Basics')).toHaveFocus()
  await openMenu()
  await userEvent.keyboard('{End}{ArrowUp>5}{Enter}')
  await expect.poll(() => readNames()[0]).toBe('Appendix.mp4')
  await expect.element(button('More actions for Basics')).toHaveFocus()
})
