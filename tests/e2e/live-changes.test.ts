import type { BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import { locateChapter, openCourse } from '../support/e2e-course.ts'
import {
  createCourse,
  endToEndTest,
  eventually,
  loadError,
  withContext,
} from '../support/e2e-test.ts'

const test = endToEndTest()

/** Opens a course in a page that follows the changes of others, and records what it fetches. */
async function openFollower(context: BrowserContext, course: { id: string; title: string }) {
  const page = await context.newPage()
  await Promise.all([page.waitForResponse(/\/api\/events/), openCourse(page, course)])
  const reads: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'GET') reads.push(new URL(request.url()).pathname)
  })
  return { page, listReads: () => reads.filter((path) => /^\/api\/(courses|chapters)/.test(path)) }
}

const announcement = (page: Page) => page.locator('[data-live-changes]')

/** Returns a function that reads each text that the announcement has had from now on. */
async function recordAnnouncements(page: Page) {
  const texts = await announcement(page).evaluateHandle((element) => {
    const texts: (string | null)[] = []
    const record = () => {
      if (element.textContent !== texts.at(-1)) texts.push(element.textContent)
    }
    new MutationObserver(record).observe(element, {
      characterData: true,
      childList: true,
      subtree: true,
    })
    return texts
  })
  return () => texts.jsonValue()
}

test('Changes by one person are shown to another, whose page refetches no list', async ({
  api,
  browser,
  server,
  context,
}) => {
  const { course, chapter } = await createCourse(api, 'One', 'Two')
  const [first, second, third] = await api.link(chapter.id, await api.media(3))
  if (!first || !second || !third) throw new Error('no videos')
  await withContext(browser, server.address, [], async (otherContext) => {
    const { page, listReads } = await openFollower(context, course)
    const firstChapter = locateChapter(page, 'One')
    const secondChapter = locateChapter(page, 'Two')
    await firstChapter.rows.nth(2).waitFor()
    await secondChapter.addVideos.waitFor()
    const author = await otherContext.newPage()
    await openCourse(author, course)
    const authorChapter = locateChapter(author, 'One')

    // A rename.
    await authorChapter
      .rowById(first.id)
      .getByRole('button', { name: /^Rename/ })
      .click()
    await authorChapter
      .rowById(first.id)
      .getByRole('textbox', { name: 'Filename' })
      .fill('New name.mp4')
    await author.keyboard.press('Enter')
    await firstChapter.row('New name.mp4').waitFor()
    await eventually(() => announcement(page).textContent()).toBe('1 video changed by someone else')

    // An addition.
    const [, , , asset] = await api.media(4)
    if (!asset) throw new Error('no asset')
    await api.send(`PUT /api/chapters/${chapter.id}/videos/${crypto.randomUUID()}`, {
      mediaId: asset.id,
      filename: 'Added.mp4',
      position: 'a9',
    })
    for (const view of [firstChapter, authorChapter]) await view.row('Added.mp4').waitFor()

    // A removal.
    await authorChapter
      .rowById(second.id)
      .getByRole('button', { name: /^Remove/ })
      .click()
    await firstChapter.rowById(second.id).waitFor({ state: 'detached' })

    // A move to another chapter.
    const { chapters } = course
    const moved = (await api.videos(chapter.id)).find(({ id }) => id === third.id)
    if (!moved) throw new Error('no video')
    await api.change(moved, { chapterId: chapters[1]?.id })
    for (const shown of [secondChapter, locateChapter(author, 'Two')])
      await shown.rowById(third.id).waitFor()
    await firstChapter.rowById(third.id).waitFor({ state: 'detached' })

    // A chapter's title.
    await author.getByRole('button', { name: 'Rename chapter Two' }).click()
    await author.getByRole('textbox', { name: 'Chapter title', exact: true }).fill('Three')
    await author.keyboard.press('Enter')
    await locateChapter(page, 'Three').rowById(third.id).waitFor()
    expect(listReads()).toEqual([])
  })
})

test('A row or title that one person is renaming says so to another, without a layout shift', async ({
  api,
  browser,
  server,
  context,
}) => {
  const { course, chapter } = await createCourse(api, 'One')
  const [video] = await api.link(chapter.id, await api.media(2))
  if (!video) throw new Error('no video')
  await withContext(browser, server.address, [], async (otherContext) => {
    const { page } = await openFollower(context, course)
    const row = locateChapter(page, 'One').rowById(video.id)
    const notice = page.getByText('Someone is renaming this')
    await row.waitFor()
    const { height } = (await row.boundingBox()) ?? expect.unreachable()
    const author = await otherContext.newPage()
    await openCourse(author, course)
    const places = [
      ['the video', locateChapter(author, 'One').rowById(video.id), row],
      [
        'the chapter',
        author.locator('[data-chapter-header]'),
        page.locator('[data-chapter-header]'),
      ],
      ['the course', author.getByRole('main'), page.getByRole('main')],
    ] as const
    for (const [place, own, shown] of places) {
      await own
        .getByRole('button', { name: /^Rename/ })
        .first()
        .click()
      await shown.getByText('Someone is renaming this').waitFor()
      expect(await notice.count(), place).toBe(1)
      expect((await row.boundingBox())?.height, place).toBe(height)
      await author.keyboard.press('Escape')
      await notice.waitFor({ state: 'detached' })
    }
  })
})

test('An open editor keeps its text and the focus while others change its row', async ({
  api,
  context,
}) => {
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  if (!video) throw new Error('no video')
  const { page } = await openFollower(context, course)
  const view = locateChapter(page)
  await view
    .rowById(video.id)
    .getByRole('button', { name: /^Rename/ })
    .click()
  const editor = view.rowById(video.id).getByRole('textbox', { name: 'Filename' })
  await editor.fill('Half typed')
  await api.change(video, { filename: 'Theirs.mp4' })
  await eventually(() => announcement(page).textContent()).toBe('1 video changed by someone else')
  const readAnnounced = await recordAnnouncements(page)
  await api.remove(video)
  await eventually(readAnnounced).toEqual(['', '1 video changed by someone else'])
  expect(await editor.inputValue()).toBe('Half typed')
  expect(await editor.evaluate((input) => input === document.activeElement)).toBe(true)
})

test('A page that was offline catches up with one request', async ({
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError('net::ERR_INTERNET_DISCONNECTED'))
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  if (!video) throw new Error('no video')
  const streams = /\/api\/events/
  await page.route(streams, (route) => route.abort('internetdisconnected'))
  const refused = page.waitForEvent('requestfailed', (request) => streams.test(request.url()))
  await openCourse(page, course)
  await locateChapter(page).rowById(video.id).waitFor()
  await refused

  await api.change(video, { filename: 'While away.mp4' })
  await api.send(`POST /api/courses/${course.id}/chapters`, { title: 'Added while away' })
  // Listens before the page can connect, which it also tries by itself.
  const answered: string[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/api/')) answered.push(pathname)
  })
  await page.unroute(streams)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await locateChapter(page).row('While away.mp4').waitFor()
  const { addVideos } = locateChapter(page, 'Added while away')
  await addVideos.waitFor()
  // The list of the new chapter has to be fetched.
  const others = answered.filter((path) => !path.endsWith('/videos') || path.includes(chapter.id))
  expect(others).toEqual(['/api/events'])
})

test('Tabs share one stream, and the next tab takes over when the first is closed', async ({
  api,
  context,
}) => {
  const { course, chapter } = await createCourse(api)
  const [video] = await api.link(chapter.id, await api.media(1))
  if (!video) throw new Error('no video')
  const first = await openFollower(context, course)
  const streams: Page[] = []
  context.on('request', (request) => {
    if (request.url().includes('/api/events')) streams.push(request.frame().page())
  })
  const second = await context.newPage()
  await openCourse(second, course)
  await locateChapter(second).rowById(video.id).waitFor()
  const renamed = await api.change(video, { filename: 'For both.mp4' })
  for (const page of [first.page, second]) {
    await locateChapter(page).row('For both.mp4').waitFor()
  }
  expect(streams.includes(second)).toBe(false)
  await first.page.close()
  await api.change(renamed, { filename: 'For the other.mp4' })
  await locateChapter(second).row('For the other.mp4').waitFor()
  expect(streams.filter((page) => page === second)).toHaveLength(1)
})
