import { expect } from 'vitest'
import {
  addVideos,
  getEditor,
  locateChapter,
  openCourse,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batchUrls, holdRequests } from '../support/e2e-traffic.ts'

const test = endToEndTest()

test('Links continue while another course is open and show their status on return', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  const elsewhere = await api.createCourse('Another course', 'Other chapter')
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  const names = await addVideos(page, view, 3)
  await batch.arrived
  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('link', { name: elsewhere.title }).first().click()
  await locateChapter(page, 'Other chapter').region.waitFor()
  expect(await view.region.count()).toBe(0)

  await page.getByRole('link', { name: 'Courses' }).click()
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(view.statuses).toEqual(['linking', 'linking', 'linking'])
  expect(await view.names()).toEqual(names)

  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  batch.release()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await view.names()).toEqual(names)
})

test('Links continue in a collapsed chapter', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  const names = await addVideos(page, view, 3)
  await view.toggle.click()
  expect(await view.rows.count()).toBe(0)
  batch.release()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await view.toggle.click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await view.names()).toEqual(names)
})

test('A half-typed filename is kept until the user returns', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const view = locateChapter(page)
  await typeFilename(view.rows.first(), 'Half typed')
  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(() => getEditor(view.rows.first()).inputValue()).toBe('Half typed')
})
