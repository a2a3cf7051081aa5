import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { MediaAsset } from '#contract/media.ts'
import type { Video } from '#contract/videos.ts'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectSaved,
  expectStatus,
  expectVideos,
  readShownVideos,
  renameVideo,
  tile,
} from '../../support/page-parts.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'
import { dropFiles, expectUpload, trayRow } from '../../support/upload-parts.ts'

const video = (name: string) => new File(['the same bytes'], name, { type: 'video/mp4' })

const useOld = (name = 'Copy.mp4') => button(`Use existing instead of ${name}`)
const keepBoth = () => button('Keep both Copy.mp4 and Old.mp4')

async function listAssets(server: TestServer) {
  const { media } = await (await server.send('GET /api/media')).json()
  return media.map(({ filename }: MediaAsset) => filename)
}

async function readVideos(server: TestServer, chapterId: string): Promise<Video[]> {
  return (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos
}

/** Opens a course with two chapters, with one file in the library. */
async function openCourse(server: TestServer, open: Fixtures['open']) {
  const [first, second] = await server.addChapters('One', 'Two')
  if (!first || !second) throw new Error('no chapters')
  const opened = await open(`/courses/${first.courseId}`)
  await expect.element(chapterRegion('One')).toBeVisible()
  dropFiles(document.body, [video('Old.mp4')])
  await expectUpload('Old.mp4', 'ready')
  const [old]: MediaAsset[] = (await (await server.send('GET /api/media')).json()).media
  const drop = (title: string, name: string) =>
    dropFiles(chapterRegion(title).element(), [video(name)])
  return { ...opened, first, second, drop, oldId: old?.id ?? '' }
}

describe('an uploaded file that is already in the library', () => {
  test('can be replaced by that one, and its videos keep their names and places', async ({
    server,
    open,
  }) => {
    const { first, drop, oldId } = await openCourse(server, open)
    drop('One', 'Copy.mp4')
    await expectStatus('Copy.mp4', 'linked')
    await renameVideo('Copy.mp4', 'Welcome.mp4')
    await expect.poll(() => server.filenames(first.id)).toEqual(['Welcome.mp4'])
    await expectSaved()
    await expect
      .element(trayRow('Copy.mp4').getByText('This file is already in the library as “Old.mp4”.'))
      .toBeVisible()
    await expect.element(useOld('Old.mp4')).not.toBeInTheDocument()
    await expectAccessible()
    const [before] = await readVideos(server, first.id)
    await useOld().click()
    await expect
      .element(trayRow('Copy.mp4').getByRole('status'))
      .toHaveTextContent('Removed Copy.mp4. Its video now uses “Old.mp4”.')
    expect(await listAssets(server)).toEqual(['Old.mp4'])
    expect(await readVideos(server, first.id)).toEqual([
      { ...before, filename: 'Welcome.mp4', mediaId: oldId, version: (before?.version ?? 0) + 1 },
    ])
    await expectVideos(['Welcome.mp4: linked'])
    await chapterRegion('One').getByRole('button', { name: 'Add videos' }).click()
    await expect.element(tile('Old.mp4').getByText('In this chapter')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await renameVideo('Welcome.mp4', 'Hello.mp4')
    await expect.poll(() => server.filenames(first.id)).toEqual(['Hello.mp4'])
    await expectSaved()
  })

  test('can be restored by Undo, with the keyboard alone', async ({ server, open }) => {
    const { drop } = await openCourse(server, open)
    drop('One', 'Copy.mp4')
    await expectStatus('Copy.mp4', 'linked')
    await expect.element(useOld()).toBeVisible()
    useOld().element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Undo removing Copy.mp4')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect
      .element(trayRow('Copy.mp4').getByRole('status'))
      .toHaveTextContent('Restored Copy.mp4 to the library.')
    expect(await listAssets(server)).toEqual(['Copy.mp4', 'Old.mp4'])
    await expect.element(useOld()).not.toBeInTheDocument()
  })

  test('can be kept beside it', async ({ server, open }) => {
    const { drop } = await openCourse(server, open)
    drop('One', 'Copy.mp4')
    await keepBoth().click()
    await expect.element(trayRow('Copy.mp4').getByText('Kept both.')).toBeVisible()
    await expect.element(useOld()).not.toBeInTheDocument()
    expect(await listAssets(server)).toEqual(['Copy.mp4', 'Old.mp4'])
    await expectStatus('Copy.mp4', 'linked')
  })

  test('stays in a chapter that has the other one, too', async ({ server, open }) => {
    const { first, drop, oldId } = await openCourse(server, open)
    const route = `PUT /api/chapters/${first.id}/videos/${crypto.randomUUID()}`
    await server.send(route, { body: { mediaId: oldId, filename: 'Old.mp4', position: 'a0' } })
    drop('One', 'Copy.mp4')
    await expectStatus('Copy.mp4', 'linked')
    await useOld().click()
    await expect
      .element(trayRow('Copy.mp4').getByRole('status'))
      .toHaveTextContent('Removed Copy.mp4. “One” already has both, so its videos are unchanged.')
    await expect
      .poll(() => readShownVideos().toSorted())
      .toEqual(['Copy.mp4: linked', 'Old.mp4: linked'])
  })

  test('is not replaced before its row is linked, or if the server refuses', async ({
    server,
    network,
    open,
  }) => {
    const { drop } = await openCourse(server, open)
    const link = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    drop('One', 'Copy.mp4')
    await expect.poll(link.waiting).toBe(1)
    await useOld().click()
    const status = trayRow('Copy.mp4').getByRole('status')
    await expect.element(status).toHaveTextContent('This video is still being linked.')
    link.release()
    await expectStatus('Copy.mp4', 'linked')
    const merge = network.hold('POST /api/media/{mediaId}/merge')
    await page.getByRole('banner').hover()
    await useOld().click()
    await expect.element(status).toHaveTextContent('One moment…')
    await expect.poll(merge.waiting).toBe(1)
    merge.refuse('Not today.', 422)
    await expect.element(status).toHaveTextContent('Not today.')
    await expect.element(keepBoth()).toBeVisible()
    expect(await listAssets(server)).toEqual(['Copy.mp4', 'Old.mp4'])
  })
})

test('the dialog of a video offers to use an older one with the same content', async ({
  server,
  open,
}) => {
  const { router, drop, second } = await openCourse(server, open)
  drop('Two', 'Copy.mp4')
  await expectStatus('Copy.mp4', 'linked')
  await expect.element(useOld()).toBeVisible()
  await button('Close uploads').click()
  await router.navigate({ to: '/library' })
  const row = (name: string) =>
    page.getByRole('grid', { name: 'Videos' }).getByRole('row', { name })
  const dialog = page.getByRole('dialog', { name: 'Video' })
  await row('Old.mp4').dblClick()
  await expect.element(dialog.getByText('Copy.mp4')).toBeVisible()
  await expect.element(useOld('Old.mp4')).not.toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  await row('Copy.mp4').dblClick()
  await expect.element(keepBoth()).toBeVisible()
  await expectAccessible()
  await useOld().click()
  await expect.element(dialog.getByText(/^Removed .* now uses “Old\.mp4”\.$/)).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(row('Copy.mp4')).not.toBeInTheDocument()
  expect(await server.filenames(second.id)).toEqual(['Copy.mp4'])
})
