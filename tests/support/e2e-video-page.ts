import type { Page, Request, Route } from 'playwright'
import type { Video } from '#contract/videos.ts'
import { type Ending, seenNow, type VideoPage } from '../models/page/video-page.ts'
import { isPick, type VideoStart } from '../models/video.model.ts'
import type { Api } from './e2e-api.ts'
import { addVideos, getEditor, locateChapter, openCourse } from './e2e-course.ts'
import { createCourse, eventually } from './e2e-test.ts'

/** The requests that change data, by the effects that send them. */
const requests: Record<string, { method: string; path: RegExp }> = {
  linkVideo: { method: 'POST', path: /\/videos\/batch$/ },
  saveFilename: { method: 'PATCH', path: /\/api\/videos\/[^/]+$/ },
  removeVideo: { method: 'DELETE', path: /\/api\/videos\/[^/]+$/ },
  restoreVideo: { method: 'POST', path: /\/restore$/ },
}

/** The query client's `staleTime`, in ms. */
const staleTime = 10_000

/** Opens a page with one video of the server's library. Its requests are held from the start. */
export async function openVideoPage(page: Page, api: Api, start: VideoStart) {
  const added = isPick(start)
  const { course, chapter } = await createCourse(api)
  if (!added) await api.link(chapter.id, await api.media(1))
  const held = await holdChanges(page)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  if (!added) await view.rows.first().waitFor()
  if (start === 'a pick that was sent') held.holdAgain()
  else await fireConnectionEvent(page, 'offline')
  const [filename = ''] = added ? await addVideos(page, view, 1) : await view.names()
  await fireConnectionEvent(page, 'offline')

  const video = async (): Promise<Video> => {
    const [only] = await api.videos(chapter.id)
    if (!only) throw new Error('The server has no video')
    return only
  }
  const videoPage: VideoPage = {
    look: () => page.evaluate(seenNow),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    type: (typed) => getEditor(view.rows.first()).fill(typed),
    async connect() {
      held.holdAgain()
      // The page does not show whether it waits for a connection yet.
      await eventually(async () => {
        await connectBriefly(page)
        return held.effects()
      }).not.toEqual([])
    },
    held: held.effects,
    end: held.end,
    renameElsewhere: async (name) => void (await api.change(await video(), { filename: name })),
    async removeElsewhere() {
      const [id = ''] = await view.ids()
      await api.remove({ id })
      await page.clock.fastForward(staleTime)
      await connectBriefly(page)
    },
    passTime: (milliseconds) => page.clock.fastForward(milliseconds),
  }
  return { videoPage, filename }
}

/** Fires the browser's connection events. The network itself stays up, for tests to hold requests. */
const fireConnectionEvent = (page: Page, event: 'online' | 'offline') =>
  page.evaluate((name) => void window.dispatchEvent(new Event(name)), event)

/** Goes online and offline again. */
async function connectBriefly(page: Page) {
  await fireConnectionEvent(page, 'online')
  await fireConnectionEvent(page, 'offline')
}

/** Holds the requests that change data until `end`. */
async function holdChanges(page: Page) {
  let waiting: { effect: string; request: Request; end: (ending: Ending) => void }[] = []
  let isHolding = false
  const endAll = (ending: Ending) => {
    for (const { end } of waiting) end(ending)
    waiting = []
  }
  await page.route('**/api/**', async (route) => {
    const request = route.request()
    const effect = findEffect(request)
    if (!isHolding || effect === undefined) return route.fallback()
    const ending = await new Promise<Ending>((end) => waiting.push({ effect, request, end }))
    await endRoute(route, ending).catch(ignoreAbort)
  })
  return {
    effects: () => waiting.map(({ effect }) => effect),
    holdAgain() {
      endAll({ is: 'lost', hasArrived: false })
      isHolding = true
    },
    /** Resolves when the responses have arrived. The page need not read them to their end. */
    async end(ending: Ending) {
      isHolding = false
      const known = waiting.map(({ request }) => request.response())
      endAll(ending)
      await Promise.all(known)
    },
  }
}

function findEffect(request: Request): string | undefined {
  const { pathname } = new URL(request.url())
  const found = Object.entries(requests).find(
    ([, { method, path }]) => request.method() === method && path.test(pathname),
  )
  return found?.[0]
}

async function endRoute(route: Route, ending: Ending) {
  switch (ending.is) {
    case 'answered':
      return route.fallback()
    case 'refused':
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Refused on purpose',
          status: 403,
          detail: ending.detail,
        }),
      })
    case 'lost':
      if (ending.hasArrived) await route.fetch()
      return route.abort('connectionreset')
  }
}

// The page may abort a request while it is held.
const ignoreAbort = () => {}
