import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryKeys } from '#client/lib/query-keys.ts'
import { expectAccessible } from '../../support/axe.ts'
import { choose } from '../../support/chapter-parts.ts'
import { allowMotion } from '../../support/motion.ts'
import {
  button,
  expectStatus,
  heading,
  pickVideos,
  renameVideo,
  textbox,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'
const patch = 'PATCH /api/videos/{videoId}'

const saveButton = (label: string) =>
  page.getByRole('banner').getByRole('button', { name: label, exact: true })
const readEntries = () =>
  page
    .getByRole('dialog')
    .getByRole('listitem')
    .elements()
    .map((entry) => [...entry.querySelectorAll('span > span')].map((line) => line.textContent))

async function setUp(server: TestServer) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  await server.addVideos(more.id, assets.slice(2))
  return { basics, more, path: `/courses/${basics.courseId}` }
}

describe('the save status in the header', () => {
  test('counts links and leads to the failed ones', async ({ server, network, open }) => {
    const { path } = await setUp(server)
    await open(path)
    await expect.element(saveButton('All saved')).toBeVisible()
    network.refuse(batch, { filename: 'b.mp4' })
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
    await expect.element(saveButton('Saving 2…')).toBeVisible()
    hold.release()
    await expect.element(saveButton('1 not saved')).toBeVisible()
    await button('Basics').click()
    await expect.element(videoRow('b.mp4')).not.toBeInTheDocument()
    await saveButton('1 not saved').click()
    await expect.poll(readEntries).toEqual([['b.mp4', 'Not linked · Basics']])
    await expectAccessible()
    await page.getByRole('dialog').getByRole('button').click()
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await button('Retry b.mp4').click()
    await expectStatus('b.mp4', 'failed')
  })

  test('animates its ring only if saving takes long', async ({ server, network, open }) => {
    await allowMotion()
    const { path } = await setUp(server)
    await open(path)
    const hold = network.hold(patch)
    await renameVideo('c.mp4', 'Renamed.mp4')
    const status = saveButton('Saving 1…')
    await expect.element(status).toBeVisible()
    const ring = status.element().querySelector('svg') ?? expect.unreachable()
    const [animation = expect.unreachable()] = ring.getAnimations()
    const readTransformAt = (milliseconds: number) => {
      animation.currentTime = milliseconds
      return getComputedStyle(ring).transform
    }
    expect(readTransformAt(400)).toBe('none')
    expect(readTransformAt(700)).not.toBe('none')
    hold.release()
    await expect.element(saveButton('All saved')).toBeVisible()
  })

  test('counts renames, moves and removals', async ({ server, network, open }) => {
    const { path } = await setUp(server)
    await open(path)
    const holds = [patch, 'DELETE /api/videos/{videoId}'].map((route) => network.hold(route))
    await renameVideo('c.mp4', 'Renamed.mp4')
    await expect.element(saveButton('Saving 1…')).toBeVisible()
    await saveButton('Saving 1…').click()
    await expect.poll(readEntries).toEqual([['Renamed.mp4', 'Saving name · More']])
    await userEvent.keyboard('{Escape}')
    await expect.element(saveButton('Saving 1…')).toHaveFocus()
    for (const hold of holds) hold.release()
    await expect.element(saveButton('All saved')).toBeVisible()
    const removal = network.hold('DELETE /api/videos/{videoId}')
    await button('Remove Renamed.mp4').click()
    await expect.element(saveButton('Saving 1…')).toBeVisible()
    await saveButton('Saving 1…').click()
    await expect.poll(readEntries).toEqual([['Renamed.mp4', 'Removing · More']])
    await userEvent.keyboard('{Escape}')
    removal.release()
    await expect.element(saveButton('All saved')).toBeVisible()
  })

  test('counts pending titles, and a refused one until it is discarded', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUp(server)
    await open(path)
    const hold = network.hold('PATCH /api/chapters/{chapterId}')
    await button('Rename chapter More').click()
    await textbox('Chapter title').fill('Less')
    await userEvent.keyboard('{Enter}')
    await expect.element(saveButton('Saving 1…')).toBeVisible()
    await expect.poll(hold.waiting).toBe(1)
    hold.refuse('No.')
    await expect.element(saveButton('1 not saved')).toBeVisible()
    await saveButton('1 not saved').click()
    await expect.poll(readEntries).toEqual([['Less', 'Chapter title not saved']])
    await page.getByRole('dialog').getByRole('button').click()
    await expect.element(textbox('Chapter title')).toHaveFocus()
    await button('Cancel').click()
    await expect.element(saveButton('All saved')).toBeVisible()
  })

  test('leads back to the row from another page', async ({ server, network, open }) => {
    const { path } = await setUp(server)
    await open(path)
    network.refuse(batch, { filename: 'a.mp4' })
    await (await pickVideos('Basics', 'a.mp4')).click()
    await expectStatus('a.mp4', 'failed')
    await page.getByRole('link', { name: 'Courses' }).click()
    await expect.element(heading('Courses')).toBeVisible()
    await expectAccessible()
    await saveButton('1 not saved').click()
    await page.getByRole('dialog').getByRole('button').click()
    await expect.element(videoRow('a.mp4')).toHaveFocus()
    await expect.element(videoRow('a.mp4')).toBeInViewport()
  })

  test.for([
    ['chapter', 'Restore chapter “Basics”'],
    ['course', 'Restore course “A course”'],
  ] as const)(
    'restores a %s that no page shows, and leads to its row',
    async ([kind, label], { server, open }) => {
      const { path, basics } = await setUp(server)
      const { queryClient, router } = await open(path)
      const add = await pickVideos('Basics', 'a.mp4', 'b.mp4')
      await server.send(`DELETE /api/${kind}s/${kind === 'chapter' ? basics.id : basics.courseId}`)
      await add.click()
      await expectStatus('a.mp4', 'failed')
      await expectStatus('b.mp4', 'failed')
      await router.navigate({ to: '/' })
      await expect.element(heading('Courses')).toBeVisible()
      // As after a visit of another build, whose answers this one does not read.
      queryClient.removeQueries({ queryKey: queryKeys.course(basics.courseId) })
      await saveButton('2 not saved').click()
      await button(label).click()
      await expect.element(videoRow('a.mp4')).toHaveFocus()
      await expectStatus('a.mp4', 'linked')
      await expectStatus('b.mp4', 'linked')
      await expect.element(saveButton('All saved')).toBeVisible()
    },
  )

  test('counts a chapter’s move that failed, and leads to the chapter', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUp(server)
    await open(path)
    const refusal = network.refuse('PATCH /api/chapters/{chapterId}')
    await choose('More', 'Move up')
    await expect.element(saveButton('1 not saved')).toBeVisible()
    await saveButton('1 not saved').click()
    await expect.poll(readEntries).toEqual([['More', 'Chapter not moved']])
    await page.getByRole('dialog').getByRole('button').click()
    await expect.element(button('More')).toHaveFocus()
    refusal.lift()
    await button('Try again').click()
    await expect.element(saveButton('All saved')).toBeVisible()
  })

  test.for([
    ['a phone', 390],
    ['a window at four times its size', 320],
  ] as const)(
    'shrinks to an icon and a number in %s',
    async ([, width], { server, network, open }) => {
      const { path } = await setUp(server)
      await page.viewport(width, 844)
      await open(path)
      const hold = network.hold(batch)
      await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
      await expect.element(saveButton('Saving 2…')).toBeVisible()
      await expect.element(saveButton('Saving 2…').getByText('2', { exact: true })).toBeVisible()
      expect(document.documentElement.scrollWidth).toBe(width)
      hold.release()
      await expect.element(saveButton('All saved')).toBeVisible()
      await page.viewport(1280, 800)
    },
  )
})
