import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { pageKeys } from '#client/app/keys/page-keys.ts'
import { historyKeys } from '#client/app/use-history.ts'
import { assetKeys, pickKeys } from '#client/features/media/asset-keys.ts'
import { editorKeys, rowKeys, selectionKeys } from '#client/features/videos/row-keys.ts'
import { formatKeys } from '#client/lib/key-bindings.ts'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectVideos,
  getEditor,
  heading,
  mediaLibrary,
  textbox,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const shortcuts = () => page.getByRole('dialog', { name: 'Keyboard shortcuts' })
const palette = () => page.getByRole('dialog', { name: 'Commands' })
const search = () => page.getByRole('dialog', { name: 'Search this course' })
const anyDialog = () => page.getByRole('dialog')

async function setUpCourse(server: TestServer) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  await server.addVideos(basics.id, assets.slice(0, 2))
  return { basics, path: `/courses/${basics.courseId}` }
}

const expectRows = () => expectVideos(['a.mp4: linked', 'b.mp4: linked'])

async function runCommand(query: string) {
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('searchbox', { name: 'Search commands' })).toHaveFocus()
  await userEvent.keyboard(`${query}{Enter}`)
  await expect.element(palette()).not.toBeInTheDocument()
}

describe('the A key', () => {
  test('adds videos to the focused chapter', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    videoRow('b.mp4').element().focus()
    await userEvent.keyboard('a')
    await expect.element(mediaLibrary()).toHaveTextContent('Basics')
    await userEvent.keyboard('{Escape}')
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await button('More').hover()
    await userEvent.keyboard('{Escape}a')
    await expect.element(mediaLibrary()).toHaveTextContent('Basics')
  })

  test('otherwise to the chapter under the pointer, or the one used last', async ({
    server,
    open,
  }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    document.querySelector<HTMLElement>('#content')?.focus()
    await button('More').hover()
    await userEvent.keyboard('a')
    await expect.element(mediaLibrary()).toHaveTextContent('More')
    await userEvent.keyboard('{Escape}')
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
    button('Basics').element().focus()
    document.querySelector<HTMLElement>('#content')?.focus()
    await page.getByRole('banner').hover()
    await userEvent.keyboard('a')
    await expect.element(mediaLibrary()).toHaveTextContent('Basics')
  })

  test('asks for the chapter if there is none of these', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await page.getByRole('banner').hover()
    await userEvent.keyboard('a')
    await expect.element(palette()).toHaveTextContent('Add videos to Basics')
    await userEvent.keyboard('more{Enter}')
    await expect.element(mediaLibrary()).toHaveTextContent('More')
  })
})

describe('the ? key', () => {
  test('lists every key that has a handler', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard('?')
    await expect.element(heading('On a video')).toBeVisible()
    const listed = [...shortcuts().element().querySelectorAll('dl > div')].map((row) => ({
      label: row.querySelector('dt')?.textContent,
      keys: [...row.querySelectorAll('kbd')].map((cap) => cap.textContent),
    }))
    const all = [
      ...pageKeys,
      ...historyKeys,
      ...rowKeys,
      ...selectionKeys,
      ...editorKeys,
      ...assetKeys,
      ...pickKeys,
    ]
    const labels = [...new Set(all.map(({ label }) => label))]
    expect(listed).toEqual(
      labels.map((label) => ({
        label,
        keys: all.filter((binding) => binding.label === label).flatMap(formatKeys),
      })),
    )
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(shortcuts()).not.toBeInTheDocument()
    await expect.element(videoRow('a.mp4')).toHaveFocus()
  })

  test('leads to a switch that turns single-character keys off, which is remembered', async ({
    server,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectRows()
    await userEvent.keyboard('?')
    await page.getByRole('checkbox', { name: 'Single-character keys' }).click()
    await expect.element(shortcuts()).toHaveTextContent('Search this courseOff')
    await userEvent.keyboard('{Escape}')
    await expect.element(shortcuts()).not.toBeInTheDocument()
    expect(localStorage.getItem('lectern.keys')).toContain('false')
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard('?/apm{ArrowDown}')
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await userEvent.keyboard(' m')
    expect(anyDialog().query()).toBeNull()
    await userEvent.keyboard('{Escape}')
    await runCommand('shortcuts')
    await page.getByRole('checkbox', { name: 'Single-character keys' }).click()
    await userEvent.keyboard('{Escape}')
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await userEvent.keyboard('p')
    await expect.element(page.getByRole('dialog', { name: 'b.mp4' })).toBeVisible()
  })
})

describe('a single-character key does nothing', () => {
  test('in a text field', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await textbox('New chapter title').click()
    await userEvent.keyboard('a/?')
    await expect.element(textbox('New chapter title')).toHaveValue('a/?')
    await button('Rename a.mp4').click()
    await userEvent.keyboard('a?')
    await expect.element(getEditor('a.mp4')).toHaveValue('a?.mp4')
    expect(anyDialog().query()).toBeNull()
  })

  test('with a modifier or during input method composition', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    const row = videoRow('a.mp4').element()
    row.focus()
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey', 'isComposing']) {
      for (const key of ['a', '/', '?', 'p', 'm']) {
        row.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, [modifier]: true }))
      }
    }
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    expect(anyDialog().query()).toBeNull()
  })

  test('in a dialog', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await userEvent.keyboard('?')
    await expect.element(shortcuts()).toBeVisible()
    await userEvent.keyboard('a/{Control>}k{/Control}')
    expect(anyDialog().elements()).toHaveLength(1)
  })
})

describe('the command palette', () => {
  test('goes to a chapter and expands it', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await button('More').click()
    await runCommand('go more')
    await expect.element(button('More')).toHaveFocus()
    await expect.element(button('More')).toHaveAttribute('aria-expanded', 'true')
  })

  test('offers the chapters that the page shows', async ({ server, network, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    const removal = network.hold('DELETE /api/chapters/{chapterId}')
    await button('Remove chapter More').click()
    await button('Remove chapter').click()
    await expect.element(chapterRegion('More')).not.toBeInTheDocument()
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect.element(palette()).toHaveTextContent(/Add videos to .?Basics/)
    await expect.element(palette()).not.toHaveTextContent(/Add videos to .?More/)
    removal.release()
  })

  test('adds videos to a chapter and then returns the focus', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    button('Rename a.mp4').element().focus()
    await runCommand('add more')
    await expect.element(mediaLibrary()).toHaveTextContent('More')
    await userEvent.keyboard('{Escape}')
    await expect.element(button('Rename a.mp4')).toHaveFocus()
  })

  test('collapses and expands all chapters', async ({ server, open }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await runCommand('collapse')
    await expect.element(button('Basics')).toHaveAttribute('aria-expanded', 'false')
    await expect.element(button('More')).toHaveAttribute('aria-expanded', 'false')
    await runCommand('expand')
    await expect.element(button('Basics')).toHaveAttribute('aria-expanded', 'true')
    await expect.element(button('More')).toHaveAttribute('aria-expanded', 'true')
  })

  test('retries failed videos, and offers this only if there are any', async ({
    server,
    network,
    open,
  }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect.element(palette()).toBeVisible()
    await expect.element(palette()).not.toHaveTextContent('Retry failed videos')
    await userEvent.keyboard('{Escape}')
    const refusal = network.refuse('POST /api/chapters/{chapterId}/videos/batch', {}, 'Not today.')
    await chapterRegion('More').getByRole('button', { name: 'Add videos' }).click()
    await mediaLibrary().getByRole('row', { name: 'c.mp4' }).click()
    await button('Add 1 video').click()
    await expect.element(videoRow('c.mp4')).toHaveAttribute('data-status', 'failed')
    refusal.lift()
    await runCommand('retry')
    await expect.element(videoRow('c.mp4')).toHaveAttribute('data-status', 'linked')
  })

  test('changes the theme and leads to other pages', async ({ server, open }) => {
    const other = await server.addCourse('Another course')
    await open((await setUpCourse(server)).path)
    await expectRows()
    await runCommand('dark')
    await expect.poll(() => document.documentElement.dataset.theme).toBe('dark')
    await runCommand('another')
    await expect.element(heading(other.title)).toHaveFocus()
    await runCommand('all courses')
    await expect.element(heading('Courses')).toHaveFocus()
    await button('Commands').click()
    await expect.element(palette()).not.toHaveTextContent('Search this course')
    await expectAccessible()
  })

  test('can be opened while a name is typed, and keeps the typed text', async ({
    server,
    open,
  }) => {
    await open((await setUpCourse(server)).path)
    await expectRows()
    await button('Rename a.mp4').click()
    await userEvent.keyboard('Half{Control>}k{/Control}')
    await expect.element(palette()).toBeVisible()
    await userEvent.keyboard('xyz{Escape}')
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await expect.element(getEditor('a.mp4')).toHaveValue('Half.mp4')
    expect(search().query()).toBeNull()
  })
})
