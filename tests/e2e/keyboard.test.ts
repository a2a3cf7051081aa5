import type { Page } from 'playwright'
import { expect } from 'vitest'
import { locateChapter, locateLibrary, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batchUrls, holdRequests, interceptFirst, parseLinks } from '../support/e2e-traffic.ts'

const test = endToEndTest()

const refusal = { type: '/problems/link-refused', title: 'No', status: 403, detail: 'Not today.' }

test('Videos are added, renamed, retried, removed and restored with the keyboard alone', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const view = locateChapter(page)
  const batch = await holdRequests(page, batchUrls)
  await interceptFirst(page, batchUrls, async (route) => {
    const [unlucky, ...videos] = parseLinks(route.request())
    const response = await route.fetch({ postData: { videos } })
    const line = JSON.stringify({ id: unlucky?.id, status: 403, problem: refusal })
    await batch.opened
    await route.fulfill({ response, body: `${line}\n${await response.text()}` })
  })

  await tabTo(page, 'Add videos')
  await page.keyboard.press('Enter')
  const library = locateLibrary(page)
  await library.tiles.first().waitFor()
  const names = (await library.names()).slice(0, 4)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await tabTo(page, 'Add 4 videos')
  await page.keyboard.press('Enter')
  await eventually(view.names).toEqual(names)
  await eventually(() => focusedName(page)).toBe('Add videos')

  await tabTo(page, `Rename ${names[1]}`)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Mine')
  await page.keyboard.press('Enter')
  expect(await focusedName(page)).toBe('Rename Mine')
  await tabTo(page, `Rename ${names[2]}`)
  await page.keyboard.press('Space')
  await page.keyboard.type('Given up')
  await page.keyboard.press('Escape')
  expect(await focusedName(page)).toBe(`Rename ${names[2]}`)
  batch.release()
  await eventually(view.statuses).toEqual(['failed', 'linked', 'linked', 'linked'])

  await tabTo(page, `Retry ${names[0]}`, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked', 'linked'])
  const shown = [names[0], 'Mine', ...names.slice(2)]
  await eventually(() => api.filenames(chapter.id)).toEqual(shown)

  await tabTo(page, `Remove ${names[3]}`)
  await page.keyboard.press('Enter')
  expect(await view.names()).toEqual(shown.slice(0, 3))
  expect(await focusedName(page)).toBe(names[2])
  await tabTo(page, `Undo removing ${names[3]}`)
  await page.keyboard.press('Enter')
  await eventually(view.statuses).toEqual(['linked', 'linked', 'linked', 'linked'])
  await eventually(() => api.filenames(chapter.id)).toEqual(shown)
})

const maxTabs = 60

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const passed: string[] = []
  while (passed.length < maxTabs) {
    await page.keyboard.press(key)
    passed.push(await focusedName(page))
    if (passed.at(-1) === name) return
  }
  throw new Error(`“${name}” can’t be reached, only ${passed.join(', ')}`)
}

const focusedName = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    return focused?.getAttribute('aria-label') ?? focused?.textContent ?? ''
  })
