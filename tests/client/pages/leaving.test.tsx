import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { askBeforeLeaving } from '#client/app/ask-before-leaving.ts'
import { choose, expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  chapterRegion,
  expectSaved,
  expectStatus,
  pickVideos,
  textbox,
  undo,
  videoRow,
} from '../../support/page-parts.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

/** Opens the page of a course with one video. */
async function openPage(server: TestServer, open: Fixtures['open']) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  await server.addVideos(chapter.id, await server.addAssets(['a.mp4']))
  await server.addAssets(['new.mp4'])
  const wouldAsk = await openAt(`/courses/${chapter.courseId}`, open)
  await expectStatus('a.mp4', 'linked')
  return wouldAsk
}

async function openLibrary(server: TestServer, open: Fixtures['open']) {
  await server.addAssets(['a.mp4'])
  const wouldAsk = await openAt('/library', open)
  await expect.element(page.getByRole('row', { name: 'a.mp4' })).toBeVisible()
  return wouldAsk
}

/** Opens the page at a path. The returned function tells whether leaving would ask. */
async function openAt(path: string, open: Fixtures['open']) {
  const { authoring, uploads, queryClient } = await open(path)
  // The same event on the window would stop the mocked network.
  const target = new EventTarget()
  askBeforeLeaving(authoring, uploads, queryClient, target)
  return () => !target.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

test('leaving asks while only the page knows about a link or a name', async ({
  server,
  network,
  open,
}) => {
  const wouldAsk = await openPage(server, open)
  expect(wouldAsk()).toBe(false)
  const hold = network.hold('POST /api/chapters/{chapterId}/videos/batch')
  await (await pickVideos('Basics', 'new.mp4')).click()
  expect(wouldAsk()).toBe(true)
  hold.release()
  await expectStatus('new.mp4', 'linked')
  await expect.poll(wouldAsk).toBe(false)
  await button('Rename new.mp4').click()
  expect(wouldAsk()).toBe(false)
  await videoRow('new.mp4').getByRole('textbox').fill('b.mp4')
  expect(wouldAsk()).toBe(true)
})

test('leaving asks while a change of a chapter or a title is pending', async ({
  server,
  network,
  open,
}) => {
  const wouldAsk = await openPage(server, open)
  const creation = network.hold('POST /api/courses/{courseId}/chapters')
  await textbox('New chapter title').fill('Light')
  expect(wouldAsk()).toBe(true)
  await button('Add chapter').click()
  await expectTitles('Basics', 'Light')
  expect(wouldAsk()).toBe(true)
  creation.release()
  await expect.poll(wouldAsk).toBe(false)
  const removal = network.hold('DELETE /api/chapters/{chapterId}')
  await button('Remove chapter Light').click()
  await button('Remove chapter').click()
  await expectTitles('Basics')
  expect(wouldAsk()).toBe(true)
  removal.release()
  await expect.poll(wouldAsk).toBe(false)
  const rename = network.hold('PATCH /api/chapters/{chapterId}')
  await button('Rename chapter Basics').click()
  await textbox('Chapter title').fill('Light')
  await userEvent.keyboard('{Enter}')
  await expectTitles('Light')
  expect(wouldAsk()).toBe(true)
  rename.release()
  await expect.poll(wouldAsk).toBe(false)
})

test('leaving asks about a typed title, unless its chapter was removed on this page', async ({
  server,
  open,
}) => {
  const wouldAsk = await openPage(server, open)
  await button('Rename chapter Basics').click()
  expect(wouldAsk()).toBe(false)
  await textbox('Chapter title').fill('Light')
  expect(wouldAsk()).toBe(true)
  await button('Remove chapter Basics').click()
  await button('Remove chapter').click()
  await expect.element(chapterRegion('Basics')).not.toBeInTheDocument()
  await expect.poll(wouldAsk).toBe(false)
  await undo()
  await expect.element(textbox('Chapter title')).toHaveValue('Light')
  expect(wouldAsk()).toBe(true)
})

test('leaving asks while a change of the library is pending', async ({ server, network, open }) => {
  const wouldAsk = await openLibrary(server, open)
  expect(wouldAsk()).toBe(false)
  const removal = network.hold('DELETE /api/media/{mediaId}')
  await page.getByRole('row', { name: 'a.mp4' }).click()
  await button('Remove 1 video').click()
  await expect.element(button('Saving 1…')).toBeVisible()
  expect(wouldAsk()).toBe(true)
  removal.release()
  await expect.poll(wouldAsk).toBe(false)
  await expectSaved()
})

test('leaving asks while a failed move can be tried again', async ({ server, network, open }) => {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  await server.addVideos(basics.id, await server.addAssets(['a.mp4']))
  const list = network.refuse('GET /api/chapters/{chapterId}/videos', { chapterId: more.id })
  const wouldAsk = await openAt(`/courses/${basics.courseId}`, open)
  await expectStatus('a.mp4', 'linked')
  await button('Move a.mp4').click()
  await page.getByRole('dialog').getByRole('option', { name: 'More' }).click()
  await expect.element(page.getByText('a.mp4 couldn’t be moved to More.')).toBeVisible()
  expect(wouldAsk()).toBe(true)
  list.lift()
  await chapterRegion('Basics').getByRole('button', { name: 'Try again' }).click()
  await expect.poll(wouldAsk).toBe(false)
})

test('leaving asks about an open bulk rename with changes', async ({ server, open }) => {
  const wouldAsk = await openPage(server, open)
  await choose('Basics', 'Rename videos…')
  await expect.element(textbox('Find')).toBeVisible()
  expect(wouldAsk()).toBe(false)
  await textbox('Find').fill('a')
  expect(wouldAsk()).toBe(true)
  await button('Cancel').click()
  await expect.element(textbox('Find')).not.toBeInTheDocument()
  expect(wouldAsk()).toBe(false)
})
