import { describe, expect } from 'vitest'
import {
  addVideos,
  getButton,
  getEditor,
  locateChapter,
  openCourse,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
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
  if (!second) throw new Error('no second video')
  await getButton(view.rowById(second.id), 'Remove').click()
  await eventually(() => api.videos(chapter.id)).toHaveLength(2)
  const expected = before.filter((video) => video !== second).map(({ id }) => id)
  expect(await view.ids()).toEqual(expected)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    before[2]?.filename,
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

test('A video that has not been sent can be removed and is never sent', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  const sent = await interceptFirst(page, batchUrls, (route) => route.fallback())
  await openCourse(page, course)
  const view = locateChapter(page)
  const removal = await holdRequests(page, videoUrls, 'DELETE')
  await getButton(view.rowById(video?.id ?? ''), 'Remove').click()
  await removal.arrived
  // The same asset, added again, has to wait for the removal.
  const [name = ''] = await addVideos(page, view, 1)
  expect(name).toBe(video?.filename)
  await view.row(name).getByText('Waiting for an earlier change to finish').waitFor()
  await getButton(view.row(name), 'Remove').click()
  expect(await view.names()).toEqual([])
  removal.release()
  await eventually(() => api.videos(chapter.id)).toEqual([])
  await eventually(() => page.getByRole('button', { name: 'Dismiss' }).count()).toBe(1)
  expect(sent).toEqual([])
})

test('A video whose removal is in flight can be added again immediately', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  await openCourse(page, course)
  const view = locateChapter(page)
  const removal = await holdRequests(page, videoUrls, 'DELETE')
  await getButton(view.rowById(video?.id ?? ''), 'Remove').click()
  await removal.arrived
  const names = await addVideos(page, view, 2)
  await eventually(view.statuses).toEqual(['optimistic', 'linked'])
  await view.rows.first().getByText('Waiting for an earlier change to finish').waitFor()
  removal.release()
  await eventually(view.statuses).toEqual(['linked', 'linked'])
  expect(await api.filenames(chapter.id)).toEqual(names)
  expect((await api.videos(chapter.id)).map(({ id }) => id)).toEqual(await view.ids())
})

test('A save in flight is aborted when its video is removed', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  await openCourse(page, course)
  const row = locateChapter(page).rowById(video?.id ?? '')
  const save = await holdRequests(page, videoUrls, 'PATCH')
  await typeFilename(row, 'Never saved')
  await getEditor(row).press('Enter')
  const request = await save.arrived
  const aborted = page.waitForEvent('requestfailed', (failed) => failed === request)
  await getButton(row, 'Remove').click()
  expect((await aborted).failure()?.errorText).toBe('net::ERR_ABORTED')
  save.release()
  await eventually(() => api.videos(chapter.id)).toEqual([])

  await page.getByRole('button', { name: 'Undo removing Never saved' }).click()
  await eventually(() => api.filenames(chapter.id)).toEqual(['Never saved'])
})
