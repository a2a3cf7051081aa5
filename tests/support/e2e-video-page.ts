import type { Page, Request, Route } from 'playwright'
import type { Video } from '#contract/videos.ts'
import type { RequestKind } from '#machines/next-request.ts'
import { type Ending, readSeen, type VideoPage } from '../models/page/video-page.ts'
import { isPick, type VideoStart } from '../models/video.model.ts'
import type { Api } from './e2e-api.ts'
import { addVideos, getEditor, locateChapter, openCourse } from './e2e-course.ts'
import { createCourse, eventually } from './e2e-test.ts'

/** The requests that change data, by their kinds. */
const requests: Record<RequestKind, { method: string; path: RegExp }> = {
  link: { method: 'POST', path: /\/videos\/batch$/ },
  change: { method: 'PATCH', path: /\/api\/videos\/[^/]+$/ },
  remove: { method: 'DELETE', path: /\/api\/videos\/[^/]+$/ },
  restore: { method: 'POST', path: /\/restore$/ },
}

/** Opens a page with one video of the server's library. Its requests are held from the start. */
export async function openVideoPage(page: Page, api: Api, start: VideoStart) {
  const added = isPick(start)
  const { course, chapter } = await createCourse(api)
  if (!added) await api.link(chapter.id, await api.media(1))
  const held = await holdChanges(page)
  await withholdPresence(page)
  await page.clock.install()
  await openCourse(page, course)
  const view = locateChapter(page)
  if (!added) await view.rows.first().waitFor()
  await fireConnectionEvent(page, 'offline')
  const [filename = ''] = added ? await addVideos(page, view, 1) : await view.names()

  const video = async (): Promise<Video> => {
    const [only] = await api.videos(chapter.id)
    if (!only) throw new Error('The server has no video')
    return only
  }
  const videoPage: VideoPage = {
    look: () => page.evaluate(readSeen),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    type: (typed) => getEditor(view.rows.first()).fill(typed),
    async connect() {
      // The page does not show whether it is already waiting for a connection.
      await eventually(async () => {
        await connectBriefly(page)
        return held.kinds()
      }).not.toEqual([])
    },
    held: held.kinds,
    end: held.end,
    renameElsewhere: async (name) => void (await api.change(await video(), { filename: name })),
    async removeElsewhere() {
      const [id = ''] = await view.ids()
      await api.remove({ id })
    },
    passTime: (milliseconds) => page.clock.fastForward(milliseconds),
  }
  return { videoPage, filename }
}

/** Fires a connection event, but leaves the network up for held requests. */
const fireConnectionEvent = (page: Page, event: 'online' | 'offline') =>
  page.evaluate((name) => void window.dispatchEvent(new Event(name)), event)

/** Goes online and offline again. */
async function connectBriefly(page: Page) {
  await fireConnectionEvent(page, 'online')
  await fireConnectionEvent(page, 'offline')
}

interface HeldRequest {
  kind: RequestKind
  request: Request
  end: (ending: Ending) => void
}

/** Holds the requests that change data until `end`. */
async function holdChanges(page: Page) {
  let waiting: HeldRequest[] = []
  await page.route('**/api/**', async (route) => {
    const request = route.request()
    const kind = findKind(request)
    if (kind === undefined) return route.fallback()
    const ending = await new Promise<Ending>((end) => waiting.push({ kind, request, end }))
    await endRoute(route, ending).catch(ignoreAbort)
  })
  return {
    kinds: () => waiting.map(({ kind }) => kind),
    /** Resolves when the responses have arrived. The page may still be reading them. */
    async end(kinds: readonly RequestKind[], ending: Ending) {
      const ended = waiting.filter(({ kind }) => kinds.includes(kind))
      waiting = waiting.filter((request) => !ended.includes(request))
      const responses = ended.map(({ request }) => request.response())
      for (const { end } of ended) end(ending)
      await Promise.all(responses)
    },
  }
}

/** Leaves presence updates unanswered, since any response ends an offline wait. */
const withholdPresence = (page: Page) => page.route('**/api/pages/**', () => {})

function findKind(request: Request): RequestKind | undefined {
  const { pathname } = new URL(request.url())
  const kinds = Object.keys(requests) as RequestKind[]
  return kinds.find((kind) => {
    const { method, path } = requests[kind]
    return request.method() === method && path.test(pathname)
  })
}

async function endRoute(route: Route, ending: Ending) {
  switch (ending.outcome) {
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
