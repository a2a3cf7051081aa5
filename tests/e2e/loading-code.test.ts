import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import {
  getEditor,
  locateChapter,
  locateLibrary,
  openCourse,
  openLibrary,
  typePartialFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import { holdRequests } from '../support/e2e-traffic.ts'
import { padVideo } from '../support/upload-server.ts'

const test = endToEndTest()

const pickerCode = /\/assets\/media-library-[^/]+\.js$/
const playerCode = /\/assets\/players-[^/]+\.js$/
const chartsCode = /\/assets\/charts-page-[^/]+\.js$/

test('A dialog whose code can’t be fetched says so and opens on retry', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_FAILED'))
  const { course } = await createCourse(api)
  const code = await refuse(page, pickerCode)
  await openCourse(page, course)
  const view = locateChapter(page)
  await view.addVideos.click()
  const alert = page.getByRole('alert')
  await alert.getByText('This part of Lectern couldn’t be loaded. Check your connection').waitFor()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await alert.getByText('This part of Lectern couldn’t be loaded. Check your connection').waitFor()
  await alert.getByRole('button', { name: 'Close' }).click()
  await alert.waitFor({ state: 'detached' })

  await view.addVideos.click()
  await alert.waitFor()
  code.allow()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await locateLibrary(page).dialog.waitFor()
  expect(await alert.count()).toBe(0)
})

test('A page whose code can’t be fetched says so, does not reload, and opens on retry', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_FAILED'))
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(1))
  const code = await refuse(page, chartsCode)
  await openCourse(page, course)
  const row = locateChapter(page).rows.first()
  const before = await typePartialFilename(row)
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }))

  await page.getByRole('link', { name: 'Statecharts' }).click()
  await page.getByRole('heading', { level: 1, name: 'This page couldn’t be loaded' }).waitFor()
  await page.goBack()
  expect(await getEditor(row).inputValue()).toBe(before.text)
  await page.goForward()
  await page.getByRole('heading', { level: 1, name: 'This page couldn’t be loaded' }).waitFor()
  code.allow()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('region', { name: 'Picture' }).waitFor()
  await page.goBack()
  expect(await getEditor(row).inputValue()).toBe(before.text)
  expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true)
})

test('A preview whose code can’t be fetched says so over the open dialog, which stays', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_FAILED'))
  const { course } = await createCourse(api)
  const code = await refuse(page, playerCode)
  await openCourse(page, course)
  const { dialog, tiles } = await openLibrary(page, locateChapter(page))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const alert = page.getByRole('alert').filter({ hasText: 'This couldn’t be opened.' })
  await alert.getByRole('button', { name: 'Close' }).click()
  await alert.waitFor({ state: 'detached' })
  await dialog.waitFor()
  await tiles.first().focus()
  await page.keyboard.press('Space')
  await alert.waitFor()
  code.allow()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await page.locator('video').waitFor()
})

const transferCode = /\/assets\/transfer-file-[^/]+\.js$/

async function uploadLesson(page: Page) {
  const { region, row } = locateChapter(page)
  await region.getByRole('button', { name: 'More actions for Chapter' }).click()
  const opening = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Upload videos…' }).click()
  const buffer = Buffer.from(padVideo('02.mp4', 2 * 1024 * 1024))
  await (await opening).setFiles({ name: 'Lesson.mp4', mimeType: 'video/mp4', buffer })
  return row('Lesson.mp4')
}

test('A file whose upload needs code of an older build says so, and is sent on retry', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(404))
  const { course } = await createCourse(api)
  let isDeployed = false
  await page.route(transferCode, (route) =>
    isDeployed ? route.fallback() : route.fulfill({ status: 404 }),
  )
  await openCourse(page, course)
  const lesson = await uploadLesson(page)
  await lesson.getByText('Not uploaded: Lectern was updated on the server.').waitFor()
  isDeployed = true
  await lesson.getByRole('button', { name: 'Upload Lesson.mp4 again' }).click()
  await eventually(() => lesson.getAttribute('data-status')).toBe('linked')
})

test('A file whose upload needs code that a busy server refused is sent a moment later', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(502), loadError(404))
  const { course } = await createCourse(api)
  let isBusy = true
  await page.route(transferCode, (route) =>
    isBusy ? route.fulfill({ status: 502 }) : route.fallback(),
  )
  await openCourse(page, course)
  const lesson = await uploadLesson(page)
  await lesson.getByText('the server responded with 502. Trying again.').waitFor()
  isBusy = false
  await eventually(() => lesson.getAttribute('data-status')).toBe('linked')
})

test('A sign-in page in place of code says so, and the dialog opens on retry', async ({
  api,
  page,
}) => {
  const { course } = await createCourse(api)
  let isSignedIn = false
  await page.route(pickerCode, (route) =>
    isSignedIn
      ? route.fallback()
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  )
  await openCourse(page, course)
  await locateChapter(page).addVideos.click()
  const alert = page.getByRole('alert')
  await alert.getByText('Lectern received a web page instead of a response (200).').waitFor()
  isSignedIn = true
  await alert.getByRole('button', { name: 'Try again' }).click()
  await locateLibrary(page).dialog.waitFor()
})

test('Offline, every page and dialog opens, since their code was prefetched', async ({
  api,
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_INTERNET_DISCONNECTED'))
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(1))
  const listUnfetched = watchCode(page)
  await openCourse(page, course)
  const view = locateChapter(page)
  const row = view.rows.first()
  const before = await typePartialFilename(row)
  await eventually(listUnfetched).toEqual([])

  await context.setOffline(true)
  await page.getByRole('link', { name: 'Statecharts' }).click()
  await page.getByRole('region', { name: 'Picture' }).getByText('optimistic').first().waitFor()
  await page.goBack()
  expect(await getEditor(row).inputValue()).toBe(before.text)
  await view.addVideos.click()
  await locateLibrary(page).dialog.waitFor()
})

test('Code that couldn’t be prefetched is fetched later, though the browser was never offline', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_FAILED'))
  const { course } = await createCourse(api)
  const code = await refuse(page, pickerCode)
  const refused = page.waitForEvent('requestfailed', (request) => pickerCode.test(request.url()))
  const listUnfetched = watchCode(page)
  await openCourse(page, course)
  await refused
  code.allow()
  await eventually(listUnfetched).toEqual([])
})

test('A press gets feedback while its dialog loads, and opens it once', async ({ api, page }) => {
  const { course } = await createCourse(api)
  const code = await holdRequests(page, pickerCode)
  await openCourse(page, course)
  const view = locateChapter(page)
  await view.addVideos.click()
  await page.getByText('Opening…').waitFor()
  await view.addVideos.click()
  code.release()
  await locateLibrary(page).dialog.waitFor()
  expect(await locateLibrary(page).dialog.count()).toBe(1)
  expect(await page.getByText('Opening…').count()).toBe(0)
})

/** Aborts requests for files until they are allowed. */
async function refuse(page: Page, url: RegExp) {
  let isAllowed = false
  await page.route(url, (route) => (isAllowed ? route.fallback() : route.abort()))
  return {
    allow: () => {
      isAllowed = true
    },
  }
}

const assets = path.resolve(import.meta.dirname, '../../dist/client/assets')

/** Only an address with `?inspect=stately` needs these. */
const inspectorCode = /^inspect-in-stately-/

/** Watches which files of the built code the page fetches; returns a list of the others. */
function watchCode(page: Page): () => string[] {
  const unfetched = new Set(
    readdirSync(assets).filter((name) => /\.(js|css)$/.test(name) && !inspectorCode.test(name)),
  )
  page.on('requestfinished', (request) => {
    unfetched.delete(path.basename(new URL(request.url()).pathname))
  })
  return () => [...unfetched]
}
