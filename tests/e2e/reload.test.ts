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

test('After a reload, links without an answer are shown and go on', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  const names = await addVideos(page, view, 10)
  await batch.arrived
  await page.reload()
  await eventually(view.names).toEqual(names)
  await eventually(view.statuses).toEqual(names.map(() => 'linking'))
  batch.release()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await eventually(view.statuses).toEqual(names.map(() => 'linked'))
  expect(await view.names()).toEqual(names)
})

test('After a reload, a name goes on being typed where it was left', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const view = locateChapter(page)
  await typeFilename(view.rows.first(), 'Half typed')
  const editor = getEditor(view.rows.first())
  await editor.press('ArrowLeft')
  await editor.press('ArrowLeft')
  await page.reload()
  await eventually(() => editor.inputValue()).toBe('Half typed')
  await page.keyboard.type('-')
  await eventually(() => editor.inputValue()).toBe('Half typ-ed')
})

test('After a reload, what was done can still be undone', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const names = await addVideos(page, view, 3)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await page.reload()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await eventually(view.names).toEqual([])
  await eventually(() => api.filenames(chapter.id)).toEqual([])
  await page.reload()
  await page.getByRole('button', { name: /^Redo/ }).click()
  await eventually(view.names).toEqual(names)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
})
