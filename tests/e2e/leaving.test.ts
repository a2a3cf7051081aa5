import { expect } from 'vitest'
import { addVideos, chapterOn, editorIn, openCourse, typeFilename } from '../support/e2e-course.ts'
import { courseWith, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batches, hold } from '../support/e2e-traffic.ts'

const test = endToEndTest()

test('Links go on while another course is open, and their state is there on return', async ({
  api,
  page,
}) => {
  const { course, chapter } = await courseWith(api)
  const elsewhere = await api.createCourse('Another course', 'Other chapter')
  await openCourse(page, course)
  const view = chapterOn(page)
  const batch = await hold(page, batches)
  const names = await addVideos(page, view, 3)
  await batch.arrived
  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('link', { name: elsewhere.title }).first().click()
  await chapterOn(page, 'Other chapter').region.waitFor()
  expect(await view.region.count()).toBe(0)

  await page.getByRole('link', { name: 'Courses' }).click()
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(view.statuses).toEqual(['linking', 'linking', 'linking'])
  expect(await view.names()).toEqual(names)

  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  batch.letGo()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await view.names()).toEqual(names)
})

test('Links go on in a collapsed chapter', async ({ api, page }) => {
  const { course, chapter } = await courseWith(api)
  await openCourse(page, course)
  const view = chapterOn(page)
  const batch = await hold(page, batches)
  const names = await addVideos(page, view, 3)
  await view.toggle.click()
  expect(await view.rows.count()).toBe(0)
  batch.letGo()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await view.toggle.click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await view.names()).toEqual(names)
})

test('What is typed is there on return', async ({ api, page }) => {
  const { course, chapter } = await courseWith(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const view = chapterOn(page)
  await typeFilename(view.rows.first(), 'Half typed')
  await page.getByRole('link', { name: 'Courses' }).click()
  await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  await page.locator(`a[href$="${course.id}"]`).click()
  await eventually(() => editorIn(view.rows.first()).inputValue()).toBe('Half typed')
})
