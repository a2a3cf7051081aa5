import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect, onTestFinished } from 'vitest'
import { videoMachine } from '../../machines/video.machine.ts'
import { workspaceMachine } from '../../machines/workspace.machine.ts'
import { statesOf } from '../../src/client/features/charts/chart.ts'
import { chartOf } from '../../src/client/features/charts/chart-model.ts'
import type { MachineCoverage } from '../../src/contract/model-reports.ts'
import { addVideos, buttonIn, chapterOn, openCourse } from '../support/e2e-course.ts'
import { courseWith, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batches, hold } from '../support/e2e-traffic.ts'
import { temporaryFolder } from '../support/running-server.ts'

const test = endToEndTest()

test('Each machine is drawn, and a link leads to a state of it', async ({ page }) => {
  await openChart(page, 'mode=read')
  for (const machine of ['chapter', 'workspace', 'video']) {
    await page.getByRole('combobox', { name: 'Machine' }).selectOption(machine)
    await picture(page, machine).waitFor()
  }
  await page.getByRole('searchbox', { name: 'Search states and events' }).fill('conflict')
  await page.keyboard.press('Enter')
  await selected(page).waitFor()
  expect(new URL(page.url()).searchParams.get('state')).toBe('video.filename.conflict')

  await page.reload()
  await eventually(() => selected(page).textContent()).toContain('conflict')
  await page.goto('/charts?machine=video&state=nowhere&mode=none')
  await picture(page, 'video').waitFor()
})

test('The first frame with a chart shows it where it stays', async ({ page }) => {
  await page.addInitScript(() => {
    const look = () => {
      const drawing = document.querySelector('svg [data-state-id="video"]')
      if (drawing) Object.assign(window, { firstPlace: drawing.getBoundingClientRect().toJSON() })
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await openChart(page, 'machine=video')
  const whole = page.locator('svg [data-state-id]')
  await eventually(() => whole.count()).toBe(statesOf(chartOf(videoMachine).root).length)
  const places = await page.evaluate(() => [
    Reflect.get(window, 'firstPlace'),
    document.querySelector('svg [data-state-id="video"]')?.getBoundingClientRect().toJSON(),
  ])
  expect(places[0]).toEqual(places[1])
})

test('The outline is walked by keyboard, along transitions too', async ({ page }) => {
  await openChart(page, 'machine=chapter')
  await page.getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await eventually(() => selected(page).textContent()).toContain('videos.placed')
  await page.keyboard.press('Enter')
  await eventually(() => selected(page).textContent()).toContain('placing')
  const focused = await page.evaluate(() => document.activeElement?.textContent)
  expect(focused).toContain('placing')
})

test('A page loads nothing of the live charts until a chart is there that asks', async ({
  api,
  context,
  page,
}) => {
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  const publisher = () => scripts.filter((url) => /publish-workspace/.test(url)).length
  const { course } = await courseWith(api)
  await openCourse(page, course)
  const view = chapterOn(page)
  await addVideos(page, view, 2)
  await eventually(() => view.status.textContent()).toBe('2 of 2 linked')
  expect(publisher()).toBe(0)

  await openChart(await context.newPage(), 'machine=video&mode=live')
  await eventually(publisher).toBe(1)
})

test('The actors of another tab light up, from the pick to the link', async ({
  api,
  context,
  page,
}) => {
  const { course } = await courseWith(api)
  await openCourse(page, course)
  const view = chapterOn(page)
  const batch = await hold(page, batches)

  const designer = await context.newPage()
  await openChart(designer, 'machine=video&mode=live')
  const tabs = designer.getByRole('combobox', { name: 'Tab to watch' })
  const other = tabs.locator('option:not([value="here"])')
  await other.waitFor({ state: 'attached' })
  await tabs.selectOption(await other.getAttribute('value'))

  await addVideos(page, view, 2)
  const [name = ''] = await view.names()
  await designer.getByRole('button', { name: `${name} linking` }).click()
  await active(designer, 'video.link.linking.sending').waitFor()
  await active(designer, 'video.filename.viewing').waitFor()

  batch.letGo()
  await active(designer, 'video.link.linked').waitFor()
  await designer.getByRole('button', { name: 'One step back' }).click()
  await active(designer, 'video.link.linking.sending').waitFor()
  await designer.getByRole('button', { name: 'Go on' }).click()
  await active(designer, 'video.link.linked').waitFor()

  await buttonIn(view.row(name), 'Remove').click()
  await active(designer, 'video.link.removed').waitFor()

  await page.close({ runBeforeUnload: true })
  await eventually(() => other.allTextContents()).toEqual(['A course · Lectern (closed)'])
  await tabs.selectOption('here')
  await eventually(() => other.count()).toBe(0)
})

test('A run is simulated without a server, and shared as a link', async ({ page }) => {
  await openChart(page, 'machine=video&mode=simulate')
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await active(page, 'video.link.linking.sending').waitFor()
  const retry = page.getByRole('button', { name: 'video.retry', exact: true })
  expect(await retry.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('button', { name: 'Error', exact: true }).click()
  await active(page, 'video.link.linking.backingOff').waitFor()
  await page.getByRole('button', { name: /^Next timer, in 0.5 s/ }).click()
  await page.getByRole('button', { name: 'Share this run' }).click()
  await page.getByText(/^The link is/).waitFor()

  await page.goto('/')
  await page.goBack()
  await active(page, 'video.link.optimistic').waitFor()
})

test('A coverage report colours the chart; what is none gets a sentence', async ({ page }) => {
  await openChart(page, 'machine=workspace&mode=coverage')
  const field = page.getByLabel('Coverage report')
  await field.setInputFiles(fileOf('notes.json', 'Not JSON'))
  await expectRefusal(page, '“notes.json” is not a coverage report: it is not JSON.')
  await field.setInputFiles(fileOf('other.json', JSON.stringify({ machines: 3 })))
  await expectRefusal(page, /^“other\.json” is not a coverage report at /)
  await field.setInputFiles(hugeFile('huge.json'))
  await expectRefusal(page, '“huge.json” has 100 MB; a coverage report has at most 20 MB.')

  const older = { hash: '0'.repeat(16), states: {}, transitions: [] }
  await field.setInputFiles(reportOf(older))
  await expectRefusal(page, /another version/)

  const { fingerprint, transitions: all } = chartOf(workspaceMachine)
  const [taken] = all
  if (!taken) throw new Error('The workspace has no transitions')
  const { source, event, index } = taken
  const transition = { source, event, index, target: null, guard: null }
  const transitions = [{ ...transition, count: 3, paths: 2, passed: 2, failed: 0 }]
  await field.setInputFiles(reportOf({ hash: fingerprint, states: {}, transitions }))
  await page.getByText(/^1 of \d+ transitions taken\./).waitFor()
  await page.getByRole('treeitem', { name: /taken 3 times/ }).waitFor()
})

const openChart = async (page: Page, search: string) => {
  await page.goto(`/charts?${search}`)
  await page.locator('svg [data-state-id]').first().waitFor()
}

const picture = (page: Page, machine: string) => page.locator(`svg [data-state-id="${machine}"]`)

const active = (page: Page, state: string): Locator =>
  page.locator(`svg [data-state-id="${state}"][data-active]`)

const selected = (page: Page) => page.locator('[role=treeitem][aria-selected=true]')

/** A file of 100 MB, to be read from the disk: so much is too much to be sent to the browser as a text. */
function hugeFile(name: string): string {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, name)
  writeFileSync(file, '')
  truncateSync(file, 100_000_000)
  return file
}

const fileOf = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

const reportOf = (workspace: MachineCoverage) =>
  fileOf('coverage.json', JSON.stringify({ version: 1, machines: { workspace } }))

const expectRefusal = (page: Page, reason: string | RegExp) =>
  page.getByRole('alert').getByText(reason).waitFor()
