import { expect } from 'vitest'
import { userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  pickVideos,
  readShownVideos,
  renameVideo,
  statusLine,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'

async function setUpChapter(server: TestServer, ...filenames: string[]) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets(filenames)
  return { chapter, assets, path: `/courses/${chapter.courseId}` }
}

test('a link of an asset that was linked elsewhere meanwhile offers the other row, not a retry', async ({
  server,
  network,
  open,
}) => {
  const { chapter, assets, path } = await setUpChapter(server, 'a.mp4')
  await open(path)
  const hold = network.hold(batch)
  await (await pickVideos('Basics', 'a.mp4')).click()
  await expect.poll(hold.waiting).toBe(1)
  await server.addVideos(chapter.id, assets)
  const list = network.hold('GET /api/chapters/{chapterId}/videos')
  hold.release()
  await expectStatus('a.mp4', 'failed')
  // As long as the other row is not shown, it may already be gone.
  await expect.element(button('Retry a.mp4')).toBeVisible()
  list.release()
  // The order of the two depends on the jitter of their positions.
  await expect.poll(() => readShownVideos().sort()).toEqual(['a.mp4: failed', 'a.mp4: linked'])
  expect(button('Retry a.mp4').query()).toBeNull()
  await expectAccessible()
  await button('Show the other video').click()
  const focused = () => (document.activeElement as HTMLElement).dataset.status
  await expect.poll(focused).toBe('linked')
})

test('a collapsed chapter counts its failures and can go to each of them', async ({
  server,
  network,
  open,
}) => {
  const { path } = await setUpChapter(server, 'a.mp4', 'b.mp4', 'c.mp4')
  await open(path)
  network.refuse(batch, { filename: 'a.mp4' })
  network.refuse(batch, { filename: 'c.mp4' })
  await (await pickVideos('Basics', 'a.mp4', 'b.mp4', 'c.mp4')).click()
  await expectStatus('c.mp4', 'failed')
  await button('Basics').click()
  await expect.element(videoRow('b.mp4')).not.toBeInTheDocument()
  await expect.element(statusLine('Basics')).toHaveTextContent('1 of 3 linked, 2 failed')
  await expect
    .element(chapterRegion('Basics').getByRole('button', { name: 'Retry failed' }))
    .toBeVisible()
  for (const filename of ['a.mp4', 'c.mp4', 'a.mp4']) {
    await button('Next failed video').click()
    await expect.element(videoRow(filename)).toHaveFocus()
  }
})

test('a retry of all leaves out what it can’t help', async ({ server, network, open }) => {
  const { chapter, assets, path } = await setUpChapter(server, 'a.mp4', 'b.mp4')
  await open(path)
  const refusal = network.refuse(batch, { filename: 'b.mp4' })
  const hold = network.hold(batch)
  await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
  await expect.poll(hold.waiting).toBe(1)
  await server.addVideos(chapter.id, assets.slice(0, 1))
  hold.release()
  await expect
    .poll(() => readShownVideos().sort())
    .toEqual(['a.mp4: failed', 'a.mp4: linked', 'b.mp4: failed'])
  refusal.lift()
  const readBatches = () => network.requests.filter((request) => request.endsWith('/batch')).length
  const before = readBatches()
  await button('Retry failed').click()
  await expectStatus('b.mp4', 'linked')
  expect(readBatches()).toBe(before + 1)
  await expect.element(statusLine('Basics')).toHaveTextContent('1 of 2 linked, 1 failed')
  expect(button('Retry failed').query()).toBeNull()
  await button('Next failed video').click()
  const focused = () => (document.activeElement as HTMLElement).dataset.status
  await expect.poll(focused).toBe('failed')
  await userEvent.keyboard('r {Control>}a{/Control}')
  await expect.element(button('Clear selection')).toBeVisible()
  expect(button('Retry').query()).toBeNull()
  expect(readBatches()).toBe(before + 1)
})

test('a refused move counts as not saved, and a collapsed chapter leads to it', async ({
  server,
  network,
  open,
}) => {
  const { chapter, assets, path } = await setUpChapter(server, 'a.mp4', 'b.mp4', 'c.mp4')
  await server.addVideos(chapter.id, assets)
  await open(path)
  await expectStatus('c.mp4', 'linked')
  network.refuse('PATCH /api/videos/{videoId}', {}, 'Not now.', 409)
  videoRow('c.mp4').element().focus()
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
  await expect.element(videoRow('c.mp4')).toHaveTextContent('Not moved: Not now.')
  await renameVideo('a.mp4', 'Welcome.mp4')
  await expect
    .element(statusLine('Basics'))
    .toHaveTextContent('3 videos, 1 name not saved, 1 not moved')
  await expect.element(button('2 not saved')).toBeVisible()
  expect(button('Retry failed').query()).toBeNull()
  await button('Basics').click()
  for (const filename of ['Welcome.mp4', 'c.mp4', 'Welcome.mp4']) {
    await button('Next failed video').click()
    await expect.element(videoRow(filename)).toHaveFocus()
  }
  await button('Keep it here').click()
  await expect.element(button('1 not saved')).toBeVisible()
})

test('a collapsed chapter counts all its videos once the last link is complete', async ({
  server,
  open,
}) => {
  const { chapter, assets, path } = await setUpChapter(server, 'a.mp4', 'b.mp4', 'c.mp4')
  await server.addVideos(chapter.id, assets.slice(1))
  await open(path)
  await (await pickVideos('Basics', 'a.mp4')).click()
  await expect.element(statusLine('Basics')).toHaveTextContent('1 of 1 linked')
  await button('Basics').click()
  await expect.element(statusLine('Basics')).toHaveTextContent('3 videos')
  await button('Basics').click()
  await expect.element(statusLine('Basics')).toHaveTextContent('1 of 1 linked')
})
