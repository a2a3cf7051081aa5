import { expect } from 'vitest'
import demoFiles from '../../demo/media.json' with { type: 'json' }
import { getButton, hasFocus, locateChapter, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

const test = endToEndTest()

const kinds = new Map(demoFiles.map((file) => [`${file.codec} in ${file.mimeType}`, file]))

test.for([...kinds])('%s plays', async ([, file], { api, page }) => {
  const { course, chapter } = await createCourse(api)
  const found = await api.media(400)
  const asset = found.find(
    ({ filename, codec, sizeBytes }) =>
      filename === file.filename && codec === file.codec && sizeBytes === file.sizeBytes,
  )
  if (!asset) throw new Error(`The library lacks ${file.filename}`)
  await api.link(chapter.id, [asset])
  await openCourse(page, course)
  const row = locateChapter(page).rows.first()
  await getButton(row, 'Play').click()
  const dialog = page.getByRole('dialog', { name: file.filename })
  const { readyState, currentTime, duration } = await dialog
    .locator('video')
    .evaluate((video: HTMLVideoElement) =>
      new Promise<Pick<HTMLVideoElement, 'readyState' | 'currentTime' | 'duration'>>((resolve) => {
        const check = () => {
          if (video.currentTime > 0.1) resolve(video)
        }
        video.addEventListener('timeupdate', check)
        check()
      }).then(({ readyState, currentTime, duration }) => ({ readyState, currentTime, duration })),
    )
  expect(readyState).toBeGreaterThanOrEqual(2)
  expect(currentTime).toBeGreaterThan(0.1)
  expect(duration).toBeCloseTo(file.durationSeconds, 0)

  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await eventually(() => getButton(row, 'Play').evaluate(hasFocus)).toBe(true)
})
