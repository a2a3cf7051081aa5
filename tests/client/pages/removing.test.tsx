import { describe, expect, vi } from 'vitest'
import { page } from 'vitest/browser'
import { addVideos } from '#client/features/videos/add-videos.ts'
import { yieldToBrowser } from '#client/lib/frame.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  expectVideos,
  pickVideos,
  readShownVideos,
  removeVideos,
  renameVideo,
  textbox,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'
const removal = 'DELETE /api/videos/{videoId}'

/** Adds a chapter with all videos of the library except the last. */
async function setUpChapter(server: TestServer, filenames: readonly string[] = ['a.mp4', 'b.mp4']) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('The chapter was not created')
  const assets = await server.addAssets([...filenames, 'new.mp4'])
  await server.addVideos(chapter.id, assets.slice(0, -1))
  return { path: `/courses/${chapter.courseId}`, chapterId: chapter.id }
}

const listVideos = async (server: TestServer, chapterId: string) =>
  (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos

describe('a removed video', () => {
  test('is hidden at once, and can be restored with its id, name and place', async ({
    server,
    open,
  }) => {
    const { path, chapterId } = await setUpChapter(server)
    const before = await listVideos(server, chapterId)
    await open(path)
    await button('Remove a.mp4').click()
    await expectVideos(['b.mp4: linked'])
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await expect.element(changeNotice()).toHaveTextContent('Removed a.mp4')
    await expect.poll(() => listVideos(server, chapterId)).toEqual(before.slice(1))
    await expectAccessible()
    await button('Undo removing a.mp4').click()
    await expect.element(button('Play a.mp4')).toHaveFocus()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await expect.element(changeNotice()).toHaveTextContent('Undid removing a.mp4')
    const after = await listVideos(server, chapterId)
    const { version: _version, revision: _revision, ...unchanged } = before[0]
    expect(after).toEqual([expect.objectContaining(unchanged), before[1]])
  })

  test('can be restored while its removal is in flight', async ({ server, network, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(removal)
    await button('Remove b.mp4').click()
    await expect.poll(hold.waiting).toBe(1)
    await button('Undo removing b.mp4').click()
    await expect.element(videoRow('b.mp4')).toHaveTextContent('Restoring…')
    hold.release()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    expect(await listVideos(server, chapterId)).toHaveLength(2)
  })

  test('is sent to the server until it is confirmed', async ({ server, network, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const cut = network.cut(removal)
    await button('Remove a.mp4').click()
    await expectVideos(['b.mp4: linked'])
    cut.lift()
    await expect.poll(() => listVideos(server, chapterId)).toHaveLength(1)
  })

  test('is removed from the server, too, if its link was in flight', async ({
    server,
    network,
    open,
  }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'new.mp4')).click()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'new.mp4: linking'])
    await button('Remove new.mp4').click()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await expect.element(button('Undo removing new.mp4')).toBeInTheDocument()
    hold.release()
    await expect
      .poll(() => network.requests.some((request) => request.startsWith('DELETE')))
      .toBe(true)
    await expect.poll(() => listVideos(server, chapterId)).toHaveLength(2)
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  })
})

test('an asset whose removal is in flight can be added again and waits for the removal', async ({
  server,
  network,
  open,
}) => {
  const { path, chapterId } = await setUpChapter(server)
  await open(path)
  const hold = network.hold(removal)
  await button('Remove b.mp4').click()
  await expect.poll(hold.waiting).toBe(1)
  await (await pickVideos('Basics', 'b.mp4', 'new.mp4')).click()
  await expectVideos(['a.mp4: linked', 'b.mp4: optimistic', 'new.mp4: linked'])
  await expect
    .element(videoRow('b.mp4'))
    .toHaveTextContent('Waiting for an earlier change to finish')
  await expectAccessible()
  hold.release()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'new.mp4: linked'])
  const filenames = (await listVideos(server, chapterId)).map(
    ({ filename }: { filename: string }) => filename,
  )
  expect(filenames).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
})

test('a removal does not wait for a save in flight, and a late save changes nothing', async ({
  server,
  network,
  open,
}) => {
  const { path, chapterId } = await setUpChapter(server)
  await open(path)
  const hold = network.hold('PATCH /api/videos/{videoId}')
  await renameVideo('a.mp4', 'Welcome.mp4')
  await expect.poll(hold.waiting).toBe(1)
  await button('Remove Welcome.mp4').click()
  await expectVideos(['b.mp4: linked'])
  await expect.poll(() => listVideos(server, chapterId)).toHaveLength(1)
  hold.release()
  await button('Undo removing Welcome.mp4').click()
  await expectVideos(['Welcome.mp4: linked', 'b.mp4: linked'])
  await expect
    .poll(async () => (await listVideos(server, chapterId))[0].filename)
    .toBe('Welcome.mp4')
})

test('many removed videos share one notice and can be restored together', async ({
  server,
  open,
}) => {
  const { path } = await setUpChapter(server, ['1.mp4', '2.mp4', '3.mp4', '4.mp4'])
  await open(path)
  await removeVideos('1.mp4', '2.mp4', '3.mp4', '4.mp4')
  await expect.element(changeNotice()).toHaveTextContent('Removed 4 videos from “Basics”')
  await expect.element(chapterRegion('Basics')).toHaveTextContent('No videos yet')
  await expectAccessible()
  await button('Undo removing 4 videos').click()
  await expect.element(button('Play 1.mp4')).toHaveFocus()
  await expectVideos(['1.mp4: linked', '2.mp4: linked', '3.mp4: linked', '4.mp4: linked'])
})

test('restoring them together passes over a removal that someone else has undone', async ({
  server,
  open,
}) => {
  const { path, chapterId } = await setUpChapter(server)
  const [{ id }] = await listVideos(server, chapterId)
  const { queryClient, authoring } = await open(path)
  await removeVideos('b.mp4', 'a.mp4')
  await expect.poll(() => listVideos(server, chapterId)).toEqual([])
  await expectSaved(authoring)
  await server.send(`POST /api/videos/${id}/restore`)
  await queryClient.invalidateQueries()
  await expectVideos(['a.mp4: linked'])
  await removeVideos('a.mp4')
  await button('Undo removing 2 videos').click()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
})

test('removing the only row moves the focus to the page', async ({ server, open }) => {
  const { path } = await setUpChapter(server, ['a.mp4'])
  await open(path)
  await button('Remove a.mp4').click()
  await expectVideos([])
  await expect.element(page.getByRole('main')).toHaveFocus()
})

test('restoring a video whose row is not shown moves the focus to the page', async ({
  server,
  open,
}) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await button('Remove a.mp4').click()
  await button('Basics').click()
  await button('Undo removing a.mp4').click()
  await expect.element(page.getByRole('main')).toHaveFocus()
})

test('a notice that disappears by itself passes its focus to the page', async ({
  server,
  open,
}) => {
  const { path, chapterId } = await setUpChapter(server)
  const { authoring } = await open(path)
  await button('Remove a.mp4').click()
  await expect.element(button('Dismiss')).toBeInTheDocument()
  button('Undo removing a.mp4').element().focus()
  authoring.send({ type: 'chapter.close', chapterId })
  await expect.element(page.getByRole('main')).toHaveFocus()
})

test('a notice can be dismissed', async ({ server, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await removeVideos('a.mp4', 'b.mp4')
  await button('Dismiss').click()
  await expect.element(page.getByRole('main')).toHaveFocus()
  await expect.element(changeNotice()).toHaveTextContent('')
  expect(readShownVideos()).toEqual([])
})

test('the notice of a video is replaced by that of its course', async ({ server, open }) => {
  const { path } = await setUpChapter(server)
  const { router } = await open(path)
  await button('Remove a.mp4').click()
  await expect.element(changeNotice()).toHaveTextContent('Removed a.mp4')
  await router.navigate({ to: '/' })
  await button('Remove course A course').click()
  await button('Remove course').click()
  await expect.element(changeNotice()).toHaveTextContent('Removed course “A course”')
  await expect.element(page.getByText('No courses yet')).toBeVisible()
})

test('a large chapter mounts only the rows near the viewport, also after a collapse', async ({
  server,
  open,
}) => {
  const many = Array.from({ length: 320 }, (_, index) => `Lesson ${index + 1}.mp4`)
  const { path } = await setUpChapter(server, many)
  await open(path)
  await expect.element(videoRow('Lesson 1.mp4')).toHaveAttribute('aria-setsize', '320')
  await expect.poll(() => readShownVideos().length).toBeLessThan(60)
  await button('Basics').click()
  await expect.element(videoRow('Lesson 1.mp4')).not.toBeInTheDocument()
  await button('Basics').click()
  await expect.element(videoRow('Lesson 1.mp4')).toBeVisible()
  expect(readShownVideos().length).toBeLessThan(60)
})

test('a focused row stays mounted, wherever the page is scrolled', async ({ server, open }) => {
  const many = Array.from({ length: 320 }, (_, index) => `Lesson ${index + 1}.mp4`)
  const { path } = await setUpChapter(server, many)
  await open(path)
  await expect.element(button('Play Lesson 1.mp4')).toBeVisible()
  button('Play Lesson 1.mp4').element().focus()
  window.scrollTo(0, document.body.scrollHeight)
  await expect.element(videoRow('Lesson 2.mp4')).not.toBeInTheDocument()
  await expect.element(button('Play Lesson 1.mp4')).toHaveFocus()
})

test('removals from several chapters share one notice, which stays while in use', async ({
  server,
  open,
}) => {
  const [light, colour] = await server.addChapters('Light', 'Colour')
  if (!light || !colour) throw new Error('no chapters')
  await server.addVideos(light.id, await server.addAssets(['1.mp4', '2.mp4']))
  await server.addVideos(colour.id, await server.addAssets(['3.mp4']))
  await open(`/courses/${light.courseId}`)
  await removeVideos('1.mp4', '2.mp4')
  await expect.element(changeNotice()).toHaveTextContent('Removed 2 videos from “Light”')
  await button('Remove 3.mp4').click()
  await expect.element(changeNotice()).toHaveTextContent('Removed 3 videos from 2 chapters')
  await expect.element(button('Dismiss')).toBeVisible()
  expect(document.querySelectorAll('[data-notice]')).toHaveLength(1)

  vi.useFakeTimers()
  try {
    button('Undo removing 3 videos').element().focus()
    await vi.advanceTimersByTimeAsync(60_000)
    await expect.element(changeNotice()).toHaveTextContent('Removed 3 videos from 2 chapters')
    // Moving the pointer over it does not affect the focus.
    const notice = document.querySelector('[data-notice]')
    for (const type of ['pointerover', 'pointerout']) {
      notice?.dispatchEvent(new PointerEvent(type, { bubbles: true, relatedTarget: document.body }))
      await yieldToBrowser()
    }
    await vi.advanceTimersByTimeAsync(60_000)
    await expect.element(changeNotice()).toHaveTextContent('Removed 3 videos from 2 chapters')
    document.getElementById('content')?.focus()
    await vi.advanceTimersByTimeAsync(15_000)
  } finally {
    vi.useRealTimers()
  }
  await expect.element(changeNotice()).toHaveTextContent('')
})

test('the confirmation of a course’s removal counts pending additions', async ({
  server,
  network,
  open,
}) => {
  const { path } = await setUpChapter(server)
  await open(path)
  const links = network.hold(batch)
  await (await pickVideos('Basics', 'new.mp4')).click()
  await expect.poll(links.waiting).toBe(1)
  const creation = network.hold('POST /api/courses/{courseId}/chapters')
  await textbox('New chapter title').fill('Light')
  await button('Add chapter').click()
  await expectTitles('Basics', 'Light')
  await expect.element(page.getByText(/^2 chapters · 3 videos/)).toBeVisible()
  await page.getByRole('link', { name: 'Courses' }).first().click()
  await button('Remove course A course').click()
  await expect
    .element(page.getByRole('alertdialog', { name: 'Remove this course?' }))
    .toHaveTextContent('its 2 chapters and 3 videos will be removed')
  await button('Cancel').click()
  links.release()
  creation.release()
  await expectSaved()
})

test('the confirmation counts pending additions to a course that has not been opened', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const picks = (await server.addAssets(['a.mp4', 'b.mp4'])).map(({ id, filename }) => ({
    mediaId: id,
    filename,
    durationSeconds: 1,
  }))
  const { authoring, queryClient } = await open('/')
  const links = network.hold(batch)
  addVideos(authoring, queryClient, chapter.id, picks)
  const course = network.hold('GET /api/courses/{courseId}')
  await button('Remove course A course').click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove this course?' })
  await expect.element(dialog).toHaveTextContent('will be removed, with everything in it.')
  course.release()
  await expect.element(dialog).toHaveTextContent('its 1 chapter and 2 videos will be removed')
  await button('Cancel').click()
  links.release()
  await expectSaved()
})
