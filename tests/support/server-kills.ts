import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Api } from './e2e-api.ts'
import { addVideos, locateChapter, openCourse } from './e2e-course.ts'
import { createCourse, eventually, loadError } from './e2e-test.ts'

/** How often a server with live pages is killed while videos are being linked. */
export const serverKills = Number(process.env.LECTERN_SERVER_KILLS ?? 2)

/** What a page logs when its server is killed. */
export const killErrors = [
  loadError('net::ERR_'),
  /^TypeError: (Failed to fetch|network error)/,
] as const

interface People {
  api: Api
  page: Page
  /** Another person's page. */
  watcher: Page
  /** The number of this kill, for messages. */
  kill: number
}

/**
 * Adds videos on the page, in a new course that the other person watches.
 * @returns a function that expects both pages to end with the server's videos, each once and in the
 *   order of the picks
 */
export async function addWatchedVideos({ api, page, watcher, kill }: People) {
  const { course, chapter } = await createCourse(api)
  await Promise.all([watcher.waitForResponse(/\/api\/events/), openCourse(watcher, course)])
  const watched = locateChapter(watcher)
  await openCourse(page, course)
  const view = locateChapter(page)
  const names = await addVideos(page, view, 6)
  return async () => {
    await eventually(view.statuses).toEqual(names.map(() => 'linked'))
    await eventually(watched.names).toEqual(names)
    expect(await watched.ids(), `after kill ${kill}`).toEqual(await view.ids())
    expect(await view.names()).toEqual(names)
    expect(await api.filenames(chapter.id)).toEqual(names)
  }
}
