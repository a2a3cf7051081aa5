import { rmSync } from 'node:fs'
import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import { afterAll, test as base, beforeAll, expect } from 'vitest'
import { runQuietly } from '#scripts/commands.mjs'
import { expectAccessible } from '../support/e2e-axe.ts'
import {
  addVideos,
  type ChapterLocators,
  getButton,
  getEditor,
  locateChapter,
  openLibrary,
  preloadLibrary,
  typeFilename,
} from '../support/e2e-course.ts'
import { eventually, loadError, withBrowser, withContext } from '../support/e2e-test.ts'
import { readNamesInNextFrame } from '../support/next-frame.ts'
import { temporaryFolder } from '../support/running-server.ts'
import { type StaticHost, startStaticHost } from '../support/static-host.ts'

const folder = temporaryFolder()
let host: StaticHost

beforeAll(async () => {
  const options = ['--base', '/lectern/', '--folder', folder]
  const built = await runQuietly(process.execPath, ['scripts/build-demo.mjs', ...options])
  if (built.code !== 0) throw new Error(built.output)
  host = await startStaticHost(folder, '/lectern/')
})

afterAll(async () => {
  await host.stop()
  rmSync(folder, { recursive: true })
})

type Fixtures = { browser: Browser; expectedErrors: RegExp[]; context: BrowserContext; page: Page }

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
  browser: async ({}, use) => withBrowser(use),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  expectedErrors: async ({}, use) => use([]),
  context: async ({ browser, expectedErrors }, use) =>
    withContext(browser, host.address, expectedErrors, use, { serviceWorkers: 'allow' }),
  page: async ({ context }, use) => use(await context.newPage()),
})

/** Waits for a page's heading. Every page first opens its database, which takes seconds. */
const waitForPage = (page: Page, title: string) =>
  page.getByRole('heading', { level: 1, name: title }).waitFor()

test('The demo does the main job on a static host, under a path, and survives a reload', async ({
  context,
  page,
  expectedErrors,
}) => {
  // The host answers the page's client-side routes with the page and status 404.
  expectedErrors.push(loadError(404))
  await openDemoCourse(page)
  const network = await openNetwork(page)
  await expectAccessible(page)
  // Long enough to rename two videos while all links are in flight.
  await network.field('Minimum latency (ms)').fill('8000')
  await network.field('Maximum latency (ms)').fill('12000')

  const view = locateChapter(page, 'Before you begin')
  const library = await openLibrary(page, view)
  const picks = (await library.distinctTiles()).slice(0, 20)
  for (const { mediaId } of picks) await library.tile(mediaId).click()
  const rowsInNextFrame = page.evaluate(readNamesInNextFrame, 'click' as const)
  await library.add.click()
  const filenames = picks.map(({ filename }) => filename)
  expect((await rowsInNextFrame).slice(0, 20)).toEqual(filenames)

  const [firstId = '', secondId = ''] = await view.ids()
  await rename(view.rowById(firstId), 'First.mp4')
  await rename(view.rowById(secondId), 'Second.mp4')
  expect(await view.statuses()).toContain('linking')
  await network.field('Minimum latency (ms)').fill('400')
  await network.field('Maximum latency (ms)').fill('900')
  await eventually(() => view.status.textContent()).toBe('20 of 20 linked')

  const charts = await context.newPage()
  await charts.goto('charts?mode=live')
  await waitForPage(charts, 'Statecharts')
  await charts.getByLabel('Tab to watch').selectOption('Drawing from life · Lectern')
  const actors = charts.getByRole('list', { name: 'Actors' })
  for (const name of ['First.mp4', 'Second.mp4', ...filenames.slice(2)]) {
    await actors.getByRole('button', { name: `${name} linked`, exact: true }).waitFor()
  }

  await network.field('Refused (%)').fill('100')
  const last = await addAnother(page, view)
  await eventually(() => view.status.textContent()).toBe('0 of 1 linked, 1 failed')
  const failed = view.rowsByStatus('failed')
  expect(await failed.textContent()).toContain('The server refused this link.')
  await actors.getByRole('button', { name: `${last} failed`, exact: true }).waitFor()
  await network.field('Refused (%)').fill('0')
  await getButton(failed, 'Retry').click()
  await eventually(() => view.status.textContent()).toBe('1 of 1 linked')

  const shown = ['First.mp4', 'Second.mp4', ...filenames.slice(2), last]
  expect(await view.names()).toEqual(shown)
  await page.reload()
  await waitForPage(page, 'Drawing from life')
  await eventually(view.names).toEqual(shown)
  expect((await view.ids()).slice(0, 2)).toEqual([firstId, secondId])
})

test('Offline, links wait for the connection; files play; Start over restores the course', async ({
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('ERR_FAILED'))
  await openDemoCourse(page)
  const network = await openNetwork(page)
  const view = locateChapter(page, 'Before you begin')
  await preloadLibrary(page, view)
  await network.offline.check()
  const names = await addVideos(page, view, 2)
  await eventually(view.names).toEqual(names)
  expect(await view.statuses()).not.toContain('linked')
  await network.offline.uncheck()
  await eventually(() => view.status.textContent()).toBe('2 of 2 linked')

  const other = locateChapter(page, 'Seeing light and shadow')
  await getButton(other.rows.first(), 'Play').click()
  const video = page.getByRole('dialog').locator('video')
  await eventually(() => video.evaluate((element: HTMLVideoElement) => element.duration)).toBe(12)
  await page.keyboard.press('Escape')

  await network.startOver.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click()
  await waitForPage(page, 'Courses')
  await page.getByRole('link', { name: 'Drawing from life' }).click()
  await eventually(() => view.status.textContent()).toBe('0 videos')
})

test('The network panel covers no part of the chart page', async ({ page, expectedErrors }) => {
  expectedErrors.push(loadError(404))
  await page.goto('charts?machine=chapter&state=chapter.showing')
  await waitForPage(page, 'Statecharts')
  const network = page.getByRole('complementary', { name: 'Demo' })
  await network.waitFor()
  const picture = page.getByRole('region', { name: 'Picture' })
  await picture.getByText('Changes are on their way to the screen').waitFor()
  for (const width of [1280, 700, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const covered = await network.evaluate((panel) => {
      const { left, top, width, height } = panel.getBoundingClientRect()
      return [0.02, 0.5, 0.98]
        .flatMap((across) =>
          [0.02, 0.5, 0.98].flatMap((down) =>
            document.elementsFromPoint(left + across * width, top + down * height),
          ),
        )
        .filter((element) =>
          element.matches('section, aside:not(.network-panel), a, label, button, input'),
        )
        .map((element) => `${element.tagName} ${element.getAttribute('aria-label')}`)
    })
    expect(covered).toEqual([])
  }
})

test('Without service workers, a message says where they are available', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
  await page.goto('./')
  await eventually(() => page.getByRole('status').textContent()).toBe(
    'The demo needs a service worker, which browsers allow only on https:// and localhost. Open it there.',
  )
})

test('Without its database, the demo reports that it failed to start', async ({
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(404), /The database could not be loaded from .+ \(404\)\./)
  await page.route('**/database*.gz', (route) => route.fulfill({ status: 404 }))
  await page.goto('./')
  await eventually(() => page.getByRole('status').textContent()).toBe(
    'The demo failed to start. Reload the page. If that doesn’t help, clear its site data.',
  )
})

async function openDemoCourse(page: Page) {
  await page.goto('./')
  await waitForPage(page, 'Courses')
  await page.getByRole('link', { name: 'Drawing from life' }).click()
  await page.getByRole('heading', { level: 1, name: 'Drawing from life' }).waitFor()
}

async function rename(row: Locator, name: string) {
  await typeFilename(row, name)
  await getEditor(row).press('Enter')
}

/** Adds one more video to a chapter that has some. */
async function addAnother(page: Page, view: ChapterLocators): Promise<string> {
  const { tiles, add } = await openLibrary(page, view)
  const tile = tiles.and(page.locator(':not([aria-disabled])')).first()
  const filename = (await tile.getAttribute('aria-label')) ?? ''
  await tile.click()
  await add.click()
  return filename
}

async function openNetwork(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Demo' })
  await panel.getByText('Network').click()
  return {
    field: (label: string) => panel.getByLabel(label),
    offline: panel.getByLabel('Offline'),
    startOver: panel.getByRole('button', { name: 'Start over' }),
  }
}
