import { describe, expect } from 'vitest'
import {
  addVideos,
  createSwappedPairKeys,
  getButton,
  getEditor,
  locateChapter,
  openCourse,
  openLibrary,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { readNamesInNextFrame } from '../support/next-frame.ts'

const test = endToEndTest('latency=300-900,fail=0.3,seed=7')

describe('With twenty videos, some of which the server refuses,', () => {
  test('all are shown in the next frame, settle on their own, and can be renamed and retried', async ({
    api,
    page,
  }) => {
    const { course, chapter } = await createCourse(api, 'Chapter', 'Another')
    await openCourse(page, course)
    const view = locateChapter(page)

    const library = await openLibrary(page, view)
    await library.search.fill('recap')
    await eventually(async () => new Set(await library.names()).size).toBe(24)
    const names = (await library.names()).slice(0, 20)
    const filenames = names.map(
      (name, index) => names[index % 2 === 0 ? index + 1 : index - 1] ?? name,
    )
    await library.search.press('ArrowDown')
    for (const key of createSwappedPairKeys(filenames.length)) await page.keyboard.press(key)
    const rowsInNextFrame = page.evaluate(readNamesInNextFrame, 'click' as const)
    await library.add.click()
    expect(await rowsInNextFrame).toEqual(filenames)

    const [first, second] = filenames.slice(0, 2).map((name) => view.row(name))
    if (!first || !second) throw new Error('no rows')
    await getButton(first, 'Rename').click()
    await page.keyboard.type('First')
    await getButton(second, 'Rename').click()
    await page.keyboard.type('Second')
    const [firstId = '', secondId = ''] = await view.ids()
    await page.keyboard.press('Enter')
    await getEditor(view.rowById(firstId)).press('Enter')
    const newNames = await Promise.all(
      [firstId, secondId].map((id) => view.rowById(id).getAttribute('aria-label')),
    )
    expect(newNames.map((name) => name?.replace(/\.[^.]*$/, ''))).toEqual(['First', 'Second'])

    await eventually(() => view.status.textContent()).toMatch(/^\d+ of 20 linked, \d+ failed$/)
    expect(await page.locator(':disabled').count()).toBe(0)
    expect(await locateChapter(page, 'Another').status.textContent()).toBe('0 videos')
    await eventually(view.statuses).not.toContain('linking')

    const failed = view.rowsByStatus('failed')
    const failures = await failed.count()
    expect(failures).toBeGreaterThan(1)
    expect(await failed.first().textContent()).toContain(
      'Not linked: The server refused this link.',
    )
    await eventually(() => view.status.textContent()).toBe(
      `${20 - failures} of 20 linked, ${failures} failed`,
    )
    expect((await api.videos(chapter.id)).length).toBe(20 - failures)

    await getButton(failed.first(), 'Retry').click()
    await eventually(view.statuses).not.toContain('linking')
    while ((await failed.count()) > 0) {
      await view.retryFailed.click()
      await eventually(view.statuses).not.toContain('linking')
    }

    const shown = [...newNames, ...filenames.slice(2)]
    expect(await view.names()).toEqual(shown)
    await eventually(() => view.status.textContent()).toBe('20 of 20 linked')
    await eventually(() => api.filenames(chapter.id)).toEqual(shown)
    expect((await api.videos(chapter.id)).map(({ id }) => id)).toEqual(await view.ids())
  })

  test('the status is announced for all rows together, not row by row', async ({ api, page }) => {
    const { course } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(() => view.status.textContent()).toBe('0 videos')
    await view.status.evaluate(collectTexts)
    await addVideos(page, view, 12)
    await eventually(() => view.status.textContent()).toMatch(/^\d+ of 12 linked/)
    await eventually(view.statuses).not.toContain('linking')
    await eventually(() => view.rowsByStatus('linked').count()).toBeGreaterThan(0)
    const failures = await view.rowsByStatus('failed').count()
    const last =
      failures > 0
        ? `${12 - failures} of 12 linked, ${failures} failed`
        : `${12 - failures} of 12 linked`
    await eventually(() => view.status.textContent()).toBe(last)

    const texts = await page.evaluate(() => window.announced ?? [])
    expect(texts.filter((text) => !/^(\d+ of 12 linked(, \d+ failed)?)$/.test(text))).toEqual([])
    expect(texts.length).toBeLessThan(12)
    expect(await view.rows.getByRole('status').count()).toBe(0)
    expect(await view.rows.locator('[aria-live]').count()).toBe(0)
  })
})

declare global {
  interface Window {
    announced?: string[]
  }
}

/** Starts recording every text of the element. Runs in the page. */
function collectTexts(element: Element) {
  const texts: string[] = []
  window.announced = texts
  new MutationObserver(() => texts.push(element.textContent ?? '')).observe(element, {
    characterData: true,
    childList: true,
    subtree: true,
  })
}
