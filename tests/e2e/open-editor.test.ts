import { describe, expect } from 'vitest'
import type { Video } from '#contract/videos.ts'
import {
  addVideos,
  getEditor,
  locateChapter,
  locateFirstRows,
  openCourse,
  readEditor,
  returnToTab,
  typeFilename,
  typePartialFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import { batchUrls, holdRequests, videoListUrls } from '../support/e2e-traffic.ts'

const test = endToEndTest()

describe('An open editor keeps its text, its caret and its focus', () => {
  test('when its link is confirmed', async ({ api, page }) => {
    const { course } = await createCourse(api)
    await openCourse(page, course)
    const view = locateChapter(page)
    const batch = await holdRequests(page, batchUrls)
    await addVideos(page, view, 2)
    const [row] = await locateFirstRows(view)
    const before = await typePartialFilename(row)
    batch.release()
    await eventually(view.statuses).toEqual(['linked', 'linked'])
    expect(await readEditor(getEditor(row))).toEqual(before)
  })

  test('when a refetch changes names and order', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    const videos = await api.link(chapter.id, await api.media(4))
    await page.clock.install()
    await openCourse(page, course)
    const view = locateChapter(page)
    const [first, , , last] = await locateFirstRows(view)
    for (const [row, video, position] of [
      [first, videos[0], 'a9'],
      [last, videos[3], 'Zz'],
    ] as const) {
      const before = await typePartialFilename(row)
      await api.change(videos[1] as Video, { filename: `Seen beside ${position}` })
      await api.change(video as Video, { filename: `Theirs ${position}`, position })
      await returnToTab(page, videoListUrls)
      await view.row(`Seen beside ${position}`).waitFor()
      await eventually(view.names).toEqual(await api.filenames(chapter.id))
      expect(await readEditor(getEditor(row))).toEqual(before)
      await getEditor(row).press('Escape')
      expect(await row.getAttribute('aria-label')).toBe(`Theirs ${position}`)
      await row.getByText(`Theirs ${position}`, { exact: true }).waitFor()
    }
  })

  test('when the page reconnects and another tab makes a change', async ({
    api,
    page,
    context,
    expectedErrors,
  }) => {
    expectedErrors.push(loadError('net::ERR_INTERNET_DISCONNECTED'))
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(3))
    await page.clock.install()
    await openCourse(page, course)
    const view = locateChapter(page)
    const [row] = await locateFirstRows(view)
    const before = await typePartialFilename(row)

    const otherTab = await context.newPage()
    await openCourse(otherTab, course)
    const [, otherRow] = await locateFirstRows(locateChapter(otherTab))
    await typeFilename(otherRow, 'From the other tab')
    await getEditor(otherRow).press('Enter')
    await eventually(() => api.filenames(chapter.id)).toContain('From the other tab')
    await otherTab.close()
    await page.bringToFront()
    await page.clock.fastForward(11_000)
    await context.setOffline(true)
    await context.setOffline(false)
    await view.row('From the other tab').waitFor()
    expect(await readEditor(getEditor(row))).toEqual(before)
  })

  test('when its row is scrolled out of view in a chapter of 320 videos', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    const videos = await api.link(chapter.id, await api.media(320))
    await openCourse(page, course)
    const view = locateChapter(page)
    const row = view.rowById(videos[1]?.id ?? '')
    const before = await typePartialFilename(row)
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await view.rowById(videos[319]?.id ?? '').waitFor()
    expect(await view.rowById(videos[3]?.id ?? '').count()).toBe(0)
    expect(await readEditor(getEditor(row))).toEqual(before)
    await page.keyboard.type('!')
    expect(await getEditor(row).inputValue()).toBe('Half! typed name')
  })

  test('except the focus, when the chapter is collapsed', async ({ api, page }) => {
    const { course, chapter } = await createCourse(api)
    await api.link(chapter.id, await api.media(2))
    await openCourse(page, course)
    const view = locateChapter(page)
    const [row] = await locateFirstRows(view)
    const before = await typePartialFilename(row)
    await view.toggle.click()
    expect(await view.rows.count()).toBe(0)
    await view.toggle.click()
    expect(await readEditor(getEditor(row))).toEqual({ ...before, hasFocus: false })
  })
})

test('A video removed elsewhere keeps its row while its editor is open', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  const [video, other] = await api.link(chapter.id, await api.media(2))
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  const row = view.rowById(video?.id ?? '')
  const before = await typePartialFilename(row)
  await api.remove(video as Video)
  await returnToTab(page, videoListUrls)
  await row
    .getByText('Removed by someone else; shown here so you don’t lose your new name')
    .waitFor()
  expect(await view.ids()).toEqual([video?.id, other?.id])
  expect(await readEditor(getEditor(row))).toEqual(before)
})
