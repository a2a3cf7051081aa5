import type { BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import { addVideos, locateChapter } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'

const test = endToEndTest('latency=50-200')

test('Stately’s inspector shows the actors without any filename', async ({
  api,
  context,
  page,
}) => {
  await mockInspector(context)
  const { course, chapter } = await createCourse(api)
  const opening = context.waitForEvent('page')
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const inspector = await opening
  const view = locateChapter(page)
  const names = await addVideos(page, view, 5)
  await eventually(() => view.status.textContent()).toBe('5 of 5 linked')

  const ids = await view.ids()
  await eventually(async () => listActorNames(await readEvents(inspector))).toEqual(
    expect.arrayContaining([chapter.id, ...ids]),
  )
  await eventually(async () => findLinked(await readEvents(inspector))).toEqual(ids.toSorted())
  const everything = JSON.stringify(await readEvents(inspector))
  for (const name of names) expect(everything).not.toContain(name)
})

test('A notice reports that the inspector can’t be reached', async ({
  api,
  context,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('ERR_FAILED'))
  await context.route('https://stately.ai/**', (route) => route.abort())
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const notice = page.getByText(
    'Stately’s inspector can’t be reached. The page itself keeps working.',
  )
  await notice.waitFor()

  await mockInspector(context)
  await page.getByRole('button', { name: 'Try again' }).click()
  await notice.waitFor({ state: 'detached' })
})

test('A notice reports that the browser blocked the window; a click opens it', async ({
  api,
  context,
  page,
}) => {
  await mockInspector(context)
  await page.addInitScript(blockWindows)
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const notice = page.getByText('The browser blocked the window of Stately’s inspector.')
  await notice.waitFor()

  const opening = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Try again' }).click()
  await notice.waitFor({ state: 'detached' })
  await (await opening).waitForURL('https://stately.ai/**')
})

test('The inspector’s code is loaded only on request', async ({ api, page }) => {
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}`)
  await locateChapter(page).region.waitFor()
  expect(scripts.filter((url) => /inspect|stately/i.test(url))).toEqual([])
})

type ReceivedEvent = {
  type: string
  name?: string
  sessionId: string
  snapshot?: { value?: { link?: string } }
}

/** Replaces stately.ai with a page that connects like Stately's and records received events. */
const mockInspector = (context: BrowserContext) =>
  context.route('https://stately.ai/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<title>Inspector</title><script>
        window.events = []
        addEventListener('message', ({ data }) => events.push(data))
        opener.postMessage({ type: '@statelyai.connected' }, '*')
      </script>`,
    }),
  )

/**
 * Runs in the page: blocks new windows before the first click. The browser's own popup blocker
 * can't be used, since an evaluation by Playwright counts as a user gesture.
 */
function blockWindows() {
  const { open } = window
  let pressed = false
  addEventListener('click', () => (pressed = true), { capture: true })
  window.open = (...args) => (pressed ? open(...args) : null)
}

const readEvents = (inspector: Page) =>
  inspector.evaluate(() => (window as unknown as { events?: ReceivedEvent[] }).events ?? [])

const listActorNames = (events: ReceivedEvent[]) => events.flatMap(({ name }) => name ?? [])

/** Finds the ids of the videos that are linked in their latest snapshots. */
function findLinked(events: ReceivedEvent[]): string[] {
  const names = new Map(events.flatMap(({ sessionId, name }) => (name ? [[sessionId, name]] : [])))
  const latest = new Map(
    events.flatMap(({ sessionId, snapshot }) => (snapshot ? [[sessionId, snapshot]] : [])),
  )
  return [...latest]
    .flatMap(([id, { value }]) => (value?.link === 'linked' ? (names.get(id) ?? []) : []))
    .toSorted()
}
