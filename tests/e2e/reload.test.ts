import { expect } from 'vitest'
import type { Course, CourseSummary } from '#contract/courses.ts'
import {
  addVideos,
  getEditor,
  locateChapter,
  openCourse,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import { batchUrls, holdRequests } from '../support/e2e-traffic.ts'
import { expectStoredAnswer, readStoredAnswers } from '../support/stored-records.ts'

declare global {
  interface Window {
    grantTabLock?: () => void
  }
}

const test = endToEndTest()

test('After a reload, unanswered links are shown and resume', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  const names = await addVideos(page, view, 10)
  await batch.arrived
  await page.reload()
  await eventually(view.names).toEqual(names)
  await eventually(view.statuses).toEqual(names.map(() => 'linking'))
  batch.release()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await eventually(view.statuses).toEqual(names.map(() => 'linked'))
  expect(await view.names()).toEqual(names)
})

test('After a reload, rows are shown before the server has answered', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(3))
  const names = await api.filenames(chapter.id)
  await openCourse(page, course)
  const view = locateChapter(page)
  await expectStoredAnswer(page, chapter.id)
  const answers = await holdRequests(page, '**/api/**', 'GET')
  await page.reload()
  await eventually(view.names).toEqual(names)
  await api.link(chapter.id, await api.media(1))
  answers.release()
  await eventually(view.names).toEqual(await api.filenames(chapter.id))
})

test('A chapter removed since the last visit is reported, and gone at the next visit', async ({
  api,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(loadError(410))
  const { course } = await createCourse(api, 'Kept', 'Removed')
  await openCourse(page, course)
  const readStoredTitles = async () => {
    const answers = await readStoredAnswers(page)
    const stored = answers.find(({ queryHash }) => queryHash.includes(course.id))
    return (stored?.data as Course | undefined)?.chapters.map(({ title }) => title)
  }
  await eventually(readStoredTitles).toEqual(['Kept', 'Removed'])
  await page.goto('/library')
  await api.send(`DELETE /api/chapters/${course.chapters[1]?.id}`)
  const answers = await holdRequests(page, '**/api/**', 'GET')
  await openCourse(page, course)
  answers.release()
  await page.getByText('This chapter was removed by someone else.').waitFor()
  await eventually(readStoredTitles).toEqual(['Kept'])
  await page.goto('/library')
  await openCourse(page, course)
  const chapters = page.getByRole('region', { name: /^(Kept|Removed)$/ })
  await eventually(() => chapters.count()).toBe(1)
})

for (const { thing, removal } of [
  { thing: 'chapter', removal: 'This chapter was removed by someone else.' },
  { thing: 'course', removal: 'This course was removed by someone else.' },
]) {
  test(`A ${thing} removed elsewhere keeps a half-typed name over reloads, until it is restored`, async ({
    api,
    expectedErrors,
    page,
  }) => {
    expectedErrors.push(loadError(410))
    const { course, chapter } = await createCourse(api, 'Light', 'Colour')
    await api.link(chapter.id, await api.media(2))
    await openCourse(page, course)
    const view = locateChapter(page, 'Light')
    await typeFilename(view.rows.first(), 'Half typed')
    const id = thing === 'chapter' ? chapter.id : course.id
    await api.send(`DELETE /api/${thing}s/${id}`)
    const notice = page.getByRole('alert').filter({ hasText: removal })
    await notice.waitFor()
    await eventually(() => readStoredAnswers(page)).toContainEqual(
      expect.objectContaining({
        queryHash: expect.stringContaining(course.id),
        data: expect.objectContaining(
          thing === 'chapter' ? { removedElsewhere: [expect.anything()] } : { id: course.id },
        ),
      }),
    )
    for (const _visit of [1, 2]) {
      await page.reload()
      await notice.waitFor()
      await eventually(() => getEditor(view.rows.first()).inputValue()).toBe('Half typed')
    }
    await notice.getByRole('button', { name: /^Restore/ }).click()
    await notice.waitFor({ state: 'detached' })
    await eventually(() => view.rows.count()).toBe(2)
    expect(await getEditor(view.rows.first()).inputValue()).toBe('Half typed')
  })
}

test('After a reload, typing a name continues where it stopped', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const view = locateChapter(page)
  await typeFilename(view.rows.first(), 'Half typed')
  const editor = getEditor(view.rows.first())
  await editor.press('ArrowLeft')
  await editor.press('ArrowLeft')
  await page.reload()
  await eventually(() => editor.inputValue()).toBe('Half typed')
  await page.keyboard.type('-')
  await eventually(() => editor.inputValue()).toBe('Half typ-ed')
})

test('After a reload, changes can still be undone', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const names = await addVideos(page, view, 3)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await page.reload()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await eventually(view.names).toEqual([])
  await eventually(() => api.filenames(chapter.id)).toEqual([])
  await page.reload()
  await page.getByRole('button', { name: /^Redo/ }).click()
  await eventually(view.names).toEqual(names)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
})

test('A failed link is still shown after a reload, and can be retried', async ({
  api,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(loadError(422))
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  await page.route(batchUrls, (route) => {
    const lines = (route.request().postDataJSON() as { videos: { id: string }[] }).videos.map(
      ({ id }) => ({ id, status: 403, problem: refusal }),
    )
    const body = [...lines, { done: true }].map((line) => JSON.stringify(line)).join('\n')
    return route.fulfill({ contentType: 'application/x-ndjson', body })
  })
  const names = await addVideos(page, view, 2)
  await eventually(view.statuses).toEqual(['failed', 'failed'])
  await page.unroute(batchUrls)
  await page.reload()
  await eventually(view.statuses).toEqual(['failed', 'failed'])
  await view.retryFailed.click()
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
})

const refusal = {
  type: '/problems/link-refused',
  title: 'The link was refused',
  status: 403,
  detail: 'The server refused it.',
}

test('A chapter whose removal is pending stays hidden after a reload, and the removal is sent', async ({
  api,
  page,
}) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const chapterUrls = /\/api\/chapters\/[^/]+$/
  const change = await holdRequests(page, chapterUrls)
  await page.getByRole('button', { name: 'Remove chapter Chapter' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove this chapter?' })
  await dialog.getByRole('button', { name: 'Remove chapter' }).click()
  await change.arrived
  const { region } = locateChapter(page)
  await region.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('heading', { level: 1, name: course.title }).waitFor()
  await eventually(() => region.count()).toBe(0)
  change.release()
  const readCourse = async (): Promise<Course> =>
    (await api.send(`GET /api/courses/${course.id}`)).json()
  await eventually(async () => (await readCourse()).chapters).toEqual([])
})

test('A removed chapter can be restored after a reload, by an undo', async ({ api, page }) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  const { region } = locateChapter(page)
  await page.getByRole('button', { name: 'Remove chapter Chapter' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove this chapter?' })
  const removal = page.waitForRequest((request) => request.method() === 'DELETE')
  await dialog.getByRole('button', { name: 'Remove chapter' }).click()
  await removal
  await page.getByRole('button', { name: 'All saved' }).waitFor()
  const readTitles = async () => {
    const read: Course = await (await api.send(`GET /api/courses/${course.id}`)).json()
    return read.chapters.map(({ title }) => title)
  }
  expect(await readTitles()).toEqual([])
  await page.reload()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await region.waitFor()
  await eventually(readTitles).toEqual(['Chapter'])
  await page.reload()
  await page.getByRole('button', { name: /^Redo/ }).click()
  await region.waitFor({ state: 'detached' })
  await eventually(readTitles).toEqual([])
})

test('A course whose creation was not answered is created once, even after a reload', async ({
  api,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(loadError('net::ERR_FAILED'))
  const title = `Painting ${crypto.randomUUID()}`
  let isLost = false
  await page.route('**/api/courses', async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.fallback()
    isLost = true
    await route.fetch()
    await route.abort()
  })
  await page.goto('/')
  const field = page.getByRole('textbox', { name: 'New course title' })
  await field.fill(title)
  await field.press('Enter')
  await eventually(() => field.getAttribute('aria-invalid')).toBe('true')
  await page.reload()
  await eventually(() => field.inputValue()).toBe(title)
  await field.press('Enter')
  await eventually(() => field.inputValue()).toBe('')
  const { courses }: { courses: CourseSummary[] } = await (
    await api.send('GET /api/courses')
  ).json()
  expect(courses.filter((course) => course.title === title)).toHaveLength(1)
})

test('Another tab sends what a closed tab has left', async ({ api, context, page }) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const other = await context.newPage()
  await openCourse(other, course)
  const batch = await holdRequests(other, batchUrls)
  const names = await addVideos(other, locateChapter(other), 3)
  await batch.arrived
  await other.close()
  const view = locateChapter(page)
  await eventually(view.names).toEqual(names)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked'])
})

test('A half-typed name of a closed tab that got its lock late continues in another', async ({
  api,
  context,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(1))
  await page.clock.install()
  await openCourse(page, course)
  const other = await context.newPage()
  await other.addInitScript(holdBackTabLock)
  await openCourse(other, course)
  expect(await other.evaluate(countTabLocks)).toBe(1)
  await other.evaluate(() => window.grantTabLock?.())
  await eventually(() => other.evaluate(countTabLocks)).toBe(2)
  // A page that took the other tab for gone would have looked for what it left by then.
  await page.clock.fastForward(4_000)
  await typeFilename(locateChapter(other).rows.nth(0), 'Goes on')
  await other.close({ runBeforeUnload: false })
  await eventually(() => getEditor(locateChapter(page).rows.nth(0)).inputValue()).toBe('Goes on')
})

test('A half-typed name of a closed tab continues in another, which keeps its own', async ({
  api,
  context,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  await openCourse(page, course)
  const { rows } = locateChapter(page)
  await typeFilename(rows.nth(0), 'Typed here')
  await rows
    .nth(1)
    .getByRole('button', { name: /^Rename/ })
    .click()
  const other = await context.newPage()
  await openCourse(other, course)
  await typeFilename(locateChapter(other).rows.nth(0), 'Typed there')
  await typeFilename(locateChapter(other).rows.nth(1), 'Goes on')
  await other.close({ runBeforeUnload: false })
  await eventually(() => getEditor(rows.nth(1)).inputValue()).toBe('Goes on')
  expect(await getEditor(rows.nth(0)).inputValue()).toBe('Typed here')
  const left = page.getByRole('region', { name: '1 name from an earlier visit wasn’t saved' })
  await left.getByText('Typed there').waitFor()
  await page.reload()
  await left.getByText('Typed there').waitFor()
  await eventually(() => getEditor(rows.nth(1)).inputValue()).toBe('Goes on')
  await getEditor(rows.nth(1)).fill('Saved')
  await getEditor(rows.nth(1)).press('Enter')
  await eventually(() => api.filenames(chapter.id)).toContain('Saved')
  await left.getByRole('button', { name: 'Discard' }).click()
  await left.waitFor({ state: 'detached' })
})

test('If nothing can be stored, the page works and explains the consequence', async ({
  api,
  page,
}) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('Not here', 'SecurityError')
    }
  })
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const names = await addVideos(page, view, 2)
  await eventually(() => api.filenames(chapter.id)).toEqual(names)
  const notice = page
    .getByRole('alert')
    .filter({ hasText: 'Changes can’t be saved on this device' })
  await notice.getByRole('button', { name: 'Close' }).click()
  await notice.waitFor({ state: 'detached' })
})

test('A record of another version can be copied before it is discarded', async ({ api, page }) => {
  const { course } = await createCourse(api)
  await openCourse(page, course)
  await eventually(() => page.evaluate(storeNewerRecord)).toBe(true)
  await page.reload()
  const left = page.getByRole('region', { name: /^1 name from an earlier visit/ })
  await left.getByText('From the future.mp4').waitFor()
  await page.reload()
  await left.getByRole('button', { name: 'Discard' }).click()
  await left.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('heading', { level: 1, name: course.title }).waitFor()
  expect(await left.count()).toBe(0)
})

/** Runs in the page: stores a record of a newer version. False while there is no database. */
const storeNewerRecord = () =>
  new Promise<boolean>((resolve) => {
    const opening = indexedDB.open('lectern-outbox')
    opening.onsuccess = () => {
      const database = opening.result
      if (!database.objectStoreNames.contains('videos')) return resolve(false)
      const writing = database.transaction('videos', 'readwrite')
      const context = { wanted: { filename: 'From the future.mp4' } }
      writing.objectStore('videos').put({ tabId: 'gone', id: 'a video', version: 99, context })
      writing.oncomplete = () => {
        database.close()
        resolve(true)
      }
    }
  })

/** Holds back the lock by which other tabs notice that this one is gone, until it is granted. */
function holdBackTabLock() {
  const granted = new Promise<void>((resolve) => {
    window.grantTabLock = resolve
  })
  const { locks } = navigator
  const request = locks.request.bind(locks) as (...given: unknown[]) => Promise<unknown>
  const isOwnTabLock = (name: unknown, options: unknown) =>
    String(name).startsWith('lectern tab ') && JSON.stringify(options) === '{}'
  Object.assign(locks, {
    request: async (...given: unknown[]) => {
      if (isOwnTabLock(given[0], given[1])) await granted
      return request(...given)
    },
  })
}

async function countTabLocks(): Promise<number> {
  const { held = [] } = await navigator.locks.query()
  return held.filter(({ name, mode }) => name?.startsWith('lectern tab ') && mode === 'exclusive')
    .length
}
