import { expect } from 'vitest'
import type { Video } from '#contract/videos.ts'
import { expectAccessible } from '../support/e2e-axe.ts'
import {
  addVideos,
  getButton,
  getEditor,
  locateChapter,
  openCourse,
  openLibrary,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import {
  batchUrls,
  holdRequests,
  interceptFirst,
  parseLinks,
  videoUrls,
} from '../support/e2e-traffic.ts'

const test = endToEndTest()

const refusal = { type: '/problems/link-refused', title: 'No', status: 403, detail: 'Not today.' }

test('The course list, full and empty', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Drawing from life' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Rename course Drawing from life' }).click()
  await page.getByRole('textbox', { name: 'Course title', exact: true }).fill(' ')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await expectAccessible(page)
  // A course whose title is being typed would stay.
  await page.keyboard.press('Escape')

  await page.route('**/api/courses', (route) => route.fulfill({ json: { courses: [] } }))
  await page.reload()
  await page.getByText('No courses yet').waitFor()
  await expectAccessible(page)
})

test('A missing page, one that failed to load, and one that is loading', async ({
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('404|500'))
  await page.goto('/nothing')
  await page.getByText('This page doesn’t exist').waitFor()
  await expectAccessible(page)

  await page.route('**/api/courses', (route) => route.fulfill({ status: 500, body: '' }))
  await page.goto('/')
  await page.getByRole('heading', { name: 'This page couldn’t be loaded' }).waitFor()
  await expectAccessible(page)
  await page.unroute('**/api/courses')

  const courses = await holdRequests(page, '**/api/courses')
  await page.goto('/')
  await page.getByRole('status', { name: 'Loading' }).waitFor()
  await expectAccessible(page)
  courses.release()
})

test('A course without chapters, and one with empty chapters', async ({ api, page }) => {
  await openCourse(page, await api.createCourse('Empty course'))
  await page.getByText('No chapters yet').waitFor()
  await expectAccessible(page)
  const { course } = await createCourse(api, 'Chapter', 'Another')
  await openCourse(page, course)
  await eventually(() => page.getByText('No videos yet').count()).toBe(2)
  await expectAccessible(page)
})

test('Rows that are linking, retrying, failed, edited and renamed before their link', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(503))
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  await interceptFirst(page, batchUrls, async (route) => {
    await batch.opened
    const [{ id } = { id: '' }] = parseLinks(route.request())
    await route.fulfill({ body: JSON.stringify({ id, status: 403, problem: refusal }) })
  })
  await addVideos(page, view, 4)
  await eventually(view.statuses).toEqual(['linking', 'linking', 'linking', 'linking'])
  await typeFilename(view.rows.nth(1), 'Waits')
  await getEditor(view.rows.nth(1)).press('Enter')
  await typeFilename(view.rows.nth(2), '')
  await getEditor(view.rows.nth(2)).press('Enter')
  await view.rows.nth(2).getByRole('alert').waitFor()
  await expectAccessible(page)

  await page.route(batchUrls, (route) => route.fulfill({ status: 503, body: '' }))
  batch.release()
  await view.rows.first().getByText('Not linked: Not today.').waitFor()
  await view.rows.getByText('trying again').first().waitFor()
  await view.retryFailed.waitFor()
  await expectAccessible(page)
})

test('Rows that are linked, in conflict, unsaved and removed', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('409|403'))
  const { course, chapter } = await createCourse(api)
  const videos = await api.link(chapter.id, await api.media(5))
  await openCourse(page, course)
  const view = locateChapter(page)
  const [conflicting, unsaved, removed] = videos.map(({ id }) => view.rowById(id))
  if (!conflicting || !unsaved || !removed) throw new Error('no rows')
  await typeFilename(conflicting, 'Mine')
  await api.change(videos[0] as Video, { filename: 'Theirs' })
  await getEditor(conflicting).press('Enter')
  await conflicting.getByText('Renamed by someone else').waitFor()
  await interceptFirst(page, videoUrls, (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', json: refusal }),
  )
  await typeFilename(unsaved, 'Unsaved')
  await getEditor(unsaved).press('Enter')
  await unsaved.getByText('New name not saved: Not today.').waitFor()
  await getButton(removed, 'Remove').click()
  await page.getByRole('button', { name: /^Undo removing/ }).waitFor()
  await expectAccessible(page)
})

test('Selected rows and the current chapter in forced colours', async ({ api, page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  const { course, chapter } = await createCourse(api, 'Chapter', 'Another')
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const { rows } = locateChapter(page)
  await rows.first().click()
  await page.locator('[data-selected]').waitFor()
  const readOutline = (row: Element) => getComputedStyle(row).outlineStyle
  await eventually(() => rows.nth(1).evaluate(readOutline)).toBe('none')
  await page.getByRole('button', { name: /^Rename course/ }).focus()
  expect(await rows.first().evaluate(readOutline)).toBe('solid')
  const items = page.getByRole('grid', { name: 'Chapters' }).getByRole('row')
  const readBorder = (item: Element) => getComputedStyle(item).borderLeftColor
  const [current, other] = await Promise.all([
    items.first().evaluate(readBorder),
    items.nth(1).evaluate(readBorder),
  ])
  expect(current).not.toBe(other)
  await expectAccessible(page)
})

test('A course at 400 % zoom, without horizontal scrolling', async ({ api, page }) => {
  await page.setViewportSize({ width: 320, height: 256 })
  const { course, chapter } = await createCourse(api)
  const [asset, ...others] = await api.media(3)
  if (!asset) throw new Error('no assets')
  await api.link(chapter.id, [{ ...asset, filename: `${'Long name '.repeat(20)}.mp4` }, ...others])
  await openCourse(page, course)
  const view = locateChapter(page)
  await typeFilename(view.rows.nth(1), 'Half-typed')
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  await expectAccessible(page)
})

test('The media library, the player and the confirmation of a removal', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const view = locateChapter(page)
  await view.rows.first().waitFor()
  const library = await openLibrary(page, view)
  // Not at the point where Add videos was just pressed, which would make this a double press.
  await library.tiles.nth(2).click()
  await eventually(() => library.status.textContent()).toContain('1 selected')
  await expectAccessible(page)
  await library.search.fill('no such video')
  await library.dialog.getByText('No videos match').waitFor()
  await expectAccessible(page)
  // The first Escape clears the search.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await getButton(view.rows.first(), 'Play').click()
  await page.locator('video').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Remove chapter Chapter' }).click()
  await page.getByRole('alertdialog').waitFor()
  await expectAccessible(page)
})

test('The statecharts, in every mode', async ({ api, page }) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  await addVideos(page, locateChapter(page), 1)
  // Follow a link instead of reloading, so that there are actors to watch.
  await page.getByRole('link', { name: 'Statecharts' }).click()
  for (const mode of ['Read', 'Live', 'Simulate', 'Coverage', 'Replay']) {
    await page.getByRole('radio', { name: mode, exact: true }).click()
    await page.locator('svg [data-state-id="video"]').waitFor()
    if (mode === 'Live')
      await page
        .getByRole('list', { name: 'Actors' })
        .getByRole('button', { name: /linked$/ })
        .click()
    if (mode === 'Coverage') {
      await page.getByLabel('Coverage report').setInputFiles(emptyFile)
      await page.getByRole('alert').waitFor()
    }
    await expectAccessible(page)
  }
})

const emptyFile = { name: 'empty.json', mimeType: 'application/json', buffer: Buffer.from('{}') }
