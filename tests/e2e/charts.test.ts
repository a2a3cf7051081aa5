import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import { listStates } from '#charts/chart.ts'
import { describeItem } from '#charts/components/item-details.ts'
import type { MachineCoverage } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { expectAccessible } from '../support/e2e-axe.ts'
import { addVideos, getButton, locateChapter, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batchUrls, holdRequests } from '../support/e2e-traffic.ts'
import { temporaryFolder } from '../support/running-server.ts'

const test = endToEndTest()

test('Each machine is drawn, and a link leads to one of its states', async ({ page }) => {
  await openChart(page, 'mode=read')
  for (const machine of ['chapter', 'authoring', 'video']) {
    await page.getByRole('combobox', { name: 'Machine' }).selectOption(machine)
    await picture(page, machine).waitFor()
  }
  await searchBox(page).fill('conflict')
  await page.keyboard.press('Enter')
  await selected(page).waitFor()
  expect(getSelectedState(page)).toBe('video.filename.conflict')

  await page.reload()
  await eventually(() => selected(page).textContent()).toContain('conflict')
  await page.goto('/charts?machine=video&state=nowhere&mode=none')
  await picture(page, 'video').waitFor()
})

test('A state stays selected in another mode and direction, but not on another machine', async ({
  page,
}) => {
  await openChart(page, 'machine=video&state=video.filename.conflict')
  await page.getByRole('radio', { name: 'Simulate' }).click()
  await page.getByRole('button', { name: 'Lay out from left to right' }).click()
  await page.getByRole('button', { name: 'Lay out from top to bottom' }).waitFor()
  expect(getSelectedState(page)).toBe('video.filename.conflict')
  await page.getByRole('combobox', { name: 'Machine' }).selectOption('chapter')
  await picture(page, 'chapter').waitFor()
  expect(getSelectedState(page)).toBeNull()
})

test('The search works by keyboard alone, and closes when it loses focus', async ({ page }) => {
  await openChart(page, 'machine=video')
  const search = searchBox(page)
  const results = page.getByRole('listbox', { name: 'Search results' }).getByRole('option')
  await search.fill('conflict')
  await results.first().waitFor()
  await expectAccessible(page)
  const second = await results.nth(1).textContent()
  await page.keyboard.press('ArrowDown')
  const id = await results.nth(1).getAttribute('id')
  await eventually(() => search.getAttribute('aria-activedescendant')).toBe(id)
  await page.keyboard.press('Enter')
  await selected(page).waitFor()
  expect(second).toContain(await readLabel(selected(page)))
  expect(await isFocused(search)).toBe(true)

  await search.fill('linked')
  await results.first().waitFor()
  await page.getByRole('heading', { name: 'Outline' }).click()
  await eventually(() => results.count()).toBe(0)
  expect(await search.inputValue()).toBe('linked')
})

test('A click tolerates a small movement; a drag pans the picture', async ({ page }) => {
  await openChart(page, 'machine=chapter')
  await page.getByRole('button', { name: 'Zoom to fit' }).click()
  // The first rectangle, without the outline of a selected state.
  const state = picture(page, 'chapter.showing').locator('rect').first()
  const before = await getBox(state)
  await drag(page, state, 1)
  await eventually(() => selected(page).textContent()).toContain('showing')
  expect(await getBox(state)).toEqual(before)

  const zoomIn = page.getByRole('button', { name: 'Zoom in' })
  await drag(page, zoomIn, 8)
  await eventually(async () => (await getBox(state)).width).toBeGreaterThan(before.width * 1.2)

  const zoomed = await getBox(state)
  await drag(page, state, 40)
  await eventually(async () => (await getBox(state)).x).toBeCloseTo(zoomed.x + 40, 0)
})

test('A double click collapses a state in the picture, but never the root', async ({ page }) => {
  await openChart(page, 'machine=video&state=video.filename')
  const states = page.locator('svg [data-state-id]')
  await eventually(() => states.count()).toBe(listStates(readChart(videoMachine).root).length)
  const all = await states.count()
  await picture(page, 'video').dispatchEvent('dblclick')
  await page.getByRole('button', { name: 'Collapse in the picture' }).click()
  await picture(page, 'video.filename.conflict').waitFor({ state: 'detached' })
  await eventually(() => states.count()).toBeGreaterThan(1)
  await picture(page, 'video.filename').dispatchEvent('dblclick')
  await eventually(() => states.count()).toBe(all)
})

test('The card and the buttons never cover the selected or active state', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openChart(page, 'machine=video&state=video.link.optimistic')
  await selected(page).focus()
  for (let line = 0; line < 4; line++) {
    const before = getSelectedState(page)
    await page.keyboard.press('ArrowDown')
    await eventually(() => getSelectedState(page)).not.toBe(before)
    await eventually(() => isCovered(page, page.locator('svg [data-selected]'))).toBe(false)
  }

  await page.setViewportSize({ width: 1280, height: 800 })
  await openChart(page, 'machine=video&mode=simulate')
  await page.getByRole('button', { name: 'Done: confirmed' }).first().click()
  await active(page, 'video.link.linked').waitFor()
  await eventually(() => isCovered(page, active(page, 'video.link.linked'))).toBe(false)
})

test('A selection in the picture does not scroll the panel or hide another mark', async ({
  page,
}) => {
  await openChart(page, 'machine=video&mode=simulate')
  await page.getByRole('button', { name: 'Error', exact: true }).click()
  const taken = page.locator('svg [data-taken]')
  await taken.waitFor()
  const panel = page.getByRole('complementary', { name: 'Panel' })
  const scrolled = await panel.evaluate((node) => node.scrollTop)
  const className = await taken.getAttribute('class')
  await taken.click()
  await selected(page).waitFor()
  await page.locator('svg [data-taken][data-selected]').waitFor()
  expect(await taken.getAttribute('class')).toBe(className)
  expect(await panel.evaluate((node) => node.scrollTop)).toBe(scrolled)
})

test('The selected line of the outline has the description of the card', async ({ page }) => {
  await openChart(page, 'machine=video&state=video.link')
  await selected(page).waitFor()
  await selected(page).focus()
  const described = await selected(page).getAttribute('aria-describedby')
  await eventually(() => page.locator(`[id="${described}"]`).textContent()).toBe(
    describeItem(readChart(videoMachine), 'video.link'),
  )
})

test('The first frame with a chart shows it at its final position', async ({ page }) => {
  await page.addInitScript(() => {
    const check = () => {
      const drawing = document.querySelector('svg [data-state-id="video"]')
      if (drawing) Object.assign(window, { firstPlace: drawing.getBoundingClientRect().toJSON() })
      else requestAnimationFrame(check)
    }
    requestAnimationFrame(check)
  })
  await openChart(page, 'machine=video')
  const whole = page.locator('svg [data-state-id]')
  await eventually(() => whole.count()).toBe(listStates(readChart(videoMachine).root).length)
  const places = await page.evaluate(() => [
    Reflect.get(window, 'firstPlace'),
    document.querySelector('svg [data-state-id="video"]')?.getBoundingClientRect().toJSON(),
  ])
  expect(places[0]).toEqual(places[1])
})

test('The outline can be navigated by keyboard, including transitions', async ({ page }) => {
  await openChart(page, 'machine=chapter')
  await outlineRows(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await eventually(() => selected(page).textContent()).toContain('videos.add')
  await page.keyboard.press('Enter')
  await eventually(() => selected(page).textContent()).toContain('showing')
  const focused = await page.evaluate(() => document.activeElement?.textContent)
  expect(focused).toContain('showing')
})

test('A page that nobody watches only announces its presence', async ({ api, context, page }) => {
  const listener = await context.newPage()
  await listener.goto('/')
  await listener.evaluate(() => {
    const kinds: string[] = []
    Object.assign(window, { kinds })
    new BroadcastChannel('lectern.live').onmessage = ({ data }) => kinds.push(data.kind)
  })
  const kinds = async () => new Set(await listener.evaluate<string[]>('window.kinds'))
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  await addVideos(page, view, 2)
  await eventually(() => view.status.textContent()).toBe('2 of 2 linked')
  expect(await kinds()).toEqual(new Set(['present']))
})

test('The actors of another tab are shown live, from the pick to the link', async ({
  api,
  context,
  page,
}) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)

  const designer = await context.newPage()
  await openChart(designer, 'machine=video&mode=live')
  const tabs = designer.getByRole('combobox', { name: 'Tab to watch' })
  const other = tabs.locator('option:not([value="here"])')
  await other.waitFor({ state: 'attached' })
  await tabs.selectOption(await other.getAttribute('value'))

  await addVideos(page, view, 2)
  const [name = ''] = await view.names()
  await designer.getByRole('button', { name: `${name} linking` }).click()
  await active(designer, 'video.link.linking').waitFor()
  await active(designer, 'video.request.sending').waitFor()
  await active(designer, 'video.filename.viewing').waitFor()

  batch.release()
  await active(designer, 'video.link.linked').waitFor()
  await designer.getByRole('button', { name: 'Previous step' }).click()
  await active(designer, 'video.link.linking').waitFor()
  await designer.getByRole('button', { name: 'Resume' }).click()
  await active(designer, 'video.link.linked').waitFor()

  await getButton(view.row(name), 'Remove').click()
  await active(designer, 'video.link.removed').waitFor()

  await page.close({ runBeforeUnload: true })
  await eventually(() => other.allTextContents()).toEqual(['A course · Lectern (closed)'])
  await tabs.selectOption('here')
  await eventually(() => other.count()).toBe(0)
})

test('A run is simulated without a server and can be shared as a link', async ({ page }) => {
  await openChart(page, 'machine=video&mode=simulate')
  await active(page, 'video.request.sending').waitFor()
  const restore = page.getByRole('button', { name: 'video.restore', exact: true })
  expect(await restore.getAttribute('aria-disabled')).toBe('true')
  await loseRequest(page)
  await page.getByRole('button', { name: 'Share this run' }).click()
  await page.getByText(/^(?:Link copied|The link is)/).waitFor()

  await page.goto('/')
  await page.goBack()
  await active(page, 'video.request.waiting').waitFor()
})

test('The focus stays nearby when a simulated actor is completed', async ({ page }) => {
  await openChart(page, 'machine=video&mode=simulate')
  await page.getByRole('button', { name: 'Error', exact: true }).click()
  await active(page, 'video.request.backingOff').waitFor()
  expect(await isFocused(page.getByRole('heading', { name: 'Running actors' }))).toBe(true)
})

test('A shared run opens in an open chart; a damaged link is rejected', async ({ page }) => {
  await openChart(page, 'machine=video&mode=simulate')
  await loseRequest(page)
  await page.getByRole('button', { name: 'Share this run' }).click()
  await page.getByText(/^(?:Link copied|The link is)/).waitFor()
  const { hash } = new URL(page.url())

  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await active(page, 'video.request.sending').waitFor()
  await page.getByRole('radio', { name: 'Read', exact: true }).click()
  await page.getByRole('button', { name: 'Export as SVG' }).waitFor()
  expect(new URL(page.url()).hash).toBe('')
  await page.getByRole('radio', { name: 'Simulate' }).click()

  await goToHash(page, hash)
  await active(page, 'video.request.waiting').waitFor()
  await goToHash(page, hash.slice(0, -5))
  await page
    .getByRole('alert')
    .getByText(/^The run in this link can’t be read/)
    .waitFor()
  await page.getByRole('button', { name: 'Error', exact: true }).click()
  await eventually(() => page.getByRole('alert').count()).toBe(0)
})

test('A coverage report colours the chart; other files are rejected with a message', async ({
  page,
}) => {
  await openChart(page, 'machine=authoring&mode=coverage')
  const field = page.getByLabel('Coverage report')
  await field.setInputFiles(createFile('notes.json', 'Not JSON'))
  await expectFileError(page, '“notes.json” is not a coverage report: it is not JSON.')
  await field.setInputFiles(createFile('other.json', JSON.stringify({ machines: 3 })))
  await expectFileError(page, /^“other\.json” is not a coverage report at /)
  await field.setInputFiles(createHugeFile('huge.json'))
  await expectFileError(page, '“huge.json” is 100 MB. The limit for a coverage report is 20 MB.')

  const older = { hash: '0'.repeat(16), states: {}, transitions: [] }
  await field.setInputFiles(createReport(older))
  await expectFileError(page, /another version/)

  const { fingerprint, transitions: all } = readChart(authoringMachine)
  const [taken] = all
  if (!taken) throw new Error('The machine has no transitions')
  const { source, event, index } = taken
  const transition = { source, event, index, target: null, guard: null }
  const transitions = [{ ...transition, count: 3, paths: 2, passed: 2, failed: 0 }]
  await field.setInputFiles(createReport({ hash: fingerprint, states: {}, transitions }))
  await page.getByText(/^1 of \d+ transitions taken\./).waitFor()
  await page.getByRole('row', { name: /taken 3 times/ }).waitFor()
})

/** Loses the request of a simulated video, and waits until it is due again. */
async function loseRequest(page: Page) {
  await page.getByRole('button', { name: 'Error', exact: true }).click()
  await active(page, 'video.request.backingOff').waitFor()
  await page.getByRole('button', { name: /^Next timer, in 0.5 s/ }).click()
  await active(page, 'video.request.waiting').waitFor()
}

const openChart = async (page: Page, search: string) => {
  await page.goto(`/charts?${search}`)
  await page.locator('svg [data-state-id]').first().waitFor()
}

const picture = (page: Page, machine: string) => page.locator(`svg [data-state-id="${machine}"]`)

const active = (page: Page, state: string): Locator =>
  page.locator(`svg [data-state-id="${state}"][data-active]`)

const outlineRows = (page: Page) =>
  page.getByRole('treegrid', { name: 'States and transitions' }).getByRole('row')

const selected = (page: Page) => outlineRows(page).and(page.locator('[aria-selected=true]'))

const getSelectedState = (page: Page) => new URL(page.url()).searchParams.get('state')

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search states and events' })

const isFocused = (element: Locator) => element.evaluate((node) => node === document.activeElement)

/** Reads the label of a line in the outline, without its details. */
const readLabel = async (line: Locator) =>
  (await line.textContent())?.split(/ ·| if | →| stays/)[0] ?? ''

const goToHash = (page: Page, hash: string) =>
  page.evaluate((next) => {
    location.hash = next
  }, hash)

async function getBox(element: Locator) {
  const box = await element.boundingBox()
  if (!box) throw new Error('The element is not visible')
  return box
}

/** Drags an element from its center to the right. */
async function drag(page: Page, element: Locator, distance: number) {
  const { x, y, width, height } = await getBox(element)
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width / 2 + distance, y + height / 2)
  await page.mouse.up()
}

/** Whether an element of the picture extends beyond it or is covered by the card or the buttons. */
async function isCovered(page: Page, element: Locator): Promise<boolean> {
  const picture = page.getByRole('group', { name: /^Picture of/ })
  const [box, whole] = [await getBox(element), await getBox(picture)]
  const covers = await Promise.all(
    [picture.locator('dl').locator('..'), page.getByRole('button', { name: 'Zoom out' })].map(
      async (cover) => ((await cover.count()) > 0 ? [await getBox(cover)] : []),
    ),
  )
  return !contains(whole, box) || covers.flat().some((cover) => overlap(cover, box))
}

type Box = Awaited<ReturnType<typeof getBox>>

const contains = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Creates a file of 100 MB on disk, which is too large to be sent to the browser as text. */
function createHugeFile(name: string): string {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, name)
  writeFileSync(file, '')
  truncateSync(file, 100_000_000)
  return file
}

const createFile = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

const createReport = (authoring: MachineCoverage) =>
  createFile('coverage.json', JSON.stringify({ version: 1, machines: { authoring } }))

const expectFileError = (page: Page, reason: string | RegExp) =>
  page.getByRole('alert').getByText(reason).waitFor()
