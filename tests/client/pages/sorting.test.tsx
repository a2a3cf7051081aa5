import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AssetRow } from '#server/db/seed/rows.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button, expectVideos, shownIn } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['Lesson 10.mp4', 'Lesson 2.mp4', 'Appendix.mp4', 'lesson 1.mp4']

/** A chapter whose videos get longer from the last to the first. */
async function setUpChapter(server: TestServer) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('A chapter was to be added')
  const assets: AssetRow[] = []
  for (const [index, name] of names.entries()) {
    assets.push(...(await server.addAssets([name], { durationSeconds: 100 - index })))
  }
  await server.addVideos(chapter.id, assets)
  return { chapter, path: `/courses/${chapter.courseId}` }
}

const shown = shownIn('Basics')

async function sortBy(order: string) {
  await button('More for Basics').click()
  await page.getByRole('menuitem', { name: order }).click()
}

test('a chapter is sorted by name, duration and age', async ({ server, open }) => {
  const { chapter, path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await sortBy('Name, A to Z')
  const byName = ['Appendix.mp4', 'lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4']
  await expect.poll(shown).toEqual(byName)
  await expect.poll(() => server.filenames(chapter.id)).toEqual(byName)
  await sortBy('Name, Z to A')
  await expect.poll(shown).toEqual([...byName].reverse())
  await sortBy('Duration, longest first')
  await expect.poll(shown).toEqual(names)
  await sortBy('Date added, newest first')
  await expect.poll(shown).toEqual([...names].reverse())
  await expect.poll(() => server.filenames(chapter.id)).toEqual([...names].reverse())
})

test('only the videos that stand wrong are moved', async ({ server, network, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await sortBy('Name, A to Z')
  await expect
    .poll(shown)
    .toEqual(['Appendix.mp4', 'lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4'])
  const isPatch = (request: string) => request.startsWith('PATCH ')
  await expect.poll(() => network.requests.filter(isPatch)).toHaveLength(2)
  await userEvent.keyboard('{Control>}z{/Control}')
  await expect.poll(shown).toEqual(names)
})

/** The keys that follow are the menu's once it has the focus. */
async function openMenu() {
  await userEvent.keyboard('{Enter}')
  const menu = page.getByRole('menu', { name: 'More for Basics' })
  await expect.element(menu).toBeVisible()
  await expect.poll(() => menu.element().contains(document.activeElement)).toBe(true)
}

test('the menu works by keyboard, and gives the focus back', async ({ server, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  button('More for Basics').element().focus()
  await openMenu()
  // In strict mode, React Aria leaves the focus at the menu until it moves.
  await userEvent.keyboard('{End}')
  const last = page.getByRole('menuitem', { name: 'Date added, newest first' })
  await expect.element(last).toHaveFocus()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await expect.element(button('More for Basics')).toHaveFocus()
  await openMenu()
  await userEvent.keyboard('{End}{ArrowUp>5}{Enter}')
  await expect.poll(() => shown()[0]).toBe('Appendix.mp4')
  await expect.element(button('More for Basics')).toHaveFocus()
})
