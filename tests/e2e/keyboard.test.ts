import type { Page } from 'playwright'
import { expect } from 'vitest'
import { getStemLength } from '#shared/media-extension.ts'
import { locateChapter, locateLibrary } from '../support/e2e-course.ts'
import { endToEndTest, eventually } from '../support/e2e-test.ts'
import { batchUrls, interceptFirst, parseLinks } from '../support/e2e-traffic.ts'

const test = endToEndTest()

const refusal = { type: '/problems/link-refused', title: 'No', status: 403, detail: 'Not today.' }

test('The main job can be done with the keyboard alone', async ({ api, page }) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const type = (text: string) => page.keyboard.type(text)
  const view = locateChapter(page, 'Basics')
  const library = locateLibrary(page)
  await refuseFirstLink(page)

  // Create a course with a chapter.
  const title = `By keyboard ${Date.now()}`
  await page.goto('/')
  await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  await tabTo(page, 'New course title')
  await type(title)
  await press('Enter')
  await page.getByRole('link', { name: title }).waitFor()
  await tabTo(page, title)
  await press('Enter')
  await eventually(() => focusedName(page)).toBe(title)
  await tabTo(page, 'New chapter title')
  await type('Basics')
  await press('Enter')
  await view.region.waitFor()
  const chapterId = await view.region.getAttribute('data-chapter-id')

  // Add twenty videos, the first of which is refused.
  await tabTo(page, 'Add videos', 'Shift+Tab')
  await press('a')
  await library.tiles.first().waitFor()
  await press('ArrowDown', 'Enter')
  for (let picked = 1; picked < 20; picked += 1) await press('Shift+ArrowRight')
  const picked = (await library.names()).slice(0, 20)
  await tabTo(page, 'Add 20 videos')
  await press('Enter')
  await eventually(view.names).toEqual(picked)
  const [first = '', second = '', third = '', fourth = '', ...others] = picked

  // Rename three rows in sequence.
  await eventually(() => focusedName(page)).toBe('Add videos')
  await tabTo(page, first)
  await press('F2')
  await type('One')
  await press('Tab')
  await type('Two')
  await press('Tab')
  await type('Three')
  await press('Enter')
  const one = `One${readExtension(first)}`
  const two = `Two${readExtension(second)}`
  const three = `Three${readExtension(third)}`
  await eventually(view.names).toEqual([one, two, three, fourth, ...others])
  expect(await focusedName(page)).toBe(`Rename ${three}`)

  // Cancel another rename.
  await press('Enter')
  await type('Given up')
  await press('Escape')
  expect(await focusedName(page)).toBe(`Rename ${three}`)

  // Move the third row down, remove the row that is then above it, and undo the removal.
  await press('Alt+ArrowDown')
  await eventually(view.names).toEqual([one, two, fourth, three, ...others])
  await press('ArrowUp')
  expect(await focusedName(page)).toBe(fourth)
  await press('Delete')
  await eventually(view.names).toEqual([one, two, three, ...others])
  await tabTo(page, /^Undo/)
  await press('Enter')
  await eventually(view.names).toEqual([one, two, fourth, three, ...others])

  // Retry the refused link.
  const failed = view.rowsByStatus('failed')
  await eventually(() => failed.count()).toBe(1)
  await tabTo(page, 'Next failed video', 'Shift+Tab')
  await press('Tab', 'Home')
  expect(await focusedName(page)).toBe(one)
  await press('r')
  await eventually(() => view.rowsByStatus('linked').count()).toBe(20)
  const shown = [one, two, fourth, three, ...others]
  await eventually(() => api.filenames(chapterId ?? '')).toEqual(shown)
  expect(await view.names()).toEqual(shown)
})

const readExtension = (filename: string) => filename.slice(getStemLength(filename))

/** Removes the first link from the first batch, and answers that it was refused. */
const refuseFirstLink = (page: Page) =>
  interceptFirst(page, batchUrls, async (route) => {
    const [unlucky, ...videos] = parseLinks(route.request())
    const response = await route.fetch({ postData: { videos } })
    const line = JSON.stringify({ id: unlucky?.id, status: 403, problem: refusal })
    await route.fulfill({ response, body: `${line}\n${await response.text()}` })
  })

const maxTabs = 60

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const passed: string[] = []
  while (passed.length < maxTabs) {
    await page.keyboard.press(key)
    const focused = await focusedName(page)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`“${name}” can’t be reached, only ${passed.join(', ')}`)
}

const focusedName = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    return focused?.getAttribute('aria-label') ?? focused?.textContent ?? ''
  })
