import { expect, vi } from 'vitest'
import { chapterRegion, expectSaved, expectStatus, videoRow } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import { dropFiles } from '../../support/upload-parts.ts'

const demoVideo = new URL('../../../demo/media/03.webm', import.meta.url)

const picture = () => videoRow('a.webm').element().querySelector('img')

test('a video gets a thumbnail although none could be drawn before its upload', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics')
  await open(`/courses/${chapter?.courseId}`)
  await expect.element(chapterRegion('Basics')).toBeVisible()
  const content = await (await fetch(demoVideo)).arrayBuffer()
  const hold = network.hold('POST /api/uploads')
  const starting = vi.spyOn(globalThis, 'Worker').mockImplementation(function failToStart() {
    throw new Error('The worker can’t be started')
  })
  dropFiles(chapterRegion('Basics').element(), [
    new File([content], 'a.webm', { type: 'video/webm' }),
  ])
  await expect.poll(() => starting.mock.calls.length).toBe(1)
  await expect.poll(hold.waiting).toBe(1)
  starting.mockRestore()
  hold.release()
  await expectStatus('a.webm', 'linked')
  await expect.poll(() => picture()?.src).toMatch(/thumbnail\?new$/)
})

test('a row shows its video’s duration and thumbnail before any of it is uploaded', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics')
  await open(`/courses/${chapter?.courseId}`)
  await expect.element(chapterRegion('Basics')).toBeVisible()
  const content = await (await fetch(demoVideo)).arrayBuffer()
  const hold = network.hold('POST /api/uploads')
  dropFiles(chapterRegion('Basics').element(), [
    new File([content], 'a.webm', { type: 'video/webm' }),
  ])
  await expect.poll(hold.waiting).toBe(1)
  await expect.element(videoRow('a.webm').getByText('0:20')).toBeVisible()
  await expect.poll(() => picture()?.src).toMatch(/^data:image\/jpeg;/)
  await expect.poll(() => picture()?.naturalWidth).toBe(480)
  hold.release()
  await expectStatus('a.webm', 'linked')
  // The test server reports this duration for every file, and its answer replaces the page’s.
  await expect.element(videoRow('a.webm').getByText('0:12')).toBeVisible()
  await expect.poll(() => picture()?.src).toMatch(/thumbnail\?new$/)
  await expectSaved()
})
