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
  failEachInTurn,
  holdRequests,
  interceptFirst,
  parseLinks,
} from '../support/e2e-traffic.ts'

const test = endToEndTest()
const testWithCuts = endToEndTest('latency=20-200,drop=0.2,seed=5')

const cut = loadError('net::ERR_')

testWithCuts(
  'Cut connections leave one row for each video, in order',
  async ({ api, page, expectedErrors }) => {
    expectedErrors.push(cut)
    const { course, chapter } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const requests = await interceptFirst(page, batchUrls, (route) => route.fallback())
    const names = await addVideos(page, view, 10)
    await eventually(() => view.status.textContent()).toBe('10 of 10 linked')
    expect(requests.length).toBeGreaterThan(1)
    expect(await api.filenames(chapter.id)).toEqual(names)
    const sentIds = new Set(requests.flatMap(parseLinks).map(({ id }) => id))
    expect([...sentIds]).toEqual((await api.videos(chapter.id)).map(({ id }) => id))
  },
)

describe('A request that had arrived is sent again with the same ids', () => {
  const failures = {
    'its response breaks off': { failure: 'truncate', errors: [] },
    'it is answered with 500': { failure: 500, errors: [loadError(500)] },
    'it is answered with 503': { failure: 503, errors: [loadError(503)] },
    'the connection is lost': { failure: 'lose', errors: [cut] },
  }
  test.for(Object.entries(failures))(
    'when %s',
    async ([, { failure, errors }], { api, page, expectedErrors }) => {
      expectedErrors.push(...errors)
      const { course, chapter } = await createCourse(api)
      await openCourse(page, course)
      const view = locateChapter(page)
      const retries = await holdRequests(page, batchUrls)
      const requests = await interceptFirst(page, batchUrls, async (route) => {
        const response = await route.fetch()
        const lines = await response.text()
        if (failure === 'lose') return route.abort('connectionreset')
        if (failure !== 'truncate') return route.fulfill({ status: Number(failure), body: 'no' })
        // Breaks off inside the second line, so that only the first video is answered.
        return route.fulfill({ response, body: lines.slice(0, lines.indexOf('\n') + 30) })
      })
      const names = await addVideos(page, view, 5)
      const unexpected = `The server sent an unexpected response (${failure}).`
      const hasResponse = typeof failure === 'number'
      const reason = hasResponse ? `${unexpected} Trying` : 'No response yet; trying'
      await page.getByText(`${reason} again (2 of 5)`).first().waitFor()
      expect(await api.filenames(chapter.id)).toEqual(names)
      retries.release()
      await eventually(() => view.status.textContent()).toBe('5 of 5 linked')

      const [first = [], ...later] = requests.map(parseLinks)
      const retried = later.flat().sort((a, b) => a.id.localeCompare(b.id))
      expect(retried).toEqual(failure === 'truncate' ? first.slice(1) : first)
      expect(await api.filenames(chapter.id)).toEqual(names)
      expect(await view.ids()).toEqual(first.map(({ id }) => id))
    },
  )
})

test('A request without a response for 30 s is aborted and sent again', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(cut)
  const { course, chapter } = await createCourse(api)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  const retry = await holdRequests(page, batchUrls)
  const requests = await interceptFirst(page, batchUrls, (route) => route.fetch())
  const [name] = await addVideos(page, view, 1)
  await eventually(() => api.filenames(chapter.id)).toEqual([name])
  expect(await view.statuses()).toEqual(['linking'])

  await page.clock.fastForward(30_000)
  await page.getByText('No response yet; trying again (2 of 5)').waitFor()
  retry.release()
  await page.clock.fastForward(1_000)
  await eventually(() => view.status.textContent()).toBe('1 of 1 linked')
  expect(requests.map(parseLinks)).toHaveLength(2)
  expect(await api.filenames(chapter.id)).toEqual([name])
})

test('After five tries without a response a link fails and can be retried manually', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(503))
  const { course, chapter } = await createCourse(api)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  const outage = await failEachInTurn(page, batchUrls)
  const [name = ''] = await addVideos(page, view, 1)
  for (const attempt of [2, 3, 4, 5]) {
    await outage.breakNext()
    await page.getByText(`trying again (${attempt} of 5)`).waitFor()
    await page.clock.fastForward(10_000)
  }
  await outage.breakNext()
  const reason = 'The server sent an unexpected response (503).'
  await page.getByText(`Not linked: ${reason} Try again in a moment.`).waitFor()
  expect(await view.statuses()).toEqual(['failed'])

  outage.end()
  await getButton(view.row(name), 'Retry').click()
  await eventually(view.statuses).toEqual(['linked'])
  expect(await api.filenames(chapter.id)).toEqual([name])
})

test('After five tries without a response a link is made automatically once the server is back', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(503))
  const { course, chapter } = await createCourse(api)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  const outage = await failEachInTurn(page, batchUrls)
  const [name = ''] = await addVideos(page, view, 1)
  for (const attempt of [2, 3, 4, 5]) {
    await outage.breakNext()
    await page.getByText(`trying again (${attempt} of 5)`).waitFor()
    await page.clock.fastForward(10_000)
  }
  await outage.breakNext()
  await eventually(view.statuses).toEqual(['failed'])
  outage.end()
  // The backoff, then the wait between two slow retries.
  await page.clock.runFor(8_000)
  await page.clock.runFor(30_000)
  await eventually(view.statuses).toEqual(['linked'])
  expect(await api.filenames(chapter.id)).toEqual([name])
})

test('A refusal is final, and affects only its own video', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const refused = { type: '/problems/link-refused', title: 'No', status: 403, detail: 'Not today.' }
  const requests = await interceptFirst(page, batchUrls, async (route) => {
    const [unlucky, ...videos] = parseLinks(route.request())
    const response = await route.fetch({ postData: { videos } })
    const line = JSON.stringify({ id: unlucky?.id, status: 403, problem: refused })
    await route.fulfill({ response, body: `${line}\n${await response.text()}` })
  })
  const names = await addVideos(page, view, 3)
  await eventually(view.statuses).toEqual(['failed', 'linked', 'linked'])
  expect(await view.names()).toEqual(names)
  await view.rows.first().getByText('Not linked: Not today.').waitFor()
  expect(await api.filenames(chapter.id)).toEqual(names.slice(1))
  expect(requests).toHaveLength(1)

  await getButton(view.rows.first(), 'Retry').click()
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await api.filenames(chapter.id)).toEqual(names)
})

test('Links are sent to a reachable server even if the browser reports to be offline', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  const names = await addVideos(page, view, 3)
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await api.filenames(chapter.id)).toEqual(names)
})

test('Without a connection, links are retried and succeed once it is back', async ({
  api,
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(cut)
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  await preloadLibrary(page, view)
  await context.setOffline(true)
  const names = await addVideos(page, view, 3)
  await eventually(() =>
    view.rows.getByText('No response yet; trying again (2 of 5)').count(),
  ).toBe(3)
  expect(await view.statuses()).toEqual(['linking', 'linking', 'linking'])
  expect(await view.names()).toEqual(names)
  expect(await api.videos(chapter.id)).toEqual([])

  await context.setOffline(false)
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
  expect(await api.filenames(chapter.id)).toEqual(names)
})
