import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  expectStatus,
  expectVideos,
  isReachable,
  mediaLibrary,
  readNamesIn,
  tile,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'
import { dropFiles, expectUpload, tray } from '../../support/upload-parts.ts'

const video = (name: string, content = `the bytes of ${name}`) =>
  new File([content], name, { type: 'video/mp4' })

async function openChapter(server: TestServer, open: Fixtures['open']) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const opened = await open(`/courses/${chapter.courseId}`)
  await expect.element(chapterRegion('Basics')).toBeVisible()
  const drop = (...files: File[]) => dropFiles(chapterRegion('Basics').element(), files)
  return { ...opened, chapter, drop }
}

describe('files dropped on a chapter', () => {
  test('appear as rows at once, in natural order, and are linked once uploaded', async ({
    server,
    network,
    open,
  }) => {
    const { chapter, drop } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    drop(video('Lesson 10.mp4'), video('Lesson 2.mp4'))
    await expectVideos(['Lesson 2.mp4: optimistic', 'Lesson 10.mp4: optimistic'])
    await expect.element(videoRow('Lesson 2.mp4').getByText('Uploading, 0%')).toBeVisible()
    expect(network.requests.filter((request) => request.includes('videos/batch'))).toEqual([])
    hold.release()
    await expectVideos(['Lesson 2.mp4: linked', 'Lesson 10.mp4: linked'])
    await expectUpload('Lesson 2.mp4', 'ready')
    expect(await server.filenames(chapter.id)).toEqual(['Lesson 2.mp4', 'Lesson 10.mp4'])
    await expectSaved()
  })

  test('go after the chapter’s videos, even if its list has not loaded yet', async ({
    server,
    network,
    open,
  }) => {
    const [basics, more] = await server.addChapters('Basics', 'More')
    if (!basics || !more) throw new Error('no chapters')
    await server.addVideos(more.id, await server.addAssets(['a.mp4', 'b.mp4']))
    const list = network.hold('GET /api/chapters/{chapterId}/videos', { chapterId: more.id })
    await open(`/courses/${more.courseId}`)
    await expect.element(chapterRegion('More')).toBeVisible()
    const drop = (...files: File[]) => dropFiles(chapterRegion('More').element(), files)
    drop(video('c.mp4'), video('d.mp4'))
    await expectStatus('d.mp4', 'linked')
    const uploads = network.hold('POST /api/uploads')
    drop(video('e.mp4'), video('f.mp4'))
    await expect.poll(readNamesIn('More')).toEqual(['c.mp4', 'd.mp4', 'e.mp4', 'f.mp4'])
    await button('Remove c.mp4').click()
    list.release()
    const names = ['a.mp4', 'b.mp4', 'd.mp4', 'e.mp4', 'f.mp4']
    await expect.poll(readNamesIn('More')).toEqual(names)
    uploads.release()
    await expectStatus('f.mp4', 'linked')
    await expectSaved()
    expect(await server.filenames(more.id)).toEqual(names)
  })

  test('can be renamed, moved and removed during the upload', async ({ server, network, open }) => {
    const { chapter, drop } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    drop(video('a.mp4'), video('b.mp4'), video('c.mp4'))
    await expect.poll(hold.waiting).toBe(3)
    await typeFilename('a.mp4', 'Welcome.mp4')
    await userEvent.keyboard('{Enter}')
    await button('Remove b.mp4').click()
    videoRow('c.mp4').element().focus()
    videoRow('c.mp4')
      .element()
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true }))
    await expect.poll(readNamesIn('Basics')).toEqual(['c.mp4', 'Welcome.mp4'])
    hold.release()
    await expectVideos(['c.mp4: linked', 'Welcome.mp4: linked'])
    await expectSaved()
    expect(await server.filenames(chapter.id)).toEqual(['c.mp4', 'Welcome.mp4'])
  })

  test('say why they were refused and can be retried', async ({ server, network, open }) => {
    const { drop } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    drop(video('a.mp4'))
    await expect.poll(hold.waiting).toBe(1)
    hold.refuse('The file has no video track.', 422)
    await expect
      .element(videoRow('a.mp4').getByText('Not uploaded: The file has no video track.'))
      .toBeVisible()
    await videoRow('a.mp4').getByRole('button', { name: 'Upload a.mp4 again' }).click()
    await expectStatus('a.mp4', 'linked')
    await expectSaved()
  })

  test('say what the server answered while they are retried', async ({ server, network, open }) => {
    const { drop } = await openChapter(server, open)
    network.refuse('POST /api/uploads', {}, 'Come back later.', 503)
    drop(video('a.mp4'))
    await expect
      .element(videoRow('a.mp4').getByText('Come back later. Trying again.'))
      .toBeVisible()
  })

  test('continue by themselves after the connection was cut', async ({ server, network, open }) => {
    const { drop } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    drop(video('a.mp4'))
    await expect.poll(hold.waiting).toBe(1)
    hold.cut('after')
    await expectStatus('a.mp4', 'linked')
    await expectSaved()
  })

  test('are listed as left out if they are not videos', async ({ server, open }) => {
    const { drop } = await openChapter(server, open)
    drop(new File(['notes'], 'notes.txt'), video('a.mp4'))
    await expect.element(tray().getByText('Skipped, not a video: notes.txt')).toBeVisible()
    await expectStatus('a.mp4', 'linked')
    await tray().getByRole('button', { name: 'Dismiss' }).click()
    await expect
      .element(tray().getByText('Skipped, not a video: notes.txt'))
      .not.toBeInTheDocument()
    await expectSaved()
  })

  test('fail if they are empty, or are not videos despite their names', async ({
    server,
    network,
    open,
  }) => {
    const { drop } = await openChapter(server, open)
    drop(video('empty.mp4', ''))
    await expectUpload('empty.mp4', 'failed')
    expect(network.requests.filter((request) => request.startsWith('POST /api/uploads'))).toEqual(
      [],
    )
    drop(video('text.mp4', 'no video'))
    await expectUpload('text.mp4', 'failed')
    await expect
      .element(videoRow('text.mp4').getByText(/Not uploaded: The file is damaged/))
      .toBeVisible()
  })
})

describe('the list of uploads', () => {
  test('pauses and resumes, cancels and closes', async ({ server, network, open }) => {
    const { uploads } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    dropFiles(document.body, [video('a.mp4'), video('b.mp4')])
    await expect.poll(hold.waiting).toBe(2)
    await button('Pause all').click()
    await expectUpload('a.mp4', 'paused')
    await tray().getByRole('button', { name: 'Cancel the upload of b.mp4' }).click()
    await expectUpload('b.mp4', 'cancelled')
    await expect.element(tray().getByRole('button', { name: 'Upload b.mp4 again' })).toHaveFocus()
    hold.release()
    await tray().getByRole('button', { name: 'Resume the upload of a.mp4' }).click()
    await expectUpload('a.mp4', 'ready')
    await tray().getByRole('button', { name: 'Close uploads' }).click()
    await expect.element(tray()).not.toBeInTheDocument()
    await expect.element(page.getByRole('main')).toHaveFocus()
    expect(uploads.getSnapshot().context.uploads).toEqual({})
  })

  test('sends the file the user chose next', async ({ server, network, open }) => {
    const { uploads } = await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    dropFiles(
      document.body,
      ['a', 'b', 'c', 'd', 'e'].map((name) => video(`${name}.mp4`)),
    )
    await expect.poll(hold.waiting).toBe(3)
    await tray().getByRole('button', { name: 'Upload e.mp4 next' }).click()
    expect(uploads.getSnapshot().context.urgent).toHaveLength(1)
    await tray().getByRole('button', { name: 'Cancel the upload of a.mp4' }).click()
    await expectUpload('e.mp4', 'uploading')
    await expectUpload('d.mp4', 'queued')
    hold.release()
    await expectUpload('d.mp4', 'ready')
  })

  test('lists a readable number of uploads, starting with those that need attention', async ({
    server,
    network,
    open,
  }) => {
    await openChapter(server, open)
    const hold = network.hold('POST /api/uploads')
    const files = Array.from({ length: 61 }, (_, index) => video(`${index + 1}.mp4`))
    dropFiles(document.body, [...files, video('zz.mp4', '')])
    await expect.element(tray().getByText('and 2 more')).toBeVisible()
    await expect.element(tray().getByRole('listitem').first()).toHaveTextContent('zz.mp4')
    hold.release()
    await expect.element(tray().getByText('1 of 62 videos not uploaded')).toBeVisible()
  })

  test.for([390, 768, 1280])(
    'covers neither the last change nor the selection in a window of %i px',
    async (width, { server, network, open }) => {
      await page.viewport(width, 800)
      const { drop } = await openChapter(server, open)
      const hold = network.hold('POST /api/uploads')
      drop(video('a.mp4'), video('b.mp4'), video('c.mp4'))
      await expect.poll(hold.waiting).toBe(3)
      await button('Remove a.mp4').click()
      await videoRow('b.mp4').click({ position: { x: 120, y: 10 } })
      const bar = page.getByRole('toolbar', { name: 'Selected videos' })
      await expect.element(bar).toBeVisible()
      await expect.element(changeNotice()).toHaveTextContent('Removed a.mp4')
      const covered = [
        ...bar.getByRole('button').all(),
        ...changeNotice().getByRole('button').all(),
        tray().getByRole('button', { name: /uploads$/ }),
      ].filter((shown) => !isReachable(shown))
      expect(covered.map((shown) => shown.element().outerHTML)).toEqual([])
      await page.viewport(1280, 800)
    },
  )

  test('stays visible on other pages, and dropped files end up in the library', async ({
    server,
    open,
  }) => {
    const { router, chapter } = await openChapter(server, open)
    dropFiles(document.body, [video('a.mp4')])
    await expectUpload('a.mp4', 'ready')
    await router.navigate({ to: '/' })
    await expect.element(tray()).toBeVisible()
    await router.navigate({ to: '/courses/$courseId', params: { courseId: chapter.courseId } })
    await chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).click()
    await expect.element(tile('a.mp4')).toBeVisible()
    await expect.element(mediaLibrary()).toBeVisible()
  })
})
