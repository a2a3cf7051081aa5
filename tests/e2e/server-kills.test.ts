import { expect } from 'vitest'
import { delay } from '#shared/delay.ts'
import { seededRandom } from '#shared/random.ts'
import { addVideos, locateChapter, openCourse } from '../support/e2e-course.ts'
import {
  createCourse,
  endToEndTest,
  eventually,
  loadError,
  withContext,
} from '../support/e2e-test.ts'

// Faults of its own, so that no other test uses the server.
const test = endToEndTest('latency=0-150')

/** How often the server is killed in the middle of links, with live pages. */
const kills = Number(process.env.LECTERN_SERVER_KILLS ?? 2)

test('Whenever the server is killed, no link is lost or doubled, and live pages catch up', {
  timeout: (10 + kills) * 60_000,
}, async ({ api, browser, server, page, expectedErrors }) => {
  expectedErrors.push(loadError('net::ERR_'), /^TypeError: (Failed to fetch|network error)/)
  const random = seededRandom(12)
  await withContext(browser, server.address, expectedErrors, async (otherContext) => {
    const watcher = await otherContext.newPage()
    for (let kill = 1; kill <= kills; kill += 1) {
      const { course, chapter } = await createCourse(api)
      await Promise.all([watcher.waitForResponse(/\/api\/events/), openCourse(watcher, course)])
      const watched = locateChapter(watcher)
      await openCourse(page, course)
      const view = locateChapter(page)
      const names = await addVideos(page, view, 6)
      // At any moment of the links, or soon after them.
      await delay(random() * 250)
      await server.kill()

      await eventually(view.statuses).toEqual(names.map(() => 'linked'))
      await eventually(watched.names).toEqual(names)
      expect(await watched.ids(), `after kill ${kill}`).toEqual(await view.ids())
      expect(await view.names()).toEqual(names)
      expect(await api.filenames(chapter.id)).toEqual(names)
    }
  })
})
