import type { BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import { addVideos, locateChapter } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'

const test = endToEndTest('latency=50-200')

test('The actors are shown in Stately’s inspector, without a name that anybody gave', async ({
  api,
  context,
  page,
}) => {
  await playInspector(context)
  const { course, chapter } = await createCourse(api)
  const opening = context.waitForEvent('page')
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const inspector = await opening
  const view = locateChapter(page)
  const names = await addVideos(page, view, 5)
  await eventually(() => view.status.textContent()).toBe('5 of 5 linked')

  const ids = await view.ids()
  await eventually(async () => actorNames(await heardBy(inspector))).toEqual(
    expect.arrayContaining([chapter.id, ...ids]),
  )
  await eventually(async () => settledIn(await heardBy(inspector))).toEqual(ids.toSorted())
  const everything = JSON.stringify(await heardBy(inspector))
  for (const name of names) expect(everything).not.toContain(name)
})

test('A sentence says that the inspector can’t be reached', async ({
  api,
  context,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('ERR_FAILED'))
  await context.route('https://stately.ai/**', (route) => route.abort())
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const notice = page.getByText('Stately’s inspector can’t be reached; Lectern itself goes on.')
  await notice.waitFor()

  await playInspector(context)
  await page.getByRole('button', { name: 'Try again' }).click()
  await notice.waitFor({ state: 'detached' })
})

test('A sentence says that the browser blocked the window; a press opens it', async ({
  api,
  context,
  page,
}) => {
  await playInspector(context)
  await page.addInitScript(blockWindows)
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}?inspect=stately`)
  const notice = page.getByText('The browser did not let Stately’s inspector open a window.')
  await notice.waitFor()

  const opening = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Try again' }).click()
  await notice.waitFor({ state: 'detached' })
  await (await opening).waitForURL('https://stately.ai/**')
})

test('Nothing of it is loaded unless it is asked for', async ({ api, page }) => {
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  const { course } = await createCourse(api)
  await page.goto(`/courses/${course.id}`)
  await locateChapter(page).region.waitFor()
  expect(scripts.filter((url) => /inspect|stately/i.test(url))).toEqual([])
})

type Heard = {
  type: string
  name?: string
  sessionId: string
  snapshot?: { value?: { link?: string } }
}

/** Answers in the place of stately.ai, with a page that connects as Stately's does and keeps what it hears. */
const playInspector = (context: BrowserContext) =>
  context.route('https://stately.ai/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<title>Inspector</title><script>
        window.heard = []
        addEventListener('message', ({ data }) => heard.push(data))
        opener.postMessage({ type: '@statelyai.connected' }, '*')
      </script>`,
    }),
  )

/**
 * Runs in the page: lets no new window open before a person has pressed something, as browsers do.
 * What the browser itself says of it won't do: to look into the page by automation counts as a press.
 */
function blockWindows() {
  const { open } = window
  let pressed = false
  addEventListener('click', () => (pressed = true), { capture: true })
  window.open = (...wanted) => (pressed ? open(...wanted) : null)
}

const heardBy = (inspector: Page) =>
  inspector.evaluate(() => (window as unknown as { heard?: Heard[] }).heard ?? [])

const actorNames = (heard: Heard[]) => heard.flatMap(({ name }) => name ?? [])

/** The ids of the videos whose latest snapshot says that they are linked. */
function settledIn(heard: Heard[]): string[] {
  const names = new Map(heard.flatMap(({ sessionId, name }) => (name ? [[sessionId, name]] : [])))
  const latest = new Map(
    heard.flatMap(({ sessionId, snapshot }) => (snapshot ? [[sessionId, snapshot]] : [])),
  )
  return [...latest]
    .flatMap(([id, { value }]) => (value?.link === 'linked' ? (names.get(id) ?? []) : []))
    .toSorted()
}
