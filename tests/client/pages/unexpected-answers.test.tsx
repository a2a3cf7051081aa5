import { describe, expect, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { queryKeys } from '#client/lib/query-keys.ts'
import {
  button,
  chapterRegion,
  expectVideos,
  heading,
  renameVideo,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const alert = () => page.getByRole('alert')
const player = () => page.getByRole('dialog').element().querySelector('video')

async function setUpCourse(server: TestServer) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const [first, second] = await server.addAssets(['a.mp4', 'b.mp4'])
  if (!first || !second) throw new Error('no assets')
  await server.addVideos(basics.id, [first])
  await server.addVideos(more.id, [second])
  return { basics, first, path: `/courses/${basics.courseId}` }
}

describe('an answer that is {}', () => {
  test('for the details of a video leaves its dialog usable', async ({ server, network, open }) => {
    await setUpCourse(server)
    const fault = network.empty('GET /api/media/{mediaId}')
    const { queryClient } = await open('/library')
    await page.getByRole('row', { name: 'a.mp4' }).dblClick()
    await expect.poll(() => network.requests.some((name) => isDetails(name))).toBe(true)
    await expect.poll(() => queryClient.isFetching()).toBe(0)
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await expect.element(button('Replace file')).toBeVisible()
    fault.lift()
    await button('Close').click()
    await page.getByRole('row', { name: 'a.mp4' }).dblClick()
    await expect.element(page.getByText('No captions yet.')).toBeVisible()
  })

  test('for the captions of a video still plays it', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    network.empty('GET /api/media/{mediaId}')
    const { queryClient } = await open(path)
    await button('Play a.mp4').click()
    await expect.poll(() => network.requests.some((name) => isDetails(name))).toBe(true)
    await expect.poll(() => queryClient.isFetching()).toBe(0)
    await expect.poll(() => player()?.getAttribute('src')).toContain('/media/')
  })

  test('for the videos of a chapter is reported there, and the others are shown', async ({
    server,
    network,
    open,
  }) => {
    const { basics, path } = await setUpCourse(server)
    const fault = network.empty('GET /api/chapters/{chapterId}/videos', { chapterId: basics.id })
    await open(path)
    await expect
      .element(chapterRegion('Basics').getByRole('alert'))
      .toHaveTextContent('The server sent an unexpected response (200).')
    await renameVideo('b.mp4', 'Light.mp4')
    await expectVideos(['Light.mp4: linked'])
    fault.lift()
    await chapterRegion('Basics').getByRole('button', { name: 'Try again' }).click()
    await expect.element(page.getByRole('listitem', { name: 'a.mp4' })).toBeVisible()
  })
})

test('a part of the page that fails leaves the rest as it is', async ({ server, open }) => {
  // React and the router log errors that a boundary catches, and this one is intended.
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => {
    errors.mockRestore()
    warnings.mockRestore()
  })
  const { first, path } = await setUpCourse(server)
  const { queryClient } = await open(path)
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  queryClient.setQueryData(queryKeys.asset(first.id), {})
  await button('Play a.mp4').click()
  await expect.element(alert()).toHaveTextContent('This couldn’t be opened.')
  expect(errors).toHaveBeenCalled()
  await renameVideo('b.mp4', 'Light.mp4')
  await expectVideos(['a.mp4: linked', 'Light.mp4: linked'])
  await button('Close').click()
  await expect.element(alert()).not.toBeInTheDocument()
  await expect.element(heading('A course')).toBeVisible()
})

const isDetails = (request: string) => /^GET \/api\/media\/[^/]+$/.test(request)
