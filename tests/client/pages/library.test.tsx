import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { mediaQuery } from '#client/features/media/api/list-media.ts'
import type { MediaAsset, MediaPage } from '#contract/media.ts'
import { expectAccessible } from '../../support/axe.ts'
import { answerFileDialog } from '../../support/file-dialog.ts'
import { drag, mouse, type Point, shift } from '../../support/mouse.ts'
import { button, heading, textbox } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const grid = () => page.getByRole('grid', { name: 'Videos' })
const tile = (filename: string) => grid().getByRole('row', { name: filename })
const status = () => page.getByRole('main').getByRole('status')

const listAssets = async (server: TestServer) => {
  const { media } = await (await server.send('GET /api/media')).json()
  return media.map(({ filename }: { filename: string }) => filename)
}

describe('the library', () => {
  test('can be searched and filtered, and remembers the filter', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets.slice(0, 1))
    await open('/library')
    await expect.element(status()).toHaveTextContent('3 videos')
    await page.getByRole('searchbox', { name: 'Search videos' }).fill('b')
    await expect.element(status()).toHaveTextContent('1 video')
    await userEvent.keyboard('{Escape}')
    await page.getByRole('combobox', { name: 'Show' }).selectOptions('Used')
    await expect.element(status()).toHaveTextContent('1 video')
    await expect.element(tile('a.mp4').getByText(/^In 1 chapter/)).toBeVisible()
    expect(JSON.parse(localStorage.getItem('lectern.media-list') ?? '').state).toEqual({
      sort: 'name',
      use: 'used',
      view: 'grid',
      tag: null,
    })
  })

  test('renames an asset and shows where it is used', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets)
    const { router } = await open('/library')
    await tile('a.mp4').dblClick()
    await button('Rename a.mp4').click()
    await textbox('Filename').fill('Welcome.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Welcome.mp4')).toBeVisible()
    await expect.poll(() => listAssets(server)).toEqual(['Welcome.mp4'])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
    await page.getByRole('link', { name: 'A course, Basics' }).click()
    await expect.element(heading('Basics')).toBeVisible()
    expect(router.state.location.hash).toBe(chapter?.id)
  })

  test('selects a name without its extension when its editor opens', async ({ server, open }) => {
    await server.addAssets(['Lesson 1.mp4'])
    await open('/library')
    await tile('Lesson 1.mp4').dblClick()
    await button('Rename Lesson 1.mp4').click()
    await expect.element(textbox('Filename')).toHaveFocus()
    const input = textbox('Filename').element() as HTMLInputElement
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 8])
  })

  test('can be used in a window as small as at 400 % zoom', async ({ server, open }) => {
    await page.viewport(320, 200)
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    const mediaIds = assets.map(({ id }) => id)
    await server.send('POST /api/media-tags', {
      body: { mediaIds, tag: 'Oil', isTagged: true },
    })
    await open('/library')
    await tile('a.mp4').click()
    await expect.element(button('Remove 1 video')).toBeVisible()
    expect(grid().element().clientHeight).toBeGreaterThanOrEqual(2 * 164)
    expect(grid().element().getBoundingClientRect().bottom).toBeLessThanOrEqual(
      status().element().getBoundingClientRect().top,
    )
    await page.viewport(1280, 800)
  })

  test('removes unused videos without asking, with an undo', async ({ server, open }) => {
    await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    await open('/library')
    await tile('a.mp4').click()
    await tile('b.mp4').click({ modifiers: ['Control'] })
    await expect.element(status()).toHaveTextContent('3 videos · 2 selected, 0:25')
    await button('Remove 2 videos').click()
    await expect.element(status()).toHaveTextContent('Removed 2 videos.')
    expect(await listAssets(server)).toEqual(['c.mp4'])
    await button('Undo').click()
    await expect.element(tile('a.mp4')).toBeVisible()
    expect(await listAssets(server)).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  })

  test('keeps the focus when what was pressed disappears', async ({ server, open }) => {
    await server.addAssets(['a.mp4', 'b.mp4'])
    await open('/library')
    await tile('a.mp4').click()
    await button('Remove 1 video').click()
    await expect.element(tile('a.mp4')).not.toBeInTheDocument()
    const hasFocus = () => grid().element().contains(document.activeElement)
    await expect.poll(hasFocus).toBe(true)
    await button('Undo').click()
    await expect.element(status()).toHaveTextContent('Restored 1 video.')
    await expect.poll(hasFocus).toBe(true)
  })

  test('saves a name after an earlier one that is still in flight', async ({
    server,
    network,
    open,
  }) => {
    await server.addAssets(['a.mp4'])
    await open('/library')
    await tile('a.mp4').dblClick()
    const hold = network.hold('PATCH /api/media/{mediaId}')
    await button('Rename a.mp4').click()
    await textbox('Filename').fill('First.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.poll(hold.waiting).toBe(1)
    await button('Rename First.mp4').click()
    await textbox('Filename').fill('Second.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Second.mp4')).toBeVisible()
    hold.release()
    await expect.poll(() => listAssets(server)).toEqual(['Second.mp4'])
    await expect.element(heading('Second.mp4')).toBeVisible()
  })

  test('says if the details of a video can’t be loaded', async ({ server, network, open }) => {
    await server.addAssets(['a.mp4'])
    const details = network.refuse('GET /api/media/{mediaId}')
    await open('/library')
    await tile('a.mp4').dblClick()
    // The video, which is none, can't be played either.
    const alert = page.getByRole('dialog').getByRole('alert').filter({ hasText: 'details' })
    await expect
      .element(alert)
      .toHaveTextContent('The details couldn’t be loaded. Refused on purpose.')
    details.lift()
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect.element(page.getByText('Not used in any chapter.')).toBeVisible()
  })

  test('says if its tags can’t be loaded', async ({ server, network, open }) => {
    await server.addAssets(['a.mp4'])
    const tags = network.refuse('GET /api/media-tags')
    await open('/library')
    const alert = page.getByRole('main').getByRole('alert')
    await expect
      .element(alert)
      .toHaveTextContent('The tags couldn’t be loaded. Refused on purpose.')
    tags.lift()
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect.element(alert).not.toBeInTheDocument()
  })

  test('asks before it removes a used asset, whose video stays', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets)
    await open('/library')
    await tile('a.mp4').click()
    await button('Remove 1 video').click()
    const question = page.getByRole('alertdialog')
    await expect.element(question.getByText('A course, Basics')).toBeVisible()
    await question.getByRole('button', { name: 'Remove' }).click()
    await expect.element(status()).toHaveTextContent('Removed 1 video.')
    expect(await listAssets(server)).toEqual([])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
  })

  test('replaces the file of an asset, which keeps its name and videos', async ({
    server,
    open,
  }) => {
    const [asset] = await server.addAssets(['a.mp4'])
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', asset ? [asset] : [])
    await open('/library')
    await tile('a.mp4').dblClick()
    const dialog = page.getByRole('dialog')
    answerFileDialog(new File(['some text'], 'notes.txt'))
    await button('Replace file').click()
    await expect.element(dialog.getByText('notes.txt isn’t a video.')).toBeVisible()
    answerFileDialog(new File(['the bytes of a better one'], 'better.mp4', { type: 'video/mp4' }))
    await button('Replace file').click()
    await expect
      .element(dialog.getByText('Uploading better.mp4. It will replace the current file.'))
      .toBeVisible()
    const readSize = async () => {
      const { media } = await (await server.send('GET /api/media')).json()
      return media.map(({ id, filename, sizeBytes }: MediaAsset) => [id, filename, sizeBytes])
    }
    await expect.poll(readSize).toEqual([[asset?.id, 'a.mp4', 25]])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['a.mp4'])
  })

  test('reports what could not be removed', async ({ server, network, open }) => {
    await server.addAssets(['a.mp4'])
    await open('/library')
    const hold = network.hold('DELETE /api/media/{mediaId}')
    await tile('a.mp4').click()
    await button('Remove 1 video').click()
    await expect.poll(hold.waiting).toBe(1)
    await expect.element(status()).toHaveTextContent('Removing 1 video…')
    hold.refuse('Not today.')
    await expect.element(status()).toHaveTextContent('The video couldn’t be removed. Not today.')
  })
})

const view = (name: 'Grid' | 'List') => page.getByRole('radio', { name })
const search = () => page.getByRole('searchbox', { name: 'Search videos' })
const selected = () =>
  grid()
    .getByRole('row', { selected: true })
    .elements()
    .map(({ ariaLabel }) => ariaLabel)
const expectSelected = (names: readonly string[]) => expect.poll(selected).toEqual(names)

async function openThree(server: TestServer, open: (path: string) => Promise<unknown>) {
  await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  await open('/library')
  await expect.element(tile('c.mp4')).toBeVisible()
}

describe('the list', () => {
  test('shows the same facts as the grid, and more', async ({ server, open }) => {
    const assets = await server.addAssets(['a.mp4', 'b.mp4'], { sizeBytes: 5_000_000 })
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', assets.slice(0, 1))
    await open('/library')
    await tile('b.mp4').click()
    await view('List').click()
    await expect
      .element(tile('a.mp4'))
      .toHaveTextContent(/^a\.mp40:125.0 MB\w+ \d+, \d+Used in 1 chapterReady$/)
    await expect.element(tile('b.mp4')).toHaveTextContent('Not used')
    await expectSelected(['b.mp4'])
    await expectAccessible()
    expect(JSON.parse(localStorage.getItem('lectern.media-list') ?? '').state.view).toBe('list')
  })

  test('supports the same keys, also on a phone', async ({ server, open }) => {
    await page.viewport(390, 700)
    await openThree(server, open)
    view('Grid').element().focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(view('List')).toBeChecked()
    await expect.element(tile('b.mp4')).toHaveTextContent('Not usedReady')
    await tile('a.mp4').click()
    await userEvent.keyboard('{ArrowDown}')
    await expectSelected(['b.mp4'])
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await expectSelected(['b.mp4', 'c.mp4'])
    expect(document.documentElement.scrollWidth).toBe(390)
    await expectAccessible()
    await page.viewport(1280, 800)
  })

  test('mounts only the visible part of 10,000 videos, without a blank frame', async ({
    server,
    open,
  }) => {
    await server.addAssets(['a.mp4'])
    const { queryClient } = await open('/library')
    await expect.element(tile('a.mp4')).toBeVisible()
    const { queryKey } = mediaQuery({ search: '', sort: 'name', use: 'any' })
    queryClient.setQueryData(queryKey, (data) => data && { ...data, pages: data.pages.map(repeat) })
    for (const name of ['Grid', 'List'] as const) {
      await view(name).click()
      await expect.element(tile('Lesson 0.mp4')).toBeVisible()
      const scroller = grid().element()
      await expect.poll(() => scroller.scrollHeight).toBeGreaterThan(300_000)
      for (const top of [400, 5_000, 150_000, 150_700, scroller.scrollHeight, 80_000, 0]) {
        scroller.scrollTo({ top, behavior: 'instant' })
        await nextFrame()
        expect(isCovered(scroller)).toBe(true)
        expect(grid().getByRole('row').elements().length).toBeLessThan(100)
      }
    }
  })

  const repeat = (page: MediaPage): MediaPage => ({
    ...page,
    total: 10_000,
    media: Array.from({ length: 10_000 }, (_, index) =>
      page.media.map((asset) => ({ ...asset, id: `${index}`, filename: `Lesson ${index}.mp4` })),
    ).flat(),
  })

  /** Whether the visible part of the grid is filled with assets, except for the gaps. */
  function isCovered(scroller: Element): boolean {
    const { top, bottom } = scroller.getBoundingClientRect()
    const boxes = grid()
      .getByRole('row')
      .elements()
      .map((row) => row.getBoundingClientRect())
    const isShown = (y: number) => boxes.some((box) => box.top - 6 < y && y < box.bottom + 6)
    for (let y = top + 8; y < bottom - 8; y += 8) if (!isShown(y)) return false
    return true
  }

  /** Scroll events fire before the callbacks of the frame that paints their effect. */
  const nextFrame = () => new Promise(requestAnimationFrame)
})

describe('a selection', () => {
  test('is kept through searches and sorting, and summarized', async ({ server, open }) => {
    await openThree(server, open)
    await tile('a.mp4').click()
    await search().fill('b')
    await expect.element(tile('a.mp4')).not.toBeInTheDocument()
    await expect.element(status()).toHaveTextContent('1 video · 1 selected, 0:12, 1 not shown')
    // Another click at the same place would count as the second half of a double click.
    await page.getByRole('banner').hover()
    await tile('b.mp4').click({ modifiers: ['Control'] })
    await expect.element(status()).toHaveTextContent('1 video · 2 selected, 0:25, 1 not shown')
    await search().fill('')
    await page.getByRole('combobox', { name: 'Sort by' }).selectOptions('Longest first')
    // All have the same duration, so their order is undefined.
    await expect.poll(() => selected().toSorted()).toEqual(['a.mp4', 'b.mp4'])
    await expect.element(status()).toHaveTextContent('3 videos · 2 selected, 0:25')
    await expectAccessible()
    await search().fill('c')
    await expect.element(tile('a.mp4')).not.toBeInTheDocument()
    await button('Remove 2 videos').click()
    await expect.element(status()).toHaveTextContent('Removed 2 videos.')
    expect(await listAssets(server)).toEqual(['c.mp4'])
  })

  test('is not replaced by moving the focus', async ({ server, open }) => {
    await openThree(server, open)
    await tile('b.mp4').click()
    await search().fill('c')
    await expect.element(tile('b.mp4')).not.toBeInTheDocument()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(tile('c.mp4')).toHaveFocus()
    await expect.element(status()).toHaveTextContent('1 video · 1 selected, 0:12, 1 not shown')
    await userEvent.keyboard('{Control>} {/Control}')
    await expect.element(status()).toHaveTextContent('1 video · 2 selected, 0:25, 1 not shown')
    await button('Clear selection').click()
    await expect.element(status()).toHaveTextContent('1 video')
    await expect.element(tile('c.mp4')).toHaveFocus()
  })

  test('can be a range or single videos', async ({ server, open }) => {
    await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'])
    await open('/library')
    await tile('b.mp4').click()
    await tile('d.mp4').click({ modifiers: ['Shift'] })
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4'])
    await tile('c.mp4').click({ modifiers: ['Control'] })
    await expectSelected(['b.mp4', 'd.mp4'])
    await userEvent.keyboard('{Escape}')
    await expectSelected([])
  })

  test('can include all matches, loaded or not', async ({ server, open }) => {
    const names = Array.from({ length: 130 }, (_, index) => `Lesson ${index + 1}.mp4`)
    await server.addAssets([...names, 'Outro.mp4'])
    await open('/library')
    await search().fill('lesson')
    await expect.element(status()).toHaveTextContent('130 videos')
    await tile('Lesson 2.mp4').click()
    await userEvent.keyboard('{Control>}a{/Control}')
    await expect.element(status()).toHaveTextContent('130 videos · 120 selected, 25:00')
    await expectAccessible()
    await button('Select all 130 videos').click()
    await expect.element(status()).toHaveTextContent('130 videos · 130 selected, 27:05')
    await expect.element(button('Select all 130 videos')).not.toBeInTheDocument()
    await expect.element(button('Remove 130 videos')).toBeVisible()
  })
})

const getBox = (filename: string) => tile(filename).element().getBoundingClientRect()

/** A point in the page's margin, at the height of the middle of an asset. */
const beside = (filename: string): Point => {
  const { top, height } = getBox(filename)
  return { x: grid().element().getBoundingClientRect().left - 10, y: top + height / 2 }
}

const getCenter = (filename: string): Point => {
  const { left, top, width, height } = getBox(filename)
  return { x: left + width / 2, y: top + height / 2 }
}

describe('a rubber band', () => {
  test('selects the tiles that it touches, or adds them with Shift', async ({ server, open }) => {
    await openThree(server, open)
    await mouse.press(beside('a.mp4'))
    await mouse.moveTo(getCenter('b.mp4'))
    await expectSelected(['a.mp4', 'b.mp4'])
    await expect.poll(() => document.querySelector('[data-rubber-band]')).not.toBeNull()
    await mouse.moveTo(getCenter('a.mp4'))
    await expectSelected(['a.mp4'])
    await mouse.release(getCenter('a.mp4'))
    await expect.poll(() => document.querySelector('[data-rubber-band]')).toBeNull()
    await expect.element(tile('a.mp4')).toHaveFocus()
    const { right, bottom } = getBox('c.mp4')
    await drag({ x: right - 20, y: bottom + 40 }, getCenter('c.mp4'), shift)
    await expectSelected(['a.mp4', 'c.mp4'])
    await expect.element(status()).toHaveTextContent('3 videos · 2 selected, 0:25')
  })

  test('is cancelled by Escape, and works in the list', async ({ server, open }) => {
    await openThree(server, open)
    await view('List').click()
    await expect.element(tile('a.mp4')).toHaveTextContent('Ready')
    await drag(beside('c.mp4'), getCenter('b.mp4'))
    await expectSelected(['b.mp4', 'c.mp4'])
    await mouse.press(beside('a.mp4'))
    await mouse.moveTo(getCenter('a.mp4'))
    await expectSelected(['a.mp4'])
    await userEvent.keyboard('{Escape}')
    await expectSelected(['b.mp4', 'c.mp4'])
    await mouse.release(getCenter('a.mp4'))
  })
})

const player = (filename: string) => page.getByRole('dialog', { name: filename })

describe('Space', () => {
  test('previews the focused video and selects nothing', async ({ server, open }) => {
    await openThree(server, open)
    await search().click()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(tile('a.mp4')).toHaveFocus()
    await userEvent.keyboard(' ')
    await expect.element(player('a.mp4')).toBeVisible()
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(player('a.mp4')).not.toBeInTheDocument()
    await expect.element(tile('a.mp4')).toHaveFocus()
    await expectSelected([])
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('dialog', { name: 'Video' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(tile('a.mp4')).toHaveFocus()
  })
})
