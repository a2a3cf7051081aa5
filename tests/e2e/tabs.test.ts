import { expect } from 'vitest'
import {
  addVideos,
  getButton,
  locateChapter,
  openCourse,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { batchUrls, holdRequests, videoUrls } from '../support/e2e-traffic.ts'

const test = endToEndTest()

test('Unlinked videos of one tab are shown in tabs that are open or opened meanwhile', async ({
  api,
  context,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  const batch = await holdRequests(page, batchUrls)
  const view = locateChapter(page)
  const early = await addVideos(page, view, 1)
  await eventually(view.names).toEqual(early)
  const second = await context.newPage()
  await openCourse(second, course)
  const secondView = locateChapter(second)
  await eventually(secondView.names).toEqual(early)
  const names = [...early, ...(await addVideos(page, view, 2, 1))]
  await eventually(secondView.names).toEqual(names)
  await eventually(secondView.statuses).toEqual(names.map(() => 'linking'))
  await secondView
    .row(names[0] ?? '')
    .getByText('Linking in another tab…')
    .waitFor()

  // Typed text belongs to one tab; everything else is done by the tab that links.
  await secondView.rows.first().press('F2')
  expect(await secondView.rows.getByRole('textbox').count()).toBe(0)
  await getButton(secondView.row(names[1] ?? ''), 'Remove').click()
  const remaining = [names[0], names[2]]
  for (const { names: shown } of [view, secondView]) {
    await eventually(shown).toEqual(remaining)
  }
  await second.getByRole('button', { name: /^Undo/ }).click()
  for (const { names: shown } of [view, secondView]) {
    await eventually(shown).toEqual(names)
  }

  batch.release()
  for (const { names: shown, ids, statuses } of [view, secondView]) {
    await eventually(statuses).toEqual(names.map(() => 'linked'))
    expect(await shown()).toEqual(names)
    expect(await ids()).toEqual(await view.ids())
  }
  expect(await api.filenames(chapter.id)).toEqual(names)
  await typeFilename(secondView.rows.first(), 'Renamed beside')
  await second.keyboard.press('Enter')
  await eventually(view.names).toEqual(['Renamed beside', names[1], names[2]])
})

test('Unsaved changes of one tab are shown in another and can be edited there', async ({
  api,
  context,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(3))
  const [first, second, third] = await api.filenames(chapter.id)
  await openCourse(page, course)
  const other = await context.newPage()
  await openCourse(other, course)
  const changes = await holdRequests(page, videoUrls)
  const view = locateChapter(page)
  const otherView = locateChapter(other)
  await eventually(otherView.names).toEqual([first, second, third])
  await typeFilename(view.rows.first(), 'Renamed')
  await page.keyboard.press('Enter')
  await getButton(view.row(second ?? ''), 'Remove').click()
  await eventually(otherView.names).toEqual(['Renamed', third])
  await eventually(otherView.statuses).toEqual(['linked', 'linked'])
  changes.release()
  await eventually(() => api.filenames(chapter.id)).toEqual(['Renamed', third])

  await typeFilename(otherView.row('Renamed'), 'Renamed again')
  await other.keyboard.press('Enter')
  await eventually(view.names).toEqual(['Renamed again', third])
  expect(await otherView.names()).toEqual(['Renamed again', third])
})
