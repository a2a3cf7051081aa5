import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { choose } from '../../support/chapter-parts.ts'
import {
  button,
  chapterRegion,
  expectVideos,
  getEditor,
  mediaLibrary,
  pickVideos,
  readNamesIn,
  textbox,
  tile,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']

async function setUpCourse(server: TestServer, linked: readonly string[] = names) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets(names)
  await server.addVideos(
    chapter.id,
    assets.filter(({ filename }) => linked.includes(filename)),
  )
  return `/courses/${chapter.courseId}`
}

const addButton = () => chapterRegion('Basics').getByRole('button', { name: 'Add videos' })

const readName = ({ ariaLabel }: Element) => ariaLabel

/** Holds a key until it has repeated 20 times. */
const holdKey = (key: string) => userEvent.keyboard(`{${key}>20/}`)

describe('a double click acts once', () => {
  test('on Remove, where the next row moves under the pointer', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await button('Remove a.mp4').dblClick()
    await expectVideos(['b.mp4: linked', 'c.mp4: linked', 'd.mp4: linked'])
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await addButton().hover()
    await button('Remove b.mp4').tripleClick()
    await expectVideos(['c.mp4: linked', 'd.mp4: linked'])
  })

  test('on Undo, where the page comes back under the pointer', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await button('Remove a.mp4').click()
    await button('Remove c.mp4').click()
    await button('Undo removing 2 videos').dblClick()
    await expectVideos(names.map((name) => `${name}: linked`))
  })

  test('on Add videos, where the library opens under the pointer', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    await addButton().hover()
    await addButton().dblClick()
    await expect.element(tile('a.mp4')).toBeVisible()
    await expect.element(mediaLibrary().getByRole('status')).toHaveTextContent('0 selected')
  })

  test('on a dialog’s buttons, where the page comes back under the pointer', async ({
    server,
    open,
  }) => {
    for (const title of ['A', 'B', 'C']) await server.addCourse(title)
    await open('/')
    await button('Remove course A').click()
    await button('Remove course').dblClick()
    await expect.element(button('Remove course A')).not.toBeInTheDocument()
    await expect.element(page.getByRole('heading', { name: 'Courses' })).toHaveFocus()
    await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
  })

  test('on Close, where an earlier failure comes back under the pointer', async ({
    server,
    network,
    open,
  }) => {
    const [light] = await server.addChapters('Light', 'Colour')
    await open(`/courses/${light?.courseId}`)
    network.refuse('PATCH /api/chapters/{chapterId}')
    network.refuse('DELETE /api/chapters/{chapterId}')
    const failure = chapterRegion('Light').getByRole('alert')
    await choose('Light', 'Move down')
    await expect.element(failure).toHaveTextContent('The chapter couldn’t be moved.')
    await button('Remove chapter Light').click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Remove chapter' }).click()
    await expect.element(failure).toHaveTextContent('The chapter couldn’t be removed.')
    await failure.getByRole('button', { name: 'Close' }).dblClick()
    await expect.element(failure).toHaveTextContent('The chapter couldn’t be moved.')
  })

  test('but acts again on a new button if the user keeps clicking', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await button('Remove a.mp4').click()
    const press = async () => {
      const remove = button('Remove b.mp4')
      if (remove.query()) await remove.click()
      return remove.query()
    }
    await expect.poll(press).toBeNull()
    await expectVideos(['c.mp4: linked', 'd.mp4: linked'])
  })

  test('but counts each click on a button that stays in place', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    await addButton().click()
    const picked = mediaLibrary().getByRole('status')
    await tile('a.mp4').dblClick()
    await expect.element(picked).toHaveTextContent('0 selected')
    await tile('a.mp4').tripleClick()
    await expect.element(picked).toHaveTextContent('1 selected')
  })
})

describe('a held key acts once', () => {
  test('Enter on Remove', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    button('Remove b.mp4').element().focus()
    await holdKey('Enter')
    await expectVideos(['a.mp4: linked', 'c.mp4: linked', 'd.mp4: linked'])
    await expect.element(videoRow('c.mp4')).toHaveFocus()
    await userEvent.keyboard('{Tab}{Enter}')
    await expect.element(page.getByRole('dialog', { name: 'c.mp4' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
  })

  test('Enter on Rename and in the editor', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    button('Rename a.mp4').element().focus()
    await holdKey('Enter')
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await holdKey('Enter')
    await expect.element(getEditor('a.mp4')).not.toBeInTheDocument()
    await expect.element(button('Rename a.mp4')).toHaveFocus()
  })

  test('Enter on Add', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    const add = await pickVideos('Basics', 'a.mp4')
    add.element().focus()
    await holdKey('Enter')
    await expectVideos(['a.mp4: linked'])
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
  })

  test('Escape in the library search', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    await addButton().click()
    const search = page.getByRole('searchbox', { name: 'Search videos' })
    await search.fill('a.mp4')
    await holdKey('Escape')
    await expect.element(search).toHaveValue('')
    await expect.element(mediaLibrary()).toBeVisible()
  })

  test('Delete on a row, where the next one takes the focus', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('b.mp4').element().focus()
    await holdKey('Delete')
    await expectVideos(['a.mp4: linked', 'c.mp4: linked', 'd.mp4: linked'])
    await expect.element(videoRow('c.mp4')).toHaveFocus()
    await userEvent.keyboard('{Delete}')
    await expectVideos(['a.mp4: linked', 'd.mp4: linked'])
  })

  test('Delete on selected rows', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard(' {ArrowDown} ')
    await holdKey('Delete')
    await expectVideos(['c.mp4: linked', 'd.mp4: linked'])
    await expect.element(videoRow('c.mp4')).toHaveFocus()
  })

  test('Delete on a video in the selection order', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    await pickVideos('Basics', ...names)
    await button('Selection order').click()
    const order = page.getByRole('dialog', { name: 'Selection order' })
    const readOrder = () => order.getByRole('row').elements().map(readName)
    await expect.poll(readOrder).toEqual(names)
    await expect.element(order.getByRole('row', { name: 'a.mp4' })).toHaveFocus()
    await holdKey('Delete')
    await expect.poll(readOrder).toEqual(['b.mp4', 'c.mp4', 'd.mp4'])
    await userEvent.keyboard('{Delete}')
    await expect.poll(readOrder).toEqual(['c.mp4', 'd.mp4'])
  })

  test('F2, and does not reach the editor that it opens', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('a.mp4').element().focus()
    await holdKey('F2')
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await userEvent.keyboard('b')
    await expect.element(getEditor('a.mp4')).toHaveValue('b.mp4')
  })

  // Only a dialog whose code is loaded opens while the key is still held.
  test.for([
    ['/', 'Slash', 'Search this course'],
    ['A', 'a', 'Search videos'],
  ] as const)(
    '%s, and types nothing into the search that it opens',
    async (held, { server, open }) => {
      const [, key, name] = held
      await open(await setUpCourse(server))
      await expectVideos(names.map((name) => `${name}: linked`))
      const search = page.getByRole('searchbox', { name })
      for (let opened = 0; opened < 2; opened++) {
        videoRow('a.mp4').element().focus()
        await holdKey(key)
        await expect.element(search).toHaveFocus()
        await expect.element(search).toHaveValue('')
        await userEvent.keyboard('{Escape}')
        await expect.element(search).not.toBeInTheDocument()
      }
    },
  )
})

describe('a held key goes on', () => {
  test('moving the focus or the row', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('a.mp4').element().focus()
    await holdKey('ArrowDown')
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Alt>}{ArrowUp>2/}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['a.mp4', 'd.mp4', 'b.mp4', 'c.mp4'])
    await expect.element(videoRow('d.mp4')).toHaveFocus()
  })

  test('typing and deleting in the field where it was pressed', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await typeFilename('a.mp4', 'mmm')
    await userEvent.keyboard('{Backspace>2/}{Slash>3/}')
    await expect.element(getEditor('a.mp4')).toHaveValue('m///')
    await userEvent.keyboard('{ArrowLeft>3/}{Delete>2/}')
    await expect.element(getEditor('a.mp4')).toHaveValue('m/')
  })

  test('typing and deleting in a search, beside its results', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await expectVideos(names.map((name) => `${name}: linked`))
    await userEvent.keyboard('{Slash}')
    const search = page.getByRole('searchbox', { name: 'Search this course' })
    await expect.element(search).toHaveFocus()
    await userEvent.keyboard('mp4')
    await expect.poll(() => page.getByRole('option').elements().length).toBe(names.length)
    await userEvent.keyboard('{Backspace>2/}{p>3/}')
    await expect.element(search).toHaveValue('mppp')
    await userEvent.keyboard('{Backspace>3/}')
    await expect.element(page.getByRole('option').first()).toBeVisible()
    await userEvent.keyboard('{ArrowDown}{Backspace>2/}')
    await expect.element(search).toHaveValue('')
  })
})

describe('the page ignores the keys of an input method', () => {
  /** Safari ends the composition first and then sends the key that ended it. */
  const endCompositionLikeSafari = (key: string) =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true }),
    )

  test('in the filename editor', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await typeFilename('a.mp4', 'にほん')
    endCompositionLikeSafari('Escape')
    await expect.element(getEditor('a.mp4')).toHaveValue('にほん')
  })

  test('in the title editor', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await button('Rename chapter Basics').click()
    await textbox('Chapter title').fill('にほん')
    endCompositionLikeSafari('Escape')
    await expect.element(textbox('Chapter title')).toHaveValue('にほん')
  })

  test('in the library search', async ({ server, open }) => {
    await open(await setUpCourse(server, []))
    await addButton().click()
    const search = page.getByRole('searchbox', { name: 'Search videos' })
    await search.fill('に')
    endCompositionLikeSafari('Escape')
    await expect.element(search).toHaveValue('に')
    await expect.element(mediaLibrary()).toBeVisible()
  })

  test('in the chart search', async ({ open }) => {
    await open('/charts')
    const search = page.getByRole('searchbox', { name: 'Search states and events' })
    await search.fill('failed')
    await expect.element(page.getByRole('listbox', { name: 'Search results' })).toBeVisible()
    endCompositionLikeSafari('Escape')
    await expect.element(search).toHaveValue('failed')
  })
})
