import { describe, expect, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  expectVideos,
  getEditor,
  pickVideos,
  readNamesIn,
  statusLine,
  typeFilename,
  undo,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']
const patch = 'PATCH /api/videos/{videoId}'
const batch = 'POST /api/chapters/{chapterId}/videos/batch'

/** Adds a course with two chapters, Basics with four videos, and More. */
async function setUpCourse(server: TestServer, moreNames: readonly string[] = []) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const assets = await server.addAssets([...names, 'e.mp4'])
  const findAssets = (filenames: readonly string[]) =>
    assets.filter(({ filename }) => filenames.includes(filename))
  await server.addVideos(basics.id, findAssets(names))
  await server.addVideos(more.id, findAssets(moreNames))
  return { basics, more, path: `/courses/${basics.courseId}` }
}

async function moveTo(filename: string, place: string) {
  await button(`Move ${filename}`).click()
  await page.getByRole('searchbox', { name: 'Search chapters' }).fill(place)
  await page.getByRole('option', { name: place }).click()
}

/** Collects the text that a live region adds or changes. */
function listenTo(region: Element): () => string[] {
  const announced: string[] = []
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      const changed = type === 'characterData' ? [target] : [...addedNodes]
      announced.push(...changed.map(({ textContent }) => textContent ?? ''))
    }
  })
  observer.observe(region, { childList: true, characterData: true, subtree: true })
  onTestFinished(() => observer.disconnect())
  // The direction of the button beside the words may change, too.
  return () => announced.filter((text) => /\w+ing|\w+ed/.test(text))
}

test('a chapter that someone else has removed is not offered', async ({ server, open }) => {
  const { more, path } = await setUpCourse(server)
  const { queryClient } = await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await server.send(`DELETE /api/chapters/${more.id}`)
  await queryClient.refetchQueries()
  await expect.element(page.getByText('This chapter was removed by someone else.')).toBeVisible()
  await button('Move a.mp4').click()
  await expect.element(page.getByRole('option', { name: 'End of Basics' })).toBeVisible()
  await expect.element(page.getByRole('option', { name: 'More' })).not.toBeInTheDocument()
})

test('a row that is moved to a chapter leaves its rows mounted', async ({ server, open }) => {
  const { more, path } = await setUpCourse(server)
  const others = Array.from({ length: 60 }, (_, index) => `${String(index).padStart(2, '0')}.mp4`)
  await server.addVideos(more.id, await server.addAssets(others))
  await open(path)
  await expect.poll(readNamesIn('More')).toHaveLength(60)
  const removedNodes: Node[] = []
  const observer = new MutationObserver((records) =>
    removedNodes.push(...records.flatMap((record) => [...record.removedNodes])),
  )
  observer.observe(page.getByRole('list', { name: 'Videos in More' }).element(), {
    childList: true,
  })
  onTestFinished(() => observer.disconnect())
  await moveTo('a.mp4', 'More')
  await expect.poll(readNamesIn('More')).toEqual([...others, 'a.mp4'])
  expect(removedNodes).toEqual([])
})

test('a row that someone else moves to another chapter is shown only there, with its editor', async ({
  server,
  network,
  open,
}) => {
  const { basics, more, path } = await setUpCourse(server)
  const { queryClient } = await open(path)
  await expectVideos(names.map((name) => `${name}: linked`))
  await button('Rename a.mp4').click()
  await userEvent.keyboard('Half-typed')
  const [video] = (await (await server.send(`GET /api/chapters/${basics.id}/videos`)).json()).videos
  const moved = await server.send(`PATCH /api/videos/${video.id}`, {
    body: { chapterId: more.id, position: 'a0' },
    headers: { 'if-match': `"${video.version}"` },
  })
  expect(moved.status).toBe(200)
  // The list of its old chapter arrives later.
  const list = network.hold('GET /api/chapters/{chapterId}/videos', { chapterId: basics.id })
  void queryClient.refetchQueries()
  await expect.poll(readNamesIn('More')).toEqual(['a.mp4'])
  expect(readNamesIn('Basics')()).toEqual(['b.mp4', 'c.mp4', 'd.mp4'])
  list.release()
  await expect.poll(() => queryClient.isFetching()).toBe(0)
  expect(readNamesIn('Basics')()).toEqual(['b.mp4', 'c.mp4', 'd.mp4'])
  await expect.element(getEditor('a.mp4')).toHaveValue('Half-typed.mp4')
  await userEvent.click(getEditor('a.mp4'))
  await userEvent.keyboard('{Enter}')
  await expect.poll(readNamesIn('More')).toEqual(['Half-typed.mp4'])
  await expect.poll(() => server.filenames(more.id)).toEqual(['Half-typed.mp4'])
})

describe('by keyboard', () => {
  test('a row can be moved past its neighbours and keeps the focus', async ({ server, open }) => {
    const { basics, path } = await setUpCourse(server)
    await open(path)
    await expectVideos(names.map((name) => `${name}: linked`))
    button('Rename a.mp4').element().focus()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'a.mp4', 'c.mp4', 'd.mp4'])
    await expect.element(button('Rename a.mp4')).toHaveFocus()
    await userEvent.keyboard('{Alt>}{End}{ArrowUp}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'])
    await expect.element(button('Rename a.mp4')).toHaveFocus()
    await userEvent.keyboard('{Alt>}{Home}{ArrowUp}{/Alt}')
    const order = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']
    await expect.poll(readNamesIn('Basics')).toEqual(order)
    await expect.poll(() => server.filenames(basics.id)).toEqual(order)
  })

  test('each move is announced, with the new place of the row', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectVideos(names.map((name) => `${name}: linked`))
    const announced = listenTo(changeNotice().element())
    button('Rename a.mp4').element().focus()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await expect.poll(announced).toEqual([expect.stringContaining('Moved a.mp4 to 2 of 4')])
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await expect.poll(announced).toEqual([expect.anything(), 'Moved a.mp4 to 3 of 4'])
    await undo()
    await expect.poll(announced).toContain('Undid moving a.mp4, now 2 of 4')
  })

  test('the same move twice in a row is announced twice', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectVideos(names.map((name) => `${name}: linked`))
    const announced = listenTo(changeNotice().element())
    button('Rename a.mp4').element().focus()
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}{Alt>}{ArrowDown}{/Alt}')
    const words = 'Moved 2 videos to “Basics”'
    await expect.poll(announced).toEqual([expect.stringContaining(words)])
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['c.mp4', 'd.mp4', 'a.mp4', 'b.mp4'])
    await expect.poll(announced).toEqual([expect.stringContaining(words), words])
  })

  test('a move to another chapter is announced with the place there', async ({ server, open }) => {
    const { path } = await setUpCourse(server, ['e.mp4'])
    await open(path)
    await expect.poll(readNamesIn('More')).toEqual(['e.mp4'])
    const announced = listenTo(changeNotice().element())
    await moveTo('a.mp4', 'More')
    await expect.poll(announced).toEqual([expect.stringContaining('Moved a.mp4 to “More”, 2 of 2')])
  })

  test('a chapter is one tab stop, and arrow keys move through its rows', async ({
    server,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await userEvent.keyboard('{End}')
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Tab}{Tab}{Tab}{Tab}')
    await expect.element(button('Remove d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Shift>}{Tab}{Tab}{Tab}{Tab}{Tab}{/Shift}')
    await expect.element(button('Remove chapter Basics')).toHaveFocus()
    await userEvent.keyboard('{Tab}')
    await expect.element(videoRow('d.mp4')).toHaveFocus()
  })

  test('F2 and Enter rename, Delete removes, P plays', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectVideos(names.map((name) => `${name}: linked`))
    videoRow('a.mp4').element().focus()
    await userEvent.keyboard('{F2}')
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await userEvent.keyboard('p{Home}{Escape}')
    videoRow('b.mp4').element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(getEditor('b.mp4')).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    videoRow('c.mp4').element().focus()
    await userEvent.keyboard('{Delete}')
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('p')
    await expect.element(page.getByRole('dialog', { name: 'd.mp4' })).toBeVisible()
  })

  test('an open editor moves with its row, its text and its caret', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await typeFilename('a.mp4', 'Half typed.mp4')
    const input = getEditor('a.mp4').element() as HTMLInputElement
    input.setSelectionRange(4, 4)
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'])
    await expect.element(getEditor('a.mp4')).toHaveFocus()
    await expect.element(getEditor('a.mp4')).toHaveValue('Half typed.mp4')
    expect((getEditor('a.mp4').element() as HTMLInputElement).selectionStart).toBe(4)
  })
})

describe('to another chapter', () => {
  test('a row moves at once, and the server follows', async ({ server, network, open }) => {
    const { basics, more, path } = await setUpCourse(server, ['e.mp4'])
    await open(path)
    const hold = network.hold(patch)
    await button('Move b.mp4').click()
    await expect.element(page.getByRole('option', { name: 'More' })).toBeVisible()
    await expectAccessible()
    await page.getByRole('option', { name: 'More' }).click()
    await expect.poll(readNamesIn('Basics')).toEqual(['a.mp4', 'c.mp4', 'd.mp4'])
    await expect.poll(readNamesIn('More')).toEqual(['e.mp4', 'b.mp4'])
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    hold.release()
    await expect.poll(() => server.filenames(more.id)).toEqual(['e.mp4', 'b.mp4'])
    expect(await server.filenames(basics.id)).toEqual(['a.mp4', 'c.mp4', 'd.mp4'])
    await expect.poll(readNamesIn('More')).toEqual(['e.mp4', 'b.mp4'])
  })

  test('a row can be moved while linking, and later changes still apply to it', async ({
    server,
    network,
    open,
  }) => {
    const { more, path } = await setUpCourse(server)
    await open(path)
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'e.mp4')).click()
    await moveTo('e.mp4', 'More')
    await expect.poll(readNamesIn('More')).toEqual(['e.mp4'])
    await expect.element(statusLine('More')).toHaveTextContent('0 of 1 linked')
    await expect.element(statusLine('Basics')).toHaveTextContent('4 videos')
    await typeFilename('e.mp4', 'Renamed.mp4')
    await userEvent.keyboard('{Enter}')
    hold.release()
    await expect.poll(() => server.filenames(more.id)).toEqual(['Renamed.mp4'])
    await button('Remove Renamed.mp4').click()
    await expect.poll(() => server.filenames(more.id)).toEqual([])
    await button('Undo removing Renamed.mp4').click()
    await expect.poll(readNamesIn('More')).toEqual(['Renamed.mp4'])
    await expect.poll(() => server.filenames(more.id)).toEqual(['Renamed.mp4'])
  })

  test('a refused move is undone alone and says so', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    network.refuse(patch, {}, 'The chapter is full.')
    await moveTo('b.mp4', 'More')
    await expect.poll(readNamesIn('Basics')).toEqual(names)
    await expect.element(videoRow('b.mp4')).toHaveTextContent('Not moved: The chapter is full.')
    await expectAccessible()
  })

  test('a row can be moved to the start or the end of its own chapter', async ({
    server,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await moveTo('c.mp4', 'Start of Basics')
    await expect.poll(readNamesIn('Basics')).toEqual(['c.mp4', 'a.mp4', 'b.mp4', 'd.mp4'])
    await moveTo('a.mp4', 'End of Basics')
    await expect.poll(readNamesIn('Basics')).toEqual(['c.mp4', 'b.mp4', 'd.mp4', 'a.mp4'])
  })
})

/** Waits until a chapter shows exactly these videos, in this order and linked. */
const expectLinkedIn = (title: string, filenames: readonly string[]) =>
  expect
    .poll(() => {
      const rows = chapterRegion(title).element().querySelectorAll<HTMLElement>('[data-video-id]')
      return [...rows]
        .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
        .map(({ ariaLabel, dataset }) => `${ariaLabel}: ${dataset.status}`)
    })
    .toEqual(filenames.map((filename) => `${filename}: linked`))

describe('an asset that is added again waits until its video has left the chapter', () => {
  test('that removes it, though it was added to another one', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await moveTo('b.mp4', 'More')
    await expect.poll(readNamesIn('More')).toEqual(['b.mp4'])
    const hold = network.hold('DELETE /api/videos/{videoId}')
    await button('Remove b.mp4').click()
    await expect.poll(hold.waiting).toBe(1)
    await (await pickVideos('More', 'b.mp4')).click()
    await expect
      .element(videoRow('b.mp4'))
      .toHaveTextContent('Waiting for an earlier change to finish')
    hold.release()
    await expectLinkedIn('More', ['b.mp4'])
  })

  test('that it is moved from', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    const hold = network.hold(patch)
    await moveTo('b.mp4', 'More')
    await expect.poll(hold.waiting).toBe(1)
    await (await pickVideos('Basics', 'b.mp4')).click()
    await expect.poll(readNamesIn('Basics')).toEqual(['a.mp4', 'c.mp4', 'd.mp4', 'b.mp4'])
    const added = page.getByRole('list', { name: 'Videos in Basics' }).getByRole('listitem').last()
    await expect.element(added).toHaveTextContent('Waiting for an earlier change to finish')
    hold.release()
    await expectLinkedIn('Basics', ['a.mp4', 'c.mp4', 'd.mp4', 'b.mp4'])
    await expectLinkedIn('More', ['b.mp4'])
  })

  test('but not in a chapter that it has left before', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await moveTo('b.mp4', 'More')
    await expectSaved()
    const hold = network.hold('DELETE /api/videos/{videoId}')
    await button('Remove b.mp4').click()
    await expect.poll(hold.waiting).toBe(1)
    await (await pickVideos('Basics', 'b.mp4')).click()
    await expectLinkedIn('Basics', ['a.mp4', 'c.mp4', 'd.mp4', 'b.mp4'])
    hold.release()
  })
})
