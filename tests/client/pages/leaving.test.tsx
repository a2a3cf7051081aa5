import { expect } from 'vitest'
import { askBeforeLeaving } from '#client/app/ask-before-leaving.ts'
import { choose, expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  pickVideos,
  textbox,
  undo,
  videoRow,
} from '../../support/page-parts.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

/** Opens a page with a chapter of one video, and tells whether leaving it would ask. */
async function openPage(server: TestServer, open: Fixtures['open']) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('A chapter was to be added')
  await server.addVideos(chapter.id, await server.addAssets(['a.mp4']))
  await server.addAssets(['new.mp4'])
  const { authoring, uploads, queryClient } = await open(`/courses/${chapter.courseId}`)
  // The window’s own event would end the mocked network.
  const target = new EventTarget()
  askBeforeLeaving(authoring, uploads, queryClient, target)
  await expectStatus('a.mp4', 'linked')
  return () => !target.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

test('leaving asks while a link or a name is known to the page alone', async ({
  server,
  network,
  open,
}) => {
  const isAsked = await openPage(server, open)
  expect(isAsked()).toBe(false)
  const hold = network.hold('POST /api/chapters/{chapterId}/videos/batch')
  await (await pickVideos('Basics', 'new.mp4')).click()
  expect(isAsked()).toBe(true)
  hold.release()
  await expectStatus('new.mp4', 'linked')
  await expect.poll(isAsked).toBe(false)
  await button('Rename new.mp4').click()
  expect(isAsked()).toBe(false)
  await videoRow('new.mp4').getByRole('textbox').fill('b.mp4')
  expect(isAsked()).toBe(true)
})

test('leaving asks while a chapter or a title is on its way', async ({ server, network, open }) => {
  const isAsked = await openPage(server, open)
  const creation = network.hold('POST /api/courses/{courseId}/chapters')
  await textbox('New chapter title').fill('Light')
  expect(isAsked()).toBe(true)
  await button('Add chapter').click()
  await expectTitles('Basics', 'Light')
  expect(isAsked()).toBe(true)
  creation.release()
  await expect.poll(isAsked).toBe(false)
  const removal = network.hold('DELETE /api/chapters/{chapterId}')
  await button('Remove chapter Light').click()
  await button('Remove chapter').click()
  await expectTitles('Basics')
  expect(isAsked()).toBe(true)
  removal.release()
  await expect.poll(isAsked).toBe(false)
})

test('leaving asks about a typed title, unless what it names was removed here', async ({
  server,
  open,
}) => {
  const isAsked = await openPage(server, open)
  await button('Rename chapter Basics').click()
  expect(isAsked()).toBe(false)
  await textbox('Chapter title').fill('Light')
  expect(isAsked()).toBe(true)
  await button('Remove chapter Basics').click()
  await button('Remove chapter').click()
  await expect.element(chapterRegion('Basics')).not.toBeInTheDocument()
  await expect.poll(isAsked).toBe(false)
  await undo()
  await expect.element(textbox('Chapter title')).toHaveValue('Light')
  expect(isAsked()).toBe(true)
})

test('leaving asks about the names of a bulk rename that is open', async ({ server, open }) => {
  const isAsked = await openPage(server, open)
  await choose('Basics', 'Rename videos…')
  await expect.element(textbox('Find')).toBeVisible()
  expect(isAsked()).toBe(false)
  await textbox('Find').fill('a')
  expect(isAsked()).toBe(true)
  await button('Cancel').click()
  await expect.element(textbox('Find')).not.toBeInTheDocument()
  expect(isAsked()).toBe(false)
})
