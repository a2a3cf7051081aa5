import { expect } from 'vitest'
import {
  hasFocus,
  locateChapter,
  locateLibrary,
  openCourse,
  openLibrary,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

const test = endToEndTest()

/** A name in the demo, with combining accents. */
const cake = 'Crème brûlée – étape 2 (à la maison).mp4'.normalize('NFD')

test('Searching filters the library and keeps the picks', async ({ api, page }) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const library = await openLibrary(page, locateChapter(page))
  await library.search.fill('creme')
  await eventually(library.names).toEqual([cake])
  await library.tiles.first().click()
  await library.search.fill('intro')
  await eventually(library.names).toEqual(['intro.mp4', 'intro.mp4'])
  await library.tiles.last().click()
  await eventually(() => library.status.textContent()).toMatch(/^2 videos · 2 selected, /)

  await library.search.fill('no such video')
  await library.dialog.getByText('No videos match “no such video”').waitFor()
  await library.dialog.getByRole('button', { name: 'Clear search' }).click()
  await eventually(() => library.tiles.count()).toBeGreaterThan(20)
  await library.dialog.getByRole('button', { name: 'Add 2 videos' }).click()
  await eventually(locateChapter(page).names).toEqual([cake, 'intro.mp4'])
})

test('Shift picks a range, and every pick shows its number', async ({ api, page }) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const library = await openLibrary(page, locateChapter(page))
  await library.tiles.nth(8).click()
  await library.tiles.nth(2).click()
  await library.tiles.nth(5).click({ modifiers: ['Shift'] })
  const numbers = () =>
    library.tiles.evaluateAll((tiles) =>
      tiles
        .slice(0, 10)
        .map(
          (tile) =>
            [...tile.querySelectorAll('span')]
              .map(({ textContent }) => /^Position (\d+)$/.exec(textContent)?.[1])
              .filter(Boolean)[0],
        ),
    )
  await eventually(numbers).toEqual([
    undefined,
    undefined,
    '2',
    '3',
    '4',
    '5',
    undefined,
    undefined,
    '1',
    undefined,
  ])
  await library.tiles.nth(8).click()
  await eventually(async () => (await numbers()).slice(2, 6)).toEqual(['1', '2', '3', '4'])
  await library.dialog.getByRole('button', { name: 'Add 4 videos' }).waitFor()
})

test('Videos that are already in the chapter are marked and can’t be picked', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  const [linked] = await api.link(chapter.id, await api.media(1))
  await openCourse(page, course)
  await locateChapter(page).rows.first().waitFor()
  const library = await openLibrary(page, locateChapter(page))
  const tile = library.tile(linked?.mediaId ?? '')
  await tile.getByText('In this chapter').waitFor()
  expect(await tile.getAttribute('aria-disabled')).toBe('true')
  await tile.click({ force: true })
  await library.tiles.nth(1).click()
  await page.keyboard.press('Shift+ArrowRight')
  await eventually(() => library.status.textContent()).toMatch(/ · 2 selected, [\d:]+$/)
  expect(await tile.getAttribute('aria-selected')).not.toBe('true')
})

test('Videos are searched, picked and added with the keyboard alone', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  await locateChapter(page).addVideos.focus()
  await page.keyboard.press('Enter')
  const library = locateLibrary(page)
  await library.tiles.first().waitFor()
  await eventually(() => library.search.evaluate(hasFocus)).toBe(true)
  await page.keyboard.type('intro')
  await eventually(library.names).toEqual(['intro.mp4', 'intro.mp4'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await eventually(() => library.status.textContent()).toMatch(/^2 videos · 2 selected, /)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await eventually(() => api.filenames(chapter.id)).toEqual(['intro.mp4', 'intro.mp4'])
})

test('Escape closes the library, and the picks are still there when it is reopened', async ({
  api,
  page,
}) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const library = await openLibrary(page, view)
  await library.tiles.nth(3).click()
  await page.keyboard.press('Escape')
  await library.dialog.waitFor({ state: 'detached' })
  await eventually(() => view.addVideos.evaluate(hasFocus)).toBe(true)
  await openLibrary(page, view)
  await library.dialog.getByRole('button', { name: 'Add 1 video' }).waitFor()
})
