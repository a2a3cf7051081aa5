import { describe, expect } from 'vitest'
import type { Video } from '#contract/videos.ts'
import {
  addVideos,
  getButton,
  getEditor,
  locateChapter,
  locateFirstRows,
  openCourse,
  pauseClock,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import {
  batchUrls,
  failRequests,
  holdRequests,
  interceptFirst,
  parseLinks,
  videoUrls,
} from '../support/e2e-traffic.ts'

const test = endToEndTest()

describe('A filename saved before the link is confirmed', () => {
  test('is shown at once, marked as waiting, and sent after the link, also for several videos', async ({
    api,
    page,
  }) => {
    const { course, chapter } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const batch = await holdRequests(page, batchUrls)
    const names = await addVideos(page, view, 3)
    const [first, second] = await locateFirstRows(view)
    await typeFilename(first, 'First')
    await typeFilename(second, 'Second')
    expect(await view.region.getByRole('textbox', { name: 'Filename' }).count()).toBe(2)
    await getEditor(second).press('Enter')
    await getEditor(first).press('Enter')
    expect(await view.names()).toEqual(['First', 'Second', names[2]])
    await eventually(() =>
      view.region.getByText('New name will be saved once linked').count(),
    ).toBe(2)
    batch.release()
    await eventually(() => api.filenames(chapter.id)).toEqual(['First', 'Second', names[2]])
    await eventually(() => view.region.getByText('New name').count()).toBe(0)
    expect(await view.names()).toEqual(['First', 'Second', names[2]])
  })

  test('survives a failed link and its retry', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const batch = await holdRequests(page, batchUrls)
    const refusal = {
      type: '/problems/link-refused',
      title: 'No',
      status: 403,
      detail: 'Not today.',
    }
    const requests = await interceptFirst(page, batchUrls, async (route) => {
      const [{ id } = { id: '' }] = parseLinks(route.request())
      await batch.opened
      await route.fulfill({ body: JSON.stringify({ id, status: 403, problem: refusal }) })
    })
    const [name] = await addVideos(page, view, 1)
    const [row] = await locateFirstRows(view)
    await typeFilename(row, 'My name')
    await getEditor(row).press('Enter')
    batch.release()
    await eventually(view.statuses).toEqual(['failed'])
    expect(await view.names()).toEqual(['My name'])
    await row.getByText('New name will be saved once linked').waitFor()

    await getButton(row, 'Retry').click()
    await eventually(() => api.filenames(chapter.id)).toEqual(['My name'])
    expect(await view.names()).toEqual(['My name'])
    expect(requests.flatMap(parseLinks).map(({ filename }) => filename)).toEqual([name, name])
  })
})

describe('A filename that was changed elsewhere meanwhile', () => {
  test.for([
    { choice: 'Mine: Mine', result: 'Mine' },
    { choice: 'Theirs: Theirs', result: 'Theirs' },
  ])(
    'lets the user choose on the row: $choice',
    async ({ choice, result }, { api, page, expectedErrors }) => {
      expectedErrors.push(loadError(409))
      const { course, chapter } = await createCourse(api)
      const [video] = await api.link(chapter.id, await api.media(1))
      await openCourse(page, course)
      const [row] = await locateFirstRows(locateChapter(page))
      await typeFilename(row, 'Mine')
      await api.change(video as Video, { filename: 'Theirs' })
      await getEditor(row).press('Enter')
      await row.getByText('Renamed by someone else').waitFor()
      expect(await api.filenames(chapter.id)).toEqual(['Theirs'])
      await row.getByRole('button', { name: 'Mine: Mine' }).waitFor()
      await row.getByRole('button', { name: 'Theirs: Theirs' }).waitFor()

      await row.getByRole('button', { name: choice }).click()
      await eventually(() => row.getByText('Renamed by someone else').count()).toBe(0)
      await eventually(() => api.filenames(chapter.id)).toEqual([result])
      expect(await row.getAttribute('aria-label')).toBe(result)
    },
  )

  test('is no conflict if only the position was changed', async ({ api, page, expectedErrors }) => {
    expectedErrors.push(loadError(409))
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(2))
    await openCourse(page, course)
    const [row] = await locateFirstRows(locateChapter(page))
    await typeFilename(row, 'Mine')
    await api.change(video as Video, { position: 'a9' })
    await getEditor(row).press('Enter')
    await eventually(async () => (await api.filenames(chapter.id)).at(-1)).toBe('Mine')
  })
})

describe('A save without an answer', () => {
  test('keeps the text and is retried automatically', async ({ api, page, expectedErrors }) => {
    expectedErrors.push(loadError(500))
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(1))
    await page.clock.install()
    await openCourse(page, course)
    const [row] = await locateFirstRows(locateChapter(page))
    const requests = await interceptFirst(page, videoUrls, (route) =>
      route.fulfill({ status: 500, body: '' }),
    )
    await typeFilename(row, 'Kept')
    await pauseClock(page)
    await getEditor(row).press('Enter')
    await row.getByText('New name not saved yet; trying again').waitFor()
    expect(await row.getAttribute('aria-label')).toBe('Kept')
    expect(await api.filenames(chapter.id)).toEqual([video?.filename])
    await page.clock.resume()
    await eventually(() => api.filenames(chapter.id)).toEqual(['Kept'])
    await eventually(() => row.getByText('New name').count()).toBe(0)
    expect(requests).toHaveLength(2)
  })

  test('is reported after five tries and can be retried at once', async ({
    api,
    page,
    expectedErrors,
  }) => {
    expectedErrors.push(loadError(503))
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(1))
    await page.clock.install()
    await openCourse(page, course)
    const [row] = await locateFirstRows(locateChapter(page))
    const outage = await failRequests(page, videoUrls)
    await typeFilename(row, 'Kept')
    await pauseClock(page)
    await getEditor(row).press('Enter')
    for (const tries of [1, 2, 3, 4, 5]) {
      await eventually(outage.count).toBe(tries)
      if (tries < 5) {
        await row.getByText('New name not saved yet; trying again').waitFor()
        await page.clock.fastForward(10_000)
      }
    }
    const reason = 'The server sent an unexpected response (503). Try again in a moment.'
    await row.getByText(`New name not saved: ${reason}`).waitFor()
    await row.getByRole('button', { name: `Revert to ${video?.filename}` }).waitFor()
    outage.end()
    await page.clock.resume()
    await row.getByRole('button', { name: 'Try again' }).click()
    await eventually(() => api.filenames(chapter.id)).toEqual(['Kept'])
    await eventually(() => row.getByText('New name').count()).toBe(0)
  })
})

test('Six names saved during an outage are all sent automatically afterwards', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(503))
  const { course, chapter } = await createCourse(api)
  const videos = await api.link(chapter.id, await api.media(6))
  await openCourse(page, course)
  const view = locateChapter(page)
  for (const [index, { id }] of videos.entries()) {
    await typeFilename(view.rowById(id), `Name ${index + 1}`)
  }
  const outage = await failRequests(page, videoUrls)
  const forms = view.rows.locator('form')
  await forms.evaluateAll((all: HTMLFormElement[]) => {
    for (const form of all) form.requestSubmit()
  })
  await eventually(outage.count).toBeGreaterThanOrEqual(6)
  outage.end()
  const names = [1, 2, 3, 4, 5, 6].map((number) => `Name ${number}`)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await eventually(() => view.region.getByText('New name').count()).toBe(0)
  expect(await view.names()).toEqual(names)
})

test('A name saved for a video that was removed elsewhere is sent when the video is restored', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(410))
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  await openCourse(page, course)
  const [row] = await locateFirstRows(locateChapter(page))
  await typeFilename(row, 'Mine')
  await api.remove(video as Video)
  await getEditor(row).press('Enter')
  await row.getByText('Removed by someone else.').waitFor()
  expect(await api.videos(chapter.id)).toEqual([])

  await row.getByRole('button', { name: 'Restore video' }).click()
  await eventually(() => api.filenames(chapter.id)).toEqual(['Mine'])
  await eventually(() => row.getByText(/New name|Removed/).count()).toBe(0)
  expect((await api.videos(chapter.id)).map(({ id }) => id)).toEqual([video?.id])
})
