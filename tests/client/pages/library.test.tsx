import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { MediaAsset } from '#contract/media.ts'
import { answerFileDialog } from '../../support/file-dialog.ts'
import { button, heading, textbox } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const grid = () => page.getByRole('grid', { name: 'Videos' })
const tile = (filename: string) => grid().getByRole('row', { name: filename })
const status = () => page.getByRole('main').getByRole('status')

const listed = async (server: TestServer) => {
  const { media } = await (await server.send('GET /api/media')).json()
  return media.map(({ filename }: { filename: string }) => filename)
}

describe('the library', () => {
  test('is searched, sorted and filtered, which it remembers', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets.slice(0, 1))
    await open('/library')
    await expect.element(status()).toHaveTextContent('3 videos')
    await page.getByRole('searchbox', { name: 'Search videos' }).fill('b')
    await expect.element(status()).toHaveTextContent('1 video')
    await userEvent.keyboard('{Escape}')
    await page.getByRole('combobox', { name: 'Show' }).selectOptions('In a chapter')
    await expect.element(status()).toHaveTextContent('1 video')
    await expect.element(tile('a.mp4').getByText(/^In 1 chapter/)).toBeVisible()
    expect(JSON.parse(localStorage.getItem('lectern.media-list') ?? '').state).toEqual({
      sort: 'name',
      use: 'used',
    })
  })

  test('renames an asset, and tells where it is used', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets)
    const { router } = await open('/library')
    await tile('a.mp4').dblClick()
    await button('Rename a.mp4').click()
    await textbox('Filename').fill('Welcome.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Welcome.mp4')).toBeVisible()
    expect(await listed(server)).toEqual(['Welcome.mp4'])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
    await page.getByRole('link', { name: 'A course, Basics' }).click()
    await expect.element(heading('Basics')).toBeVisible()
    expect(router.state.location.hash).toBe(chapter?.id)
  })

  test('removes what no chapter has at once, with a way back', async ({ server, open }) => {
    await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    await open('/library')
    await tile('a.mp4').click()
    await tile('b.mp4').click({ modifiers: ['Control'] })
    await expect.element(status()).toHaveTextContent('3 videos · 2 selected, 0:25')
    await button('Remove 2 videos').click()
    await expect.element(status()).toHaveTextContent('Removed 2 videos; kept for 30 days.')
    expect(await listed(server)).toEqual(['c.mp4'])
    await button('Undo').click()
    await expect.element(tile('a.mp4')).toBeVisible()
    expect(await listed(server)).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  })

  test('asks before it removes what a chapter has, whose video stays', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets)
    await open('/library')
    await tile('a.mp4').click()
    await button('Remove 1 video').click()
    const question = page.getByRole('alertdialog')
    await expect.element(question.getByText('A course, Basics')).toBeVisible()
    await question.getByRole('button', { name: 'Remove' }).click()
    await expect.element(status()).toHaveTextContent('Removed 1 video; kept for 30 days.')
    expect(await listed(server)).toEqual([])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
  })

  test('replaces the file of an asset, whose name and videos stay', async ({ server, open }) => {
    const [asset] = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', asset ? [asset] : [])
    await open('/library')
    await tile('a.mp4').dblClick()
    const dialog = page.getByRole('dialog')
    answerFileDialog(new File(['some text'], 'notes.txt'))
    await button('Replace the file').click()
    await expect.element(dialog.getByText('notes.txt is no video.')).toBeVisible()
    answerFileDialog(new File(['the bytes of a better one'], 'better.mp4', { type: 'video/mp4' }))
    await button('Replace the file').click()
    await expect
      .element(dialog.getByText('better.mp4 is being uploaded, and will replace the file.'))
      .toBeVisible()
    const readSize = async () => {
      const { media } = await (await server.send('GET /api/media')).json()
      return media.map(({ id, filename, sizeBytes }: MediaAsset) => [id, filename, sizeBytes])
    }
    await expect.poll(readSize).toEqual([[asset?.id, 'a.mp4', 25]])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
  })

  test('says what could not be removed', async ({ server, network, open }) => {
    await server.addAssets(['a.mp4'])
    await open('/library')
    const hold = network.hold('DELETE /api/media/{mediaId}')
    await tile('a.mp4').click()
    await button('Remove 1 video').click()
    await expect.poll(hold.waiting).toBe(1)
    hold.refuse('Not today.')
    await expect.element(status()).toHaveTextContent('Not all were removed. Not today.')
  })
})
