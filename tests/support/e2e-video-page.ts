import type { Page, Request, Route } from 'playwright'
import type { Video } from '#contract/videos.ts'
import { type Ending, seenNow, type VideoPage } from '../models/page/video-page.ts'
import { isPick, type VideoStart } from '../models/video.model.ts'
import type { Api } from './e2e-api.ts'
import { addVideos, getEditor, locateChapter, openCourse } from './e2e-course.ts'
import { createCourse, eventually } from './e2e-test.ts'

/** Requests that change something, by the effects that send them. */
const requests: Record<string, { method: string; path: RegExp }> = {
  linkVideo: { method: 'POST', path: /\/videos\/batch$/ },
  saveFilename: { method: 'PATCH', path: /\/api\/videos\/[^/]+$/ },
  removeVideo: { method: 'DELETE', path: /\/api\/videos\/[^/]+$/ },
  restoreVideo: { method: 'POST', path: /\/restore$/ },
}

/** For so long the page takes a list for the newest, in ms. */
const staleTime = 10_000

/** Opens a page with one video of the server's library. What it sends is held back from the start. */
export async function openVideoPage(page: Page, api: Api, start: VideoStart) {
  const added = isPick(start)
  const { course, chapter } = await createCourse(api)
  if (!added) await api.link(chapter.id, await api.media(1))
  const held = await holdChanges(page)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  if (!added) await view.rows.first().waitFor()
  if (start === 'a pick that was sent') held.holdAnew()
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
      held.holdAnew()
      // What the page looks like does not tell whether it has come to wait for a connection yet.
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

/** The browser’s word on its connection. The network itself stays, for the tests to hold back what it carries. */
const fireConnectionEvent = (page: Page, event: 'online' | 'offline') =>
  page.evaluate((name) => void window.dispatchEvent(new Event(name)), event)

/** Has a connection for a moment. */
async function connectBriefly(page: Page) {
  await fireConnectionEvent(page, 'online')
  await fireConnectionEvent(page, 'offline')
}

/** Holds back the requests that change something, until it is told how they end. */
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
    holdAnew() {
      endAll({ is: 'lost', hasArrived: false })
      isHolding = true
    },
    /** Resolves when the answer is there. It need not be read to its end, which a page may not do. */
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
          ...{ type: 'about:blank', title: 'Refused on purpose', status: 403 },
          detail: ending.detail,
        }),
      })
    case 'lost':
      if (ending.hasArrived) await route.fetch()
      return route.abort('connectionreset')
  }
}

// A page may give a request up while it is held back.
const ignoreAbort = () => {}
