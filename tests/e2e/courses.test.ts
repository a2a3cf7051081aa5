import { v7 as uuidv7 } from 'uuid'
import { describe, expect } from 'vitest'
import { locateChapter, openCourse, returnToTab } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'

const test = endToEndTest()

test('A course is created, opened, renamed and removed', async ({ api, page }) => {
  await page.goto('/')
  const field = page.getByRole('textbox', { name: 'New course title' })
  await field.fill('  Clay  ')
  await field.press('Enter')
  await page.getByRole('link', { name: 'Clay', exact: true }).waitFor()
  expect(await field.inputValue()).toBe('')

  await page.getByRole('button', { name: 'Rename course Clay' }).click()
  await page.getByRole('textbox', { name: 'Course title', exact: true }).fill('Clay and glaze')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Clay and glaze' }).click()
  await page.getByRole('heading', { level: 1, name: 'Clay and glaze' }).waitFor()
  await page.getByText('No chapters yet').waitFor()
  expect(await page.title()).toBe('Clay and glaze · Lectern')

  await page.getByRole('link', { name: 'Courses', exact: true }).click()
  const remove = page.getByRole('button', { name: 'Remove course Clay and glaze' })
  await remove.click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove this course?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await remove.click()
  await dialog.getByRole('button', { name: 'Remove course' }).click()
  await page.getByText('Removed course “Clay and glaze”').waitFor()
  expect(await page.getByRole('link', { name: 'Clay and glaze' }).count()).toBe(0)
  const titles = async () =>
    (await (await api.send('GET /api/courses')).json()).courses.map(
      ({ title }: { title: string }) => title,
    )
  await eventually(titles).not.toContain('Clay and glaze')
  expect(await titles()).toContain('Drawing from life')
})

test('A chapter is created, renamed and removed', async ({ api, page }) => {
  const { course } = await createCourse(api, 'First')
  const titles = async () =>
    (await (await api.send(`GET /api/courses/${course.id}`)).json()).chapters.map(
      ({ title }: { title: string }) => title,
    )
  await openCourse(page, course)
  await page.getByRole('textbox', { name: 'New chapter title' }).fill('Second')
  await page.getByRole('button', { name: 'Add chapter' }).click()
  await locateChapter(page, 'Second').region.waitFor()
  await page.getByRole('button', { name: 'Rename chapter Second' }).click()
  await page.getByRole('textbox', { name: 'Chapter title', exact: true }).fill('The second')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await locateChapter(page, 'The second').region.waitFor()
  expect(await titles()).toEqual(['First', 'The second'])

  await page.getByRole('button', { name: 'Remove chapter First' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove this chapter?' })
  await dialog.getByRole('button', { name: 'Remove chapter' }).click()
  await locateChapter(page, 'First').region.waitFor({ state: 'detached' })
  await eventually(titles).toEqual(['The second'])
})

// Without routes and mocks, which would disable the browser's cache.
describe('A place that was removed elsewhere is complete again when restored:', () => {
  test.for(['course', 'chapter'] as const)('a %s', async (kind, { api, page, expectedErrors }) => {
    expectedErrors.push(loadError(410))
    const { course, chapter } = await createCourse(api)
    const courseUrl = `**/api/courses/${course.id}`
    const [first, second] = await api.media(2)
    await api.link(chapter.id, first ? [first] : [])
    await page.clock.install()
    await openCourse(page, course)
    const view = locateChapter(page)
    await view.rows.first().waitFor()
    await api.send(`DELETE /api/${kind}s/${kind === 'course' ? course.id : chapter.id}`)
    await returnToTab(page, courseUrl)
    await page.getByText(`This ${kind} was removed by someone else.`).waitFor()
    await page.getByRole('button', { name: `Restore ${kind}` }).click()
    await view.addVideos.waitFor()
    // Wait for the refetch after the restoration; otherwise the next refetch would join it.
    await page.getByRole('button', { name: 'All saved' }).waitFor()
    await api.link(chapter.id, second ? [second] : [])
    await returnToTab(page, courseUrl)
    await eventually(view.names).toEqual([first?.filename, second?.filename])
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

const directionMessage = 'Remove the invisible characters that change the text direction'

describe('An invalid title is reported at its field', () => {
  test.for([
    ['nothing but a space', ' ', 'Enter a title'],
    ['256 characters', 'x'.repeat(256), 'Use at most 255 characters'],
    ['a tab', 'a\tb', 'Remove line breaks, tabs and other control characters'],
    ['an invisible character', '\u200b', 'Use at least one visible character'],
    ['a direction override', 'lesson\u202e4pm.exe', directionMessage],
  ] as const)('%s', async ([, title, message], { api, page }) => {
    const { course } = await createCourse(api)
    for (const [address, label] of [
      ['/', 'New course title'],
      [`/courses/${course.id}`, 'New chapter title'],
    ] as const) {
      await page.goto(address)
      const field = page.getByRole('textbox', { name: label })
      await field.focus()
      await page.keyboard.insertText(title)
      await field.press('Enter')
      await eventually(() => field.getAttribute('aria-invalid')).toBe('true')
      const described = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`)
      expect(await described.textContent()).toBe(message)
      expect(await field.inputValue()).toBe(title)
      await field.fill('')
    }
  })
})

test('A title that can’t be saved stays in its field', async ({ api, page, expectedErrors }) => {
  expectedErrors.push(loadError(500))
  const { course } = await createCourse(api)
  await openCourse(page, course)
  await page.route('**/api/courses/*/chapters', (route) => route.fulfill({ status: 500, body: '' }))
  const field = page.getByRole('textbox', { name: 'New chapter title' })
  await field.fill('Kept')
  await field.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await field.inputValue()).toBe('Kept')
  await page.unroute('**/api/courses/*/chapters')
  await field.press('Enter')
  await locateChapter(page, 'Kept').region.waitFor()
})

test.for(['/courses/nothing', `/courses/${uuidv7()}`, '/nothing'])(
  '%s is a missing page',
  async (address, { page, expectedErrors }) => {
    expectedErrors.push(loadError(404))
    await page.goto(address)
    await page.getByText('This page doesn’t exist').waitFor()
    await page.getByRole('link', { name: 'See all courses' }).click()
    await page.getByRole('heading', { level: 1, name: 'Courses' }).waitFor()
  },
)

test('The page reports that the server is down and recovers afterwards', async ({
  page,
  expectedErrors,
  server,
}) => {
  expectedErrors.push(
    // Prefetched code may still be in flight.
    loadError('net::ERR_CONNECTION_(REFUSED|RESET)'),
    /^TypeError: Failed to fetch/,
  )
  await page.goto('/courses/nothing')
  await page.getByText('This page doesn’t exist').waitFor()
  await server.pause(async () => {
    await page.getByRole('link', { name: 'See all courses' }).click()
    await page.getByRole('heading', { name: 'This page couldn’t be loaded' }).waitFor()
    await page.getByRole('alert').filter({ hasText: 'The server can’t be reached.' }).waitFor()
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: 'Drawing from life' }).waitFor()
})
