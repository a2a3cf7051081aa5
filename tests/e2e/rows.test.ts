import type { Page } from 'playwright'
import { describe, expect } from 'vitest'
import {
  addVideos,
  getButton,
  getEditor,
  locateChapter,
  openCourse,
  openLibrary,
  pickRange,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

declare global {
  interface Window {
    pressTargets?: (string | undefined)[]
  }
}

const test = endToEndTest()

const phone = { width: 390, height: 844 }

/** Runs in the page. */
const readHeights = (rows: Element[]) => rows.map((row) => row.getBoundingClientRect().height)

describe('On a phone', () => {
  test('a settled row is at most 72 px high, and keeps its height when its editor opens', async ({
    api,
    page,
  }) => {
    await page.setViewportSize(phone)
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(20))
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(() => view.rows.count()).toBe(20)
    const heights = await view.rows.evaluateAll(readHeights)
    expect(Math.max(...heights)).toBeLessThanOrEqual(72)
    for (const index of [0, 1, 2]) {
      const row = view.rows.nth(index)
      const [before] = await row.evaluateAll(readHeights)
      await getButton(row, 'Rename').click()
      await getEditor(row).waitFor()
      expect(await row.evaluateAll(readHeights)).toEqual([before])
      await page.keyboard.press('Escape')
    }
  })

  test('a row with a long name keeps its height when its editor opens', async ({ api, page }) => {
    await page.setViewportSize(phone)
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(1))
    const filename = 'A name of many words that takes many lines '.repeat(5).trim()
    if (video) await api.change(video, { filename })
    await openCourse(page, course)
    const row = locateChapter(page).row(filename)
    await row.waitFor()
    const [before] = await row.evaluateAll(readHeights)
    expect(before).toBeGreaterThan(100)
    await getButton(row, 'Rename').click()
    await getEditor(row).waitFor()
    expect(await row.evaluateAll(readHeights)).toEqual([before])
  })
})

describe.for([phone, { width: 1280, height: 800 }])('In a window of $width × $height', (size) => {
  test.for([1, 4, 30])('%i new videos are scrolled into view', async (count, { api, page }) => {
    await page.setViewportSize(size)
    const { course, chapter } = await createCourse(api)
    const library = await api.media(80)
    await api.link(chapter.id, library.slice(40, 80))
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(() => view.status.textContent()).toBe('40 videos')
    if (count < 30) await addVideos(page, view, count)
    else {
      const picker = await openLibrary(page, view)
      await pickRange(page, picker, count)
      await picker.add.click()
    }
    await eventually(() => view.status.textContent()).toBe(`${count} of ${count} linked`)
    await eventually(() => page.evaluate(countVisibleRows, 40)).toBeGreaterThanOrEqual(
      Math.min(count, 10),
    )
  })
})

/** Counts the fully visible rows after the first `before` rows. Runs in the page. */
function countVisibleRows(before: number) {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-video-id]')]
  return rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return Number(row.dataset.index) >= before && top >= 0 && bottom <= innerHeight
  }).length
}

test('the buttons of a row get every press while the rows around it are mounted', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(100))
  await page.addInitScript(recordPressTargets)
  await openCourse(page, course)
  await eventually(() => locateChapter(page).rows.count()).toBe(100)
  // The frame after the last rows.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  expect(await page.evaluate(() => window.pressTargets)).toEqual(['BUTTON'])
})

/**
 * Runs in the page: after each change, records what a press on the button of a row would reach, if
 * that is new. A change takes effect before its frame is painted.
 */
function recordPressTargets() {
  const targets = new Set<string | undefined>()
  window.pressTargets = []
  new MutationObserver(() => {
    const button = document.querySelector('[data-video-id] button[aria-label^="Rename"]')
    const { left = 0, top = 0, width = 0, height = 0 } = button?.getBoundingClientRect() ?? {}
    if (width === 0) return
    const target = document.elementFromPoint(left + width / 2, top + height / 2)
    targets.add(target?.closest('button, li')?.nodeName)
    window.pressTargets = [...targets]
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

describe('Every row is in the document', () => {
  test('of a chapter with 300 videos, once the page is idle', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(300))
    await openCourse(page, course)
    await eventually(() => locateChapter(page).rows.count()).toBe(300)
    expect(await readOrder(page)).toEqual(Array.from({ length: 300 }, (_, index) => index))
  })

  test('again after the media library, below which only those near the viewport are', async ({
    api,
    page,
  }) => {
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(100))
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(() => view.rows.count()).toBe(100)
    const { dialog } = await openLibrary(page, view)
    await eventually(() => view.rows.count()).toBeLessThan(50)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await eventually(() => view.rows.count()).toBe(100)
  })

  test('of any chapter in print', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(400))
    await openCourse(page, course)
    const view = locateChapter(page)
    await view.rows.first().waitFor()
    expect(await view.rows.count()).toBeLessThan(100)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await view.rows.count()).toBe(400)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await eventually(() => view.rows.count()).toBeLessThan(100)
    await page.emulateMedia({ media: 'print' })
    await eventually(() => view.rows.count()).toBe(400)
    const [first, second] = await view.rows.evaluateAll((rows) =>
      rows.map((row) => row.getBoundingClientRect()),
    )
    expect(second?.top).toBe(first?.bottom)
  })

  test('of a collapsed chapter in print', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(2))
    await openCourse(page, course)
    const view = locateChapter(page)
    await view.rows.first().waitFor()
    await view.region.getByRole('button', { expanded: true }).click()
    await view.rows.first().waitFor({ state: 'hidden' })
    await page.emulateMedia({ media: 'print' })
    await eventually(() => view.rows.count()).toBe(2)
    await view.rows.last().waitFor()
  })
})

/** Reads the indices of the rows, in document order. */
const readOrder = (page: Page) =>
  locateChapter(page).rows.evaluateAll((rows) => rows.map((row) => Number(row.dataset.index)))
