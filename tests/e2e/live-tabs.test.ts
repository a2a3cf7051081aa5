import { addVideos, locateChapter, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

const test = endToEndTest()

test('A tab opened after the chart is listed there, and its actors are shown at once', async ({
  api,
  context,
  page: designer,
}) => {
  await designer.goto('/charts?machine=video&mode=live')
  await designer.locator('svg [data-state-id]').first().waitFor()
  const tabs = designer.getByRole('combobox', { name: 'Tab to watch' })
  const other = tabs.locator('option:not([value="here"])')

  const page = await context.newPage()
  const { course } = await createCourse(api)
  await openCourse(page, course)
  await eventually(() => other.count()).toBe(1)
  await tabs.selectOption(await other.getAttribute('value'))

  const view = locateChapter(page)
  await addVideos(page, view, 1)
  const [name = ''] = await view.names()
  await designer.getByRole('button', { name: `${name} linked` }).click()
  await eventually(() => other.allTextContents()).toEqual(['A course · Lectern'])

  await page.close({ runBeforeUnload: true })
  await eventually(() => other.allTextContents()).toEqual(['A course · Lectern (closed)'])
})
