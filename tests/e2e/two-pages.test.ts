import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Course } from '#contract/courses.ts'
import { addVideos, locateChapter, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually, withContext } from '../support/e2e-test.ts'
import { batchUrls, holdRequests } from '../support/e2e-traffic.ts'

const test = endToEndTest()
const count = 5

test('Two people who add to a chapter at once keep their picks together, in pick order', async ({
  api,
  browser,
  expectedErrors,
  page,
  server,
}) => {
  const { course, chapter } = await createCourse(api)
  const first = await addWithHeldLinks(page, course, 0)
  await withContext(browser, server.address, expectedErrors, async (otherContext) => {
    const second = await addWithHeldLinks(await otherContext.newPage(), course, count)
    second.release()
    first.release()
    await eventually(() => api.videos(chapter.id)).toHaveLength(2 * count)
    const ids = (await api.videos(chapter.id)).map(({ id }) => id)
    const isFirstBefore = ids[0] === first.ids[0]
    expect(ids).toEqual(
      isFirstBefore ? [...first.ids, ...second.ids] : [...second.ids, ...first.ids],
    )
  })
})

/** Adds videos in a page, and holds their links until `release`. */
async function addWithHeldLinks(page: Page, course: Course, start: number) {
  await openCourse(page, course)
  const view = locateChapter(page)
  const { arrived, release } = await holdRequests(page, batchUrls)
  await addVideos(page, view, count, start)
  await arrived
  return { ids: await view.ids(), release }
}
