import { describe, expect } from 'vitest'
import {
  addVideos,
  getButton,
  locateChapter,
  openCourse,
  preloadLibrary,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import {
  batchUrls,
  holdRequests,
  holdResponses,
  interceptFirst,
  parseLinks,
  videoUrls,
} from '../support/e2e-traffic.ts'

const test = endToEndTest()

describe('A video that is removed while its link is in flight stays removed', () => {
  test('when the removal arrives first', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const batch = await holdRequests(page, batchUrls)
    const names = await addVideos(page, view, 3)
    const [link] = parseLinks(await batch.arrived)
    await eventually(view.statuses).toEqual(['linking', 'linking', 'linking'])

    const removal = page.waitForResponse(videoUrls)
    await getButton(view.row(names[0] ?? ''), 'Remove').click()
    expect(await view.names()).toEqual(names.slice(1))
    expect((await removal).status()).toBe(204)
    batch.release()
    await eventually(view.statuses).toEqual(['linked', 'linked'])
    await eventually(() => view.status.textContent()).toBe('2 of 2 linked')

    expect(await api.filenames(chapter.id)).toEqual(names.slice(1))
    const { id, ...content } = link ?? {}
    const late = await api.send(`PUT /api/chapters/${chapter.id}/videos/${id}`, content)
    expect(late.status).toBe(410)
  })

  test('when the link arrives first', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const batch = await holdResponses(page, batchUrls)
    const removal = await holdRequests(page, videoUrls, 'DELETE')
    const names = await addVideos(page, view, 2)
    await batch.answered
    expect(await api.filenames(chapter.id)).toEqual(names)

    await getButton(view.row(names[0] ?? ''), 'Remove').click()
    await removal.arrived
    expect(await view.names()).toEqual(names.slice(1))
    batch.release()
    await eventually(view.statuses).toEqual(['linked'])
    removal.release()
    await eventually(() => api.filenames(chapter.id)).toEqual(names.slice(1))
    expect(await view.names()).toEqual(names.slice(1))
  })
})

test('Undoing a removal restores id, name and place', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  const before = await api.link(chapter.id, (await api.media()).slice(-3))
  await openCourse(page, course)
  const view = locateChapter(page)
  const [, second] = before
  if (!second) throw new Error('There is no second video')
  await getButton(view.rowById(second.id), 'Remove').click()
  await eventually(() => api.videos(chapter.id)).toHaveLength(2)
  const expected = before.filter((video) => video !== second).map(({ id }) => id)
  expect(await view.ids()).toEqual(expected)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    `Remove ${before[2]?.filename}`,
  )

  await page.getByRole('button', { name: `Undo removing ${second.filename}` }).click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await view.ids()).toEqual(before.map(({ id }) => id))
  expect((await api.videos(chapter.id)).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})

test('A removal that is undone while in flight leaves the video linked', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  const removal = await holdRequests(page, videoUrls, 'DELETE')
  const [name = ''] = await addVideos(page, view, 1)
  await batch.arrived
  await getButton(view.row(name), 'Remove').click()
  await removal.arrived
  await page.getByRole('button', { name: `Undo removing ${name}` }).click()
  expect(await view.statuses()).toEqual(['linking'])
  removal.release()
  batch.release()
  await eventually(view.statuses).toEqual(['linked'])
  expect(await api.filenames(chapter.id)).toEqual([name])
})

test('A failed video can be removed', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const problem = { type: '/problems/link-refused', title: 'No', status: 403, detail: 'Not today.' }
  await interceptFirst(page, batchUrls, (route) =>
    route.fulfill({
      contentType: 'application/x-ndjson',
      body: parseLinks(route.request())
        .map(({ id }) => `${JSON.stringify({ id, status: 403, problem })}\n`)
        .join(''),
    }),
  )
  const names = await addVideos(page, view, 2)
  await eventually(view.statuses).toEqual(['failed', 'failed'])
  await getButton(view.row(names[0] ?? ''), 'Remove').click()
  expect(await view.names()).toEqual(names.slice(1))
  await view.retryFailed.click()
  await eventually(() => view.status.textContent()).toBe('1 of 1 linked')
  expect(await api.filenames(chapter.id)).toEqual(names.slice(1))
})

test('A video that is removed before its link was sent is never sent', async ({
  api,
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_INTERNET_DISCONNECTED'))
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  await preloadLibrary(page, view)
  await context.setOffline(true)
  const names = await addVideos(page, view, 2)
  await eventually(() => view.rows.getByText('Waiting for the connection').count()).toBe(2)
  await getButton(view.row(names[0] ?? ''), 'Remove').click()
  expect(await view.names()).toEqual(names.slice(1))

  const batch = page.waitForRequest(batchUrls)
  await context.setOffline(false)
  expect(parseLinks(await batch).map(({ filename }) => filename)).toEqual(names.slice(1))
  await eventually(view.statuses).toEqual(['linked'])
  expect(await api.filenames(chapter.id)).toEqual(names.slice(1))
})
