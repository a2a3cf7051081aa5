import { beforeEach, describe, expect, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { shareActors } from '#client/app/charts/share-actors.ts'
import { showLiveChanges } from '#client/app/live/live-changes.ts'
import { keepOutbox } from '#client/app/outbox/keep-outbox.ts'
import { keepUploads } from '#client/app/uploads/keep-uploads.ts'
import { expectVideos, heading, pickVideos } from '../../support/page-parts.ts'
import { type OpenPage, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const forbid = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

function forbidStorage() {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'] as const) {
    vi.spyOn(window, name, 'get').mockImplementation(forbid)
  }
}

function forbidLocks() {
  vi.spyOn(navigator.locks, 'request').mockImplementation(async () => forbid())
  vi.spyOn(navigator.locks, 'query').mockImplementation(async () => forbid())
}

const forbidChannels = () =>
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        forbid()
      }
    },
  )

beforeEach(() => {
  onTestFinished(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
})

/** Starts what the page runs beside its components. */
async function startServices({ authoring, uploads, queryClient }: OpenPage) {
  const outbox = keepOutbox(authoring, queryClient, new EventTarget())
  onTestFinished(outbox.end)
  await outbox.resumed
  onTestFinished(keepUploads(uploads, authoring, new EventTarget()))
  shareActors(authoring, queryClient)
  onTestFinished(showLiveChanges(queryClient))
}

/** Adds a chapter with one video, c.mp4, which can be renamed as from another browser. */
async function setUp(server: TestServer) {
  const [chapter = expect.unreachable()] = await server.addChapters('Basics')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  const [video = expect.unreachable()] = await server.addVideos(chapter.id, assets.slice(2))
  const rename = (filename: string) =>
    server.send(`PATCH /api/videos/${video.id}`, {
      body: { filename },
      headers: { 'if-match': '"1"' },
    })
  return { path: `/courses/${chapter.courseId}`, rename }
}

describe('where the browser forbids storage, as Firefox does with blocked cookies', () => {
  test('videos are added, and others’ changes arrive', async ({ server, open }) => {
    const { path, rename } = await setUp(server)
    forbidStorage()
    forbidLocks()
    forbidChannels()
    await startServices(await open(path))
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
    await expectVideos(['c.mp4: linked', 'a.mp4: linked', 'b.mp4: linked'])
    await rename('Renamed.mp4')
    await expectVideos(['Renamed.mp4: linked', 'a.mp4: linked', 'b.mp4: linked'])
    const notice = page.getByText('Changes can’t be saved on this device.')
    await expect.element(notice).toBeVisible()
  })

  test('the statecharts open', async ({ open }) => {
    forbidStorage()
    forbidLocks()
    forbidChannels()
    await startServices(await open('/charts'))
    await expect.element(heading('Statecharts')).toBeVisible()
  })
})

test('without locks, others’ changes arrive', async ({ server, open }) => {
  const { path, rename } = await setUp(server)
  forbidLocks()
  await startServices(await open(path))
  await expectVideos(['c.mp4: linked'])
  await rename('Renamed.mp4')
  await expectVideos(['Renamed.mp4: linked'])
})

test('without channels, others’ changes arrive while another tab reads them, too', async ({
  server,
  open,
}) => {
  const { path, rename } = await setUp(server)
  forbidChannels()
  const closing = new AbortController()
  onTestFinished(() => closing.abort())
  await new Promise<void>((resolve) => {
    void navigator.locks.request('lectern changes', () => {
      resolve()
      return new Promise<void>((close) => closing.signal.addEventListener('abort', () => close()))
    })
  })
  await startServices(await open(path))
  await expectVideos(['c.mp4: linked'])
  await rename('Renamed.mp4')
  await expectVideos(['Renamed.mp4: linked'])
})
