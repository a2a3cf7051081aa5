import { locateChapter, openCourse } from '../support/e2e-course.ts'
import { createCourse, endToEndTest } from '../support/e2e-test.ts'

const test = endToEndTest()

test('A page opens where the browser forbids storage, channels and locks', async ({
  api,
  page,
}) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(1))
  await page.addInitScript(() => {
    function forbid() {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, { get: forbid })
    }
    Object.defineProperty(window, 'BroadcastChannel', { value: forbid })
    Object.assign(navigator.locks, { request: async () => forbid(), query: async () => forbid() })
  })
  await openCourse(page, course)
  await locateChapter(page).rows.first().waitFor()
  await page.getByText('Changes can’t be saved on this device.').waitFor()
})
