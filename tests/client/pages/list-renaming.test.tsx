import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  expectStatus,
  expectVideos,
  getEditor,
  pickVideos,
  statusLine,
  textbox,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'
const names = ['a.mp4', 'b.mp4', 'c.mp4']

/** Adds a chapter with videos, and two more to the library. */
async function setUpChapter(server: TestServer, filenames: readonly string[] = names) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets([...filenames, 'new.mp4', 'newer.mp4'])
  await server.addVideos(chapter.id, assets.slice(0, -2))
  return { chapterId: chapter.id, path: `/courses/${chapter.courseId}` }
}

const openEditors = () =>
  [...document.querySelectorAll<HTMLInputElement>('[data-video-id] input')].map(
    ({ value, selectionStart, selectionEnd }) => ({
      value,
      selected: [selectionStart, selectionEnd],
    }),
  )

/** Presses keys in the page itself without a pause, faster than any typist. */
function pressAtOnce(key: string, typed: string) {
  const target = document.activeElement
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  document.execCommand('insertText', false, typed)
}

describe('Tab', () => {
  test('saves and opens the next row’s editor', async ({ server, open }) => {
    const { chapterId, path } = await setUpChapter(server)
    await open(path)
    await expectStatus('a.mp4', 'linked')
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard('{F2}One{Tab}Two{Tab}')
    await expect.element(getEditor('c.mp4')).toHaveFocus()
    expect(openEditors()).toEqual([{ value: 'c.mp4', selected: [0, 1] }])
    await userEvent.keyboard('Three{Enter}')
    await expect.element(button('Rename Three.mp4')).toHaveFocus()
    const renamed = ['One.mp4', 'Two.mp4', 'Three.mp4']
    await expectVideos(renamed.map((name) => `${name}: linked`))
    await expect.poll(() => server.filenames(chapterId)).toEqual(renamed)
    await expectAccessible()
  })

  test('with Shift goes back, and from the first row to what precedes the list', async ({
    server,
    open,
  }) => {
    const { chapterId, path } = await setUpChapter(server)
    await open(path)
    await button('Rename b.mp4').click()
    await userEvent.keyboard('Two{Shift>}{Tab}{/Shift}')
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await userEvent.keyboard('One{Shift>}{Tab}{/Shift}')
    await expect.element(button('Remove chapter Basics')).toHaveFocus()
    await expect.poll(() => server.filenames(chapterId)).toEqual(['One.mp4', 'Two.mp4', 'c.mp4'])
    expect(openEditors()).toEqual([])
  })

  test('goes from the last row to what follows the list', async ({ server, open }) => {
    const { chapterId, path } = await setUpChapter(server)
    await open(path)
    await button('Rename c.mp4').click()
    await userEvent.keyboard('Three{Tab}')
    await expect.element(textbox('New chapter title')).toHaveFocus()
    await expect.poll(() => server.filenames(chapterId)).toEqual(['a.mp4', 'b.mp4', 'Three.mp4'])
  })

  test('sends nothing for an unchanged name', async ({ server, network, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    await button('Rename a.mp4').click()
    const before = network.apiRequests().length
    await userEvent.keyboard('{Tab}{Tab}{ArrowUp}{Escape}')
    await expect.element(button('Rename b.mp4')).toHaveFocus()
    expect(openEditors()).toEqual([])
    expect(network.apiRequests().slice(before)).toEqual([])
  })

  test('stays in the editor of an invalid name', async ({ server, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    await typeFilename('b.mp4', 'intro/b.mp4')
    for (const keys of ['{Tab}', '{ArrowDown}', '{Shift>}{Tab}{/Shift}', '{ArrowUp}']) {
      await userEvent.keyboard(keys)
      await expect
        .element(getEditor('b.mp4'))
        .toHaveAccessibleDescription('Remove / and \\: a filename can’t contain them')
      await expect.element(getEditor('b.mp4')).toHaveFocus()
    }
    expect(openEditors().map(({ value }) => value)).toEqual(['intro/b.mp4'])
    await expectAccessible()
  })

  test('loses no keys that are typed right after it', async ({ server, open }) => {
    const { chapterId, path } = await setUpChapter(server)
    await open(path)
    await button('Rename a.mp4').click()
    await userEvent.keyboard('One')
    pressAtOnce('Tab', 'Two')
    pressAtOnce('Tab', 'Three')
    pressAtOnce('Tab', '')
    await expect
      .poll(() => server.filenames(chapterId))
      .toEqual(['One.mp4', 'Two.mp4', 'Three.mp4'])
  })
})

test('arrow keys move on, too, and stop at the first and the last row', async ({
  server,
  open,
}) => {
  const { chapterId, path } = await setUpChapter(server)
  await open(path)
  await button('Rename b.mp4').click()
  await userEvent.keyboard('Two{ArrowDown}Three{ArrowDown}')
  await expect.element(videoRow('Three.mp4')).toHaveFocus()
  await userEvent.keyboard('{Home}{Enter}One{ArrowUp}')
  await expect.element(videoRow('One.mp4')).toHaveFocus()
  await expect.poll(() => server.filenames(chapterId)).toEqual(['One.mp4', 'Two.mp4', 'Three.mp4'])
})

test('an editor that is already open keeps its text and gets the focus', async ({
  server,
  open,
}) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await typeFilename('b.mp4', 'Half typed')
  await button('Rename a.mp4').click()
  await userEvent.keyboard('{Tab}')
  await expect.element(getEditor('b.mp4')).toHaveFocus()
  expect(openEditors()).toEqual([{ value: 'Half typed', selected: [0, 10] }])
})

test('linking and failed rows can be renamed', async ({ server, network, open }) => {
  const { chapterId, path } = await setUpChapter(server, ['a.mp4'])
  await open(path)
  const hold = network.hold(batch)
  await (await pickVideos('Basics', 'new.mp4', 'newer.mp4')).click()
  await button('Rename a.mp4').click()
  await userEvent.keyboard('One{Tab}Two{Tab}Three')
  await expect.poll(hold.waiting).toBe(1)
  hold.refuse('The file is being checked.')
  await expect.element(statusLine('Basics')).toHaveTextContent('0 of 2 linked, 2 failed')
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  await expect.element(getEditor('Two.mp4')).toHaveFocus()
  await userEvent.keyboard('Second{ArrowDown}{Enter}')
  await expectVideos(['One.mp4: linked', 'Second.mp4: failed', 'Three.mp4: failed'])
  await button('Retry failed').click()
  await expect
    .poll(() => server.filenames(chapterId))
    .toEqual(['One.mp4', 'Second.mp4', 'Three.mp4'])
})

test('the next row need not be mounted', async ({ server, open }) => {
  const many = Array.from({ length: 400 }, (_, index) => `Lesson ${index + 1}.mp4`)
  const { path } = await setUpChapter(server, many)
  await open(path)
  await button('Rename Lesson 2.mp4').click()
  window.scrollTo(0, document.documentElement.scrollHeight)
  await expect.element(videoRow('Lesson 400.mp4')).toBeVisible()
  await expect.element(videoRow('Lesson 3.mp4')).not.toBeInTheDocument()
  await userEvent.keyboard('Two{Tab}Three{Tab}')
  await expect.element(getEditor('Lesson 4.mp4')).toHaveFocus()
  await expect.element(videoRow('Two.mp4')).toBeVisible()
  await expect.element(videoRow('Three.mp4')).toBeVisible()
})

test('a double click on a name opens its editor', async ({ server, open }) => {
  const { path } = await setUpChapter(server)
  await open(path)
  await page.getByText('b.mp4').dblClick()
  await expect.element(getEditor('b.mp4')).toHaveFocus()
  expect(openEditors()).toEqual([{ value: 'b.mp4', selected: [0, 1] }])
  await userEvent.keyboard('Two{Escape}')
  await expectVideos(names.map((name) => `${name}: linked`))
})
