import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { button, chapterRegion, textbox } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const grid = () => page.getByRole('grid', { name: 'Videos' })
const tile = (filename: string) => grid().getByRole('row', { name: filename })
const shownTiles = () =>
  grid()
    .getByRole('row')
    .elements()
    .map(({ ariaLabel }) => ariaLabel)
const tag = (name: string) =>
  page.getByRole('listbox', { name: 'Tags' }).getByRole('option', { name })
const status = () => page.getByRole('main').getByRole('status')

async function addTagged(server: TestServer, tags: Record<string, string[]>) {
  const assets = await server.addAssets(Object.keys(tags))
  for (const { id, filename } of assets) {
    for (const name of tags[filename] ?? []) {
      const body = { mediaIds: [id], tag: name, isTagged: true }
      await server.send('PATCH /api/media', { body })
    }
  }
}

const listTagged = async (server: TestServer, name: string): Promise<string[]> => {
  const { media } = await (await server.send(`GET /api/media?tag=${name}`)).json()
  return media.map(({ filename }: { filename: string }) => filename)
}

async function select(...filenames: string[]) {
  for (const filename of filenames) await tile(filename).click({ modifiers: ['Control'] })
}

describe('tags in the library', () => {
  test('are added to the selected videos, and undone only where they were added', async ({
    server,
    open,
  }) => {
    await addTagged(server, { 'a.mp4': ['Draft'], 'b.mp4': [], 'c.mp4': [] })
    await open('/library')
    await select('a.mp4', 'b.mp4')
    await button('Tag 2 videos').click()
    const dialog = page.getByRole('dialog', { name: 'Tag 2 videos' })
    const draft = dialog.getByRole('button', { name: 'Draft' })
    await expect.element(draft).toHaveAttribute('aria-pressed', 'mixed')
    await draft.click()
    await expect.element(draft).toHaveAttribute('aria-pressed', 'true')
    await expect.element(dialog.getByText('Added “Draft” to 1 video.')).toBeVisible()
    await expectAccessible()
    expect(await listTagged(server, 'Draft')).toEqual(['a.mp4', 'b.mp4'])
    await userEvent.keyboard('{Escape}')
    await button('Undo').click()
    await expect.element(status()).toHaveTextContent('Removed “Draft” from 1 video.')
    expect(await listTagged(server, 'Draft')).toEqual(['a.mp4'])
  })

  test('are shown in the next frame, and go again if the server refuses them', async ({
    server,
    network,
    open,
  }) => {
    await addTagged(server, { 'a.mp4': [], 'b.mp4': [] })
    await open('/library')
    await select('a.mp4')
    await button('Tag 1 video').click()
    const hold = network.hold('PATCH /api/media')
    await textbox('New tag').fill('Draft')
    await userEvent.keyboard('{Enter}')
    await expect.poll(hold.waiting).toBe(1)
    const draft = page.getByRole('dialog').getByRole('button', { name: 'Draft' })
    await expect.element(draft).toHaveAttribute('aria-pressed', 'true')
    hold.refuse('Not today.')
    await expect.element(page.getByRole('alert')).toHaveTextContent('Not today.')
    await expect.element(draft).not.toBeInTheDocument()
    await expect.element(textbox('New tag')).toHaveValue('Draft')
  })

  test('say what is wrong with a new one', async ({ server, open }) => {
    await addTagged(server, { 'a.mp4': [] })
    await open('/library')
    await tile('a.mp4').dblClick()
    await textbox('New tag').fill('a'.repeat(51))
    await button('Add tag').click()
    await expect.element(page.getByText('Use at most 50 characters')).toBeVisible()
    await textbox('New tag').fill('Short')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Added “Short” to 1 video.')).toBeVisible()
    const statuses = page.getByRole('dialog').getByRole('status').elements()
    expect(statuses.flatMap(({ textContent }) => textContent || [])).toEqual([
      'Added “Short” to 1 video.',
    ])
  })

  test('filter the library, also when videos are picked, and are remembered', async ({
    server,
    open,
  }) => {
    await addTagged(server, { 'a.mp4': ['Draft'], 'b.mp4': ['Draft', 'Old'], 'c.mp4': [] })
    const [chapter] = await server.addChapters('Basics')
    const { router } = await open('/library')
    await tag('Draft 2 videos').click()
    await expect.poll(shownTiles).toEqual(['a.mp4', 'b.mp4'])
    expect(JSON.parse(localStorage.getItem('lectern.media-list') ?? '').state.tag).toBe('Draft')
    await expectAccessible()
    await router.navigate({ to: `/courses/${chapter?.courseId}` })
    await chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).click()
    await expect.poll(shownTiles).toEqual(['a.mp4', 'b.mp4'])
    await tag('Draft 2 videos').click()
    await expect.poll(shownTiles).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  })

  test('can be left when the last video with the chosen one loses it', async ({ server, open }) => {
    await addTagged(server, { 'a.mp4': ['Draft'], 'b.mp4': [] })
    await open('/library')
    await tag('Draft 1 video').click()
    await select('a.mp4')
    await button('Tag 1 video').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Draft' }).click()
    await expect.element(page.getByText('Removed “Draft” from 1 video.').first()).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByText('No videos with the tag “Draft”')).toBeVisible()
    await tag('Draft 0 videos').click()
    await expect.poll(shownTiles).toEqual(['a.mp4', 'b.mp4'])
    await expect.element(page.getByRole('listbox', { name: 'Tags' })).not.toBeInTheDocument()
  })

  test('take videos dropped on them, all selected ones together', async ({ server, open }) => {
    await addTagged(server, { 'a.mp4': ['Draft'], 'b.mp4': [], 'c.mp4': [], 'd.mp4': [] })
    await open('/library')
    await select('b.mp4', 'c.mp4')
    await tile('b.mp4').dropTo(tag('Draft 1 video'))
    await expect.element(status()).toHaveTextContent('Added “Draft” to 2 videos.')
    await tile('d.mp4').dropTo(tag('Draft 3 videos'))
    await expect.element(status()).toHaveTextContent('Added “Draft” to 1 video.')
    expect(await listTagged(server, 'Draft')).toEqual(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'])
  })

  test('say why a drop changed nothing, and an undo that failed can be repeated', async ({
    server,
    network,
    open,
  }) => {
    await addTagged(server, { 'a.mp4': ['Draft'], 'b.mp4': [] })
    await open('/library')
    const refused = network.hold('PATCH /api/media')
    await tile('b.mp4').dropTo(tag('Draft 1 video'))
    await expect.poll(refused.waiting).toBe(1)
    refused.refuse('Not today.')
    await expect.element(status()).toHaveTextContent('Nothing was tagged. Not today.')
    await expect.element(button('Undo')).not.toBeInTheDocument()
    await tile('b.mp4').dropTo(tag('Draft 1 video'))
    await expect.element(status()).toHaveTextContent('Added “Draft” to 1 video.')
    const again = network.hold('PATCH /api/media')
    await button('Undo').click()
    await expect.poll(again.waiting).toBe(1)
    again.refuse('Not now.')
    await expect.element(status()).toHaveTextContent('This couldn’t be undone. Not now.')
    // Another press at the same place would count as the second half of a double press.
    await page.getByRole('banner').hover()
    await button('Undo').click()
    await expect.element(status()).toHaveTextContent('Removed “Draft” from 1 video.')
    expect(await listTagged(server, 'Draft')).toEqual(['a.mp4'])
  })

  test('take videos that are dragged by keyboard', async ({ server, open }) => {
    await addTagged(server, { 'a.mp4': ['Draft', 'Old'], 'b.mp4': [] })
    await open('/library')
    await tile('b.mp4').click()
    await userEvent.keyboard('{Tab}{Enter}')
    await expect.element(tag('Draft 1 video')).toHaveFocus()
    await userEvent.keyboard('{ArrowRight}{Enter}')
    await expect.element(status()).toHaveTextContent('Added “Old” to 1 video.')
    expect(await listTagged(server, 'Old')).toEqual(['a.mp4', 'b.mp4'])
  })
})
