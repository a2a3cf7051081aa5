import type { Page } from 'playwright'
import { expect } from 'vitest'
import { seededRandom } from '#shared/random.ts'
import { getEditor, locateChapter, openCourse, typeFilename } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, loadError } from '../support/e2e-test.ts'
import { readStoredUploads } from '../support/stored-records.ts'
import { checksum, padVideo } from '../support/upload-server.ts'

const test = endToEndTest()

const size = 8 * 1024 * 1024
/** How often the page is reloaded during an upload. */
const reloads = Number(process.env.LECTERN_RELOADS ?? 3)

const file = {
  name: 'Lesson.mp4',
  mimeType: 'video/mp4',
  buffer: Buffer.from(padVideo('02.mp4', size)),
}

/** Limits the bytes sent per second, so that a reload interrupts the upload. */
async function throttle(page: Page, uploadThroughput: number) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  })
}

/** Lists the rows of the uploads that the page's next visit would resume. */
const listStoredRows = async (page: Page) =>
  (await readStoredUploads(page)).flatMap(({ rows }) => rows.map(({ filename }) => filename))

async function chooseFile(page: Page, press: () => Promise<void>) {
  const opening = page.waitForEvent('filechooser')
  await press()
  await (await opening).setFiles(file)
}

async function startUpload(page: Page) {
  const { region, row } = locateChapter(page)
  await region.getByRole('button', { name: 'More actions for Chapter' }).click()
  await chooseFile(page, () => page.getByRole('menuitem', { name: 'Upload videos…' }).click())
  await row('Lesson.mp4').waitFor()
}

const chooseAgain = (page: Page, filename: string) =>
  chooseFile(page, () =>
    locateChapter(page)
      .row(filename)
      .getByRole('button', { name: /^Choose .* again$/ })
      .click(),
  )

test('an upload resumes after every reload, keeps a new name, and is linked once', {
  timeout: (20 + reloads) * 30_000,
}, async ({ api, page, server, expectedErrors }) => {
  expectedErrors.push(loadError(404))
  const random = seededRandom(5)
  const { course, chapter } = await createCourse(api)
  const { rows, row } = locateChapter(page)
  page.on('dialog', (dialog) => void dialog.accept())
  await openCourse(page, course)
  // Slow enough for a busy machine to reload before the upload is over.
  await throttle(page, 500_000)
  await startUpload(page)
  await typeFilename(row('Lesson.mp4'), 'Welcome.mp4')
  await getEditor(row('Welcome.mp4').or(row('Lesson.mp4'))).press('Enter')

  await eventually(() => listStoredRows(page)).toEqual(['Welcome.mp4'])

  const percent = async () =>
    Number(/(\d+)%/.exec((await rows.first().textContent()) ?? '')?.[1] ?? 0)
  for (let reload = 1; reload <= reloads; reload += 1) {
    const share = ((reload - random()) / (reloads + 1)) * 100
    await eventually(percent).toBeGreaterThanOrEqual(Math.floor(share))
    await page.reload()
    await row('Welcome.mp4').getByText('Choose the file again to continue').waitFor()
    await chooseAgain(page, 'Welcome.mp4')
  }
  await throttle(page, -1)
  await eventually(() => row('Welcome.mp4').getAttribute('data-status')).toBe('linked')
  const [video, ...others] = await api.videos(chapter.id)
  expect(others).toEqual([])
  const read = async (path: string) => fetch(`${server.address}${path}`)
  const { contentHash } = await (await read(`/api/media/${video?.mediaId}`)).json()
  expect(contentHash).toBe(checksum(file.buffer))
  const served = await (await read(`/media/${video?.mediaId}/file`)).arrayBuffer()
  expect(checksum(new Uint8Array(served))).toBe(contentHash)
  // The finished upload is removed from the storage.
  await eventually(() => listStoredRows(page)).toEqual([])
  await page.reload()
  await row('Welcome.mp4').waitFor()
  await page.getByRole('button', { name: 'All saved' }).waitFor()
  expect(await page.getByRole('region', { name: 'Uploads' }).count()).toBe(0)
})

test('an open tab takes over the upload of a tab that is closed', async ({
  api,
  context,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(loadError(404), loadError('ERR_FAILED'))
  const { course, chapter } = await createCourse(api)
  await openCourse(page, course)
  // Aborted and not held: a held request may be sent when its page is closed.
  await page.route('**/api/uploads', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  )
  await startUpload(page)
  await eventually(() => listStoredRows(page)).toEqual(['Lesson.mp4'])
  const other = await context.newPage()
  await openCourse(other, course)
  const row = locateChapter(other).row('Lesson.mp4')
  await row.waitFor()
  await page.close()
  await row.getByText('Choose the file again to continue').waitFor()
  await chooseAgain(other, 'Lesson.mp4')
  await eventually(() => row.getAttribute('data-status')).toBe('linked')
  expect(await api.filenames(chapter.id)).toEqual(['Lesson.mp4'])
})
