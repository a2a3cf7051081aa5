import { describe, expect } from 'vitest'
import { page } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  expectVideos,
  getEditor,
  pickVideos,
  redo,
  removeVideos,
  renameVideo,
  undo,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

/** Adds a chapter with videos, one without, and two more videos in the library. */
async function setUpChapters(server: TestServer, filenames = ['a.mp4', 'b.mp4']) {
  const [light, colour] = await server.addChapters('Light', 'Colour')
  if (!light || !colour) throw new Error('no chapters')
  const assets = await server.addAssets([...filenames, 'new.mp4', 'other.mp4'])
  await server.addVideos(light.id, assets.slice(0, -2))
  return { path: `/courses/${light.courseId}`, light, colour }
}

describe('undo and redo by keyboard work for', () => {
  test('an addition, also while its links are in flight', async ({ server, network, open }) => {
    const { path, light } = await setUpChapters(server)
    await open(path)
    const hold = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Light', 'new.mp4', 'other.mp4')).click()
    await expect.element(changeNotice()).toHaveTextContent('Added 2 videos to “Light”')
    await undo()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await expect.element(changeNotice()).toHaveTextContent('Undid adding 2 videos')
    await expectAccessible()
    hold.release()
    await redo()
    await expect.element(changeNotice()).toHaveTextContent('Added 2 videos to “Light”')
    await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'new.mp4: linked', 'other.mp4: linked'])
    await expect
      .poll(() => server.filenames(light.id))
      .toEqual(['a.mp4', 'b.mp4', 'new.mp4', 'other.mp4'])
  })

  test('a new name, with an editor left open over it', async ({ server, open }) => {
    const { path, light } = await setUpChapters(server)
    await open(path)
    await renameVideo('a.mp4', 'Welcome.mp4')
    await expect.element(changeNotice()).toHaveTextContent('Renamed Welcome.mp4')
    await button('Rename Welcome.mp4').click()
    await getEditor('Welcome.mp4').fill('Half a na')
    await button('Undo renaming Welcome.mp4').click()
    await expect.element(getEditor('a.mp4')).toHaveValue('Half a na')
    await expect.poll(() => server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
    await button('Cancel renaming').click()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await redo()
    await expectVideos(['Welcome.mp4: linked', 'b.mp4: linked'])
  })

  test('a move to another chapter', async ({ server, open }) => {
    const { path, light, colour } = await setUpChapters(server)
    await open(path)
    await button('Move a.mp4').click()
    await page.getByRole('option', { name: 'Colour' }).click()
    await expect.element(changeNotice()).toHaveTextContent('Moved a.mp4')
    await expect.poll(() => server.filenames(colour.id)).toEqual(['a.mp4'])
    await undo()
    await expect.element(changeNotice()).toHaveTextContent('Undid moving a.mp4')
    await expect.poll(() => server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
    await expect.element(chapterRegion('Colour')).toHaveTextContent('No videos yet')
    await redo()
    await expect.poll(() => server.filenames(colour.id)).toEqual(['a.mp4'])
  })

  test('several changes, back to the start', async ({ server, open }) => {
    const { path, light } = await setUpChapters(server)
    await open(path)
    await renameVideo('b.mp4', 'Close.mp4')
    await removeVideos('a.mp4', 'Close.mp4')
    await expectVideos([])
    for (const _step of ['remove', 'remove', 'rename', 'nothing left']) await undo()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    for (const _step of ['rename', 'remove', 'remove', 'nothing left']) await redo()
    await expectVideos([])
    await expect.poll(() => server.filenames(light.id)).toEqual([])
  })
})

test('does not undo what another person has changed since', async ({ server, open }) => {
  const { path, light } = await setUpChapters(server)
  const { queryClient, authoring } = await open(path)
  await renameVideo('a.mp4', 'Welcome.mp4')
  await expect.poll(() => server.filenames(light.id)).toEqual(['Welcome.mp4', 'b.mp4'])
  await expectSaved(authoring)
  const { videos } = await (await server.send(`GET /api/chapters/${light.id}/videos`)).json()
  const [video] = videos
  await server.send(`PATCH /api/videos/${video.id}`, {
    headers: { 'if-match': `"${video.version}"` },
    body: { filename: 'Theirs.mp4' },
  })
  await queryClient.refetchQueries()
  await expectVideos(['Theirs.mp4: linked', 'b.mp4: linked'])
  await undo()
  await expect
    .element(changeNotice())
    .toHaveTextContent('Can’t undo renaming Welcome.mp4: a video has since been renamed.')
  await expectVideos(['Theirs.mp4: linked', 'b.mp4: linked'])
  expect(await server.filenames(light.id)).toEqual(['Theirs.mp4', 'b.mp4'])
})

test('says that a renamed video was removed by another person since', async ({ server, open }) => {
  const { path, light } = await setUpChapters(server)
  const { queryClient, authoring } = await open(path)
  await renameVideo('a.mp4', 'Welcome.mp4')
  await expect.poll(() => server.filenames(light.id)).toEqual(['Welcome.mp4', 'b.mp4'])
  await expectSaved(authoring)
  const { videos } = await (await server.send(`GET /api/chapters/${light.id}/videos`)).json()
  await server.send(`DELETE /api/videos/${videos[0].id}`)
  await queryClient.refetchQueries()
  await expectVideos(['b.mp4: linked'])
  await undo()
  await expect
    .element(changeNotice())
    .toHaveTextContent('Can’t undo renaming Welcome.mp4: a video has since been removed.')
})

test('leaves the keys to the field while a name is typed', async ({ server, open }) => {
  const { path } = await setUpChapters(server)
  await open(path)
  await removeVideos('a.mp4')
  await button('Rename b.mp4').click()
  await getEditor('b.mp4').fill('Half a name')
  await undo()
  await expect.element(videoRow('b.mp4')).toBeVisible()
  await expectVideos(['b.mp4: linked'])
})

test('shows a video that another person restores, and can remove it again', async ({
  server,
  open,
}) => {
  const { path, light } = await setUpChapters(server)
  const { queryClient, authoring } = await open(path)
  const { videos } = await (await server.send(`GET /api/chapters/${light.id}/videos`)).json()
  await removeVideos('a.mp4')
  await expect.poll(() => server.filenames(light.id)).toEqual(['b.mp4'])
  await expectSaved(authoring)
  await server.send(`POST /api/videos/${videos[0].id}/restore`)
  await queryClient.refetchQueries()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  await removeVideos('a.mp4')
  await expectVideos(['b.mp4: linked'])
  await expect.poll(() => server.filenames(light.id)).toEqual(['b.mp4'])
})
