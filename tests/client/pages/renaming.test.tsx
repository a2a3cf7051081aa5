import { describe, expect } from 'vitest'
import { userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  expectVideos,
  getEditor,
  heading,
  pickVideos,
  renameVideo,
  statusLine,
  textbox,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'
const patch = 'PATCH /api/videos/{videoId}'
const names = ['a.mp4', 'b.mp4', 'c.mp4']

/** Adds a chapter with all videos of the library except the last. */
async function setUpChapter(server: TestServer, filenames: readonly string[] = names) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets([...filenames, 'new.mp4'])
  const videos = await server.addVideos(chapter.id, assets.slice(0, -1))
  const findId = (filename: string) => videos.find((video) => video.filename === filename)?.id
  return { path: `/courses/${chapter.courseId}`, chapterId: chapter.id, findId }
}

/** Changes a video as someone else would, based on its newest version. */
async function changeElsewhere(server: TestServer, videoId: string | undefined, body: object) {
  for (let version = 1; ; version += 1) {
    const headers = { 'if-match': `"${version}"` }
    const { status } = await server.send(`PATCH /api/videos/${videoId}`, { body, headers })
    if (status !== 412) return expect(status).toBe(200)
  }
}

/** Types into a new editor and leaves the caret in the middle. */
async function startTyping(filename: string) {
  await typeFilename(filename, 'Half-typed')
  findInput(filename).setSelectionRange(4, 4)
}

function findInput(filename: string): HTMLInputElement {
  const input = getEditor(filename).element()
  if (input instanceof HTMLInputElement) return input
  throw new Error('The editor is not an input')
}

function readEditor(filename: string) {
  const input = findInput(filename)
  const caret = [input.selectionStart, input.selectionEnd]
  return { text: input.value, caret, hasFocus: document.activeElement === input }
}

const untouched = { text: 'Half-typed', caret: [4, 4], hasFocus: true }

describe('a name saved before its link is confirmed', () => {
  test('is shown at once, marked as waiting, and sent after the link', async ({
    server,
    network,
    open,
  }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'new.mp4')).click()
    await renameVideo('new.mp4', 'Welcome.mp4')
    await expect
      .element(videoRow('Welcome.mp4'))
      .toHaveTextContent('New name will be saved once linked')
    await expectStatus('Welcome.mp4', 'linking')
    await expectAccessible()
    hold.release()
    await expectStatus('Welcome.mp4', 'linked')
    await expect.poll(() => server.filenames(chapterId)).toEqual([...names, 'Welcome.mp4'])
    await expect.element(videoRow('Welcome.mp4')).not.toHaveTextContent('New name')
  })

  test('survives the link’s failure and its retry', async ({ server, network, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'new.mp4')).click()
    await renameVideo('new.mp4', 'Welcome.mp4')
    await expect.poll(hold.waiting).toBe(1)
    hold.refuse('The file is being checked.')
    await expectStatus('Welcome.mp4', 'failed')
    await expect
      .element(videoRow('Welcome.mp4'))
      .toHaveTextContent('New name will be saved once linked')
    await button('Retry Welcome.mp4').click()
    await expectStatus('Welcome.mp4', 'linked')
    await expect.poll(() => server.filenames(chapterId)).toEqual([...names, 'Welcome.mp4'])
  })
})

describe('a saved name', () => {
  test('is sent even if the browser reports to be offline', async ({ server, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    await expectStatus('a.mp4', 'linked')
    window.dispatchEvent(new Event('offline'))
    await renameVideo('a.mp4', 'Welcome.mp4')
    await expect.poll(() => server.filenames(chapterId)).toEqual(['Welcome.mp4', 'b.mp4', 'c.mp4'])
    await expect.element(videoRow('Welcome.mp4')).not.toHaveTextContent('New name')
  })

  test('is retried automatically, like all names saved during an outage', async ({
    server,
    network,
    open,
  }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const outage = network.refuse(patch, {}, 'The server is restarting.', 503)
    for (const name of names) await renameVideo(name, `New ${name}`)
    const renamed = names.map((name) => `New ${name}`)
    await expectVideos(renamed.map((name) => `${name}: linked`))
    await expect
      .element(videoRow('New c.mp4'))
      .toHaveTextContent('New name not saved yet; trying again')
    // The link has nothing to retry.
    expect(button('Retry New c.mp4').query()).toBeNull()
    await expectAccessible()
    outage.lift()
    await expect.poll(() => server.filenames(chapterId)).toEqual(renamed)
    await expect.element(chapterRegion('Basics')).not.toHaveTextContent('New name')
  })

  test('is not aborted by opening the editor again', async ({ server, network, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(patch)
    await renameVideo('a.mp4', 'first.mp4')
    await expect.poll(hold.waiting).toBe(1)
    await typeFilename('first.mp4', 'second.mp4')
    hold.release()
    await expect.poll(() => server.filenames(chapterId)).toEqual(['first.mp4', 'b.mp4', 'c.mp4'])
    await expect.element(getEditor('first.mp4')).toHaveValue('second.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => server.filenames(chapterId)).toEqual(['second.mp4', 'b.mp4', 'c.mp4'])
    await expect.element(videoRow('second.mp4')).not.toHaveTextContent('New name')
    expect(network.requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(2)
  })
})

describe('the text, caret and focus of an open editor are not affected', () => {
  test('by a refetch with another name', async ({ server, open }) => {
    const { path, findId } = await setUpChapter(server)
    const { queryClient } = await open(path)
    await startTyping('b.mp4')
    await changeElsewhere(server, findId('b.mp4'), { filename: 'theirs.mp4' })
    await queryClient.invalidateQueries()
    await expect.element(videoRow('theirs.mp4')).toBeInTheDocument()
    expect(readEditor('theirs.mp4')).toEqual(untouched)
    await userEvent.keyboard('{Escape}')
    await expect.element(videoRow('theirs.mp4')).toHaveTextContent('theirs.mp4')
    await expect.element(button('Rename theirs.mp4')).toHaveFocus()
  })

  test('by its link’s own answer', async ({ server, network, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'new.mp4')).click()
    await startTyping('new.mp4')
    await expect.poll(hold.waiting).toBe(1)
    hold.refuse('Refused.')
    await expectStatus('new.mp4', 'failed')
    expect(readEditor('new.mp4')).toEqual(untouched)
    button('Retry new.mp4')
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await expectStatus('new.mp4', 'linked')
    expect(readEditor('new.mp4')).toEqual(untouched)
  })

  test.for([
    ['down', 'a.mp4', 'a9'],
    ['up', 'c.mp4', 'Zz'],
  ] as const)(
    'by someone else moving its row %s',
    async ([, moved, position], { server, open }) => {
      const { path, findId } = await setUpChapter(server)
      const { queryClient } = await open(path)
      await startTyping(moved)
      await changeElsewhere(server, findId(moved), { position })
      await queryClient.invalidateQueries()
      const others = names.filter((name) => name !== moved)
      const order = position === 'Zz' ? [moved, ...others] : [...others, moved]
      await expectVideos(order.map((name) => `${name}: linked`))
      expect(readEditor(moved)).toEqual(untouched)
    },
  )

  test('by someone else moving the rows around it', async ({ server, open }) => {
    const { path, findId } = await setUpChapter(server)
    const { queryClient } = await open(path)
    await startTyping('b.mp4')
    await changeElsewhere(server, findId('a.mp4'), { position: 'a9' })
    await queryClient.invalidateQueries()
    await expectVideos(['b.mp4: linked', 'c.mp4: linked', 'a.mp4: linked'])
    expect(readEditor('b.mp4')).toEqual(untouched)
  })

  test('by scrolling its row out of view among 300', async ({ server, open }) => {
    const many = Array.from({ length: 300 }, (_, index) => `Lesson ${index + 1}.mp4`)
    const { path } = await setUpChapter(server, many)
    await open(path)
    await startTyping('Lesson 2.mp4')
    window.scrollTo(0, document.documentElement.scrollHeight)
    await expect.element(videoRow('Lesson 300.mp4')).toBeVisible()
    await expect.element(videoRow('Lesson 3.mp4')).not.toBeInTheDocument()
    expect(readEditor('Lesson 2.mp4')).toEqual(untouched)
  })

  test('except the focus, by collapsing the chapter or leaving the page', async ({
    server,
    open,
  }) => {
    const { path } = await setUpChapter(server)
    const { router } = await open(path)
    await startTyping('a.mp4')
    await button('Basics').click()
    await expect.element(videoRow('a.mp4')).not.toBeInTheDocument()
    await button('Basics').click()
    expect(readEditor('a.mp4')).toEqual({ ...untouched, hasFocus: false })
    await router.navigate({ to: '/' })
    await expect.element(heading('Courses')).toBeInTheDocument()
    await router.navigate({ to: path })
    await expect.element(getEditor('a.mp4')).toHaveValue('Half-typed')
    await expectAccessible()
  })
})

describe('editing', () => {
  test('is possible in several rows at once', async ({ server, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    await typeFilename('a.mp4', 'first.mp4')
    await typeFilename('b.mp4', 'second.mp4')
    await expect.element(getEditor('a.mp4')).toHaveValue('first.mp4')
    await expectAccessible()
    await videoRow('a.mp4').getByRole('button', { name: 'Save filename' }).click()
    await videoRow('b.mp4').getByRole('button', { name: 'Save filename' }).click()
    await expectVideos(['first.mp4: linked', 'second.mp4: linked', 'c.mp4: linked'])
    await expect
      .poll(() => server.filenames(chapterId))
      .toEqual(['first.mp4', 'second.mp4', 'c.mp4'])
  })

  test('without a change sends nothing, even if the name was changed elsewhere', async ({
    server,
    network,
    open,
  }) => {
    const { path, chapterId, findId } = await setUpChapter(server)
    const { queryClient } = await open(path)
    await button('Rename b.mp4').click()
    await changeElsewhere(server, findId('b.mp4'), { filename: 'theirs.mp4' })
    await queryClient.invalidateQueries()
    await expect.element(getEditor('theirs.mp4')).toHaveValue('b.mp4')
    const before = network.apiRequests().length
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Rename theirs.mp4')).toHaveFocus()
    expect(network.apiRequests().slice(before)).toEqual([])
    expect(await server.filenames(chapterId)).toEqual(['a.mp4', 'theirs.mp4', 'c.mp4'])
  })

  test('reports an invalid name at the field and keeps the text', async ({ server, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    await typeFilename('a.mp4', 'intro/a.mp4')
    await userEvent.keyboard('{Enter}')
    await expect
      .element(getEditor('a.mp4'))
      .toHaveAccessibleDescription('Remove / and \\: a filename can’t contain them')
    await expect.element(getEditor('a.mp4')).toHaveAttribute('aria-invalid', 'true')
    await expect.element(getEditor('a.mp4')).toHaveValue('intro/a.mp4')
    await expectAccessible()
    await getEditor('a.mp4').fill('  ')
    await expect.element(getEditor('a.mp4')).toHaveAccessibleDescription('Enter a filename')
    await userEvent.keyboard('{Escape}')
    await expect.element(textbox('Filename')).not.toBeInTheDocument()
    await expect.element(button('Rename a.mp4')).toHaveFocus()
  })

  test('does not change the height of the row, nor does saving the name', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    await expectStatus('a.mp4', 'linked')
    const height = (name: string) => videoRow(name).element().getBoundingClientRect().height
    const before = height('a.mp4')
    const hold = network.hold(patch)
    await typeFilename('a.mp4', 'Welcome.mp4')
    expect(height('a.mp4')).toBe(before)
    await userEvent.keyboard('{Enter}')
    await expect.element(videoRow('Welcome.mp4')).toHaveTextContent('Saving new name…')
    expect(height('Welcome.mp4')).toBe(before)
    hold.release()
    await expect.element(chapterRegion('Basics')).not.toHaveTextContent('Saving')
  })

  test.for([
    ['Lesson 1.mp4', 8],
    ['Lecture 3. Light', 16],
  ] as const)(
    'selects the name %s without its extension',
    async ([name, end], { server, open }) => {
      const { path } = await setUpChapter(server, [name])
      await open(path)
      await button(`Rename ${name}`).click()
      await expect.element(getEditor(name)).toHaveFocus()
      expect(readEditor(name)).toEqual({ text: name, caret: [0, end], hasFocus: true })
    },
  )
})

describe('a name that was changed elsewhere meanwhile', () => {
  test.for([
    ['mine', 'Mine: mine.mp4', 'mine.mp4'],
    ['theirs', 'Theirs: theirs.mp4', 'theirs.mp4'],
  ] as const)('is a choice on the row: %s', async ([, choice, kept], { server, open }) => {
    const { path, chapterId, findId } = await setUpChapter(server)
    await open(path)
    await typeFilename('a.mp4', 'mine.mp4')
    await changeElsewhere(server, findId('a.mp4'), { filename: 'theirs.mp4' })
    await userEvent.keyboard('{Enter}')
    await expect
      .element(videoRow('mine.mp4'))
      .toHaveTextContent('Renamed by someone else. Which name do you want to keep?')
    await expectAccessible()
    await button(choice).click()
    await expect.element(button(`Rename ${kept}`)).toHaveFocus()
    await expectVideos([`${kept}: linked`, 'b.mp4: linked', 'c.mp4: linked'])
    await expect.element(videoRow(kept)).not.toHaveTextContent('Which name do you want to keep?')
    await expect.poll(() => server.filenames(chapterId)).toEqual([kept, 'b.mp4', 'c.mp4'])
  })
})

describe('a name that could not be saved', () => {
  test('is kept with the reason and can be sent again', async ({ server, network, open }) => {
    const { path, chapterId } = await setUpChapter(server)
    await open(path)
    const refusal = network.refuse(patch, {}, 'Renaming is closed.')
    await renameVideo('a.mp4', 'Welcome.mp4')
    await expect
      .element(videoRow('Welcome.mp4'))
      .toHaveTextContent('New name not saved: Renaming is closed.')
    await expect.element(statusLine('Basics')).toHaveTextContent('3 videos, 1 name not saved')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expect.element(videoRow('Welcome.mp4')).not.toHaveTextContent('not saved')
    await expect.poll(() => server.filenames(chapterId)).toEqual(['Welcome.mp4', 'b.mp4', 'c.mp4'])
  })

  test('is explained by what came instead of a response', async ({ server, network, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    network.showPage(patch)
    await renameVideo('a.mp4', 'Welcome.mp4')
    await expect
      .element(videoRow('Welcome.mp4'))
      .toHaveTextContent('New name not saved: Lectern received a web page instead of a response')
  })

  test('can be discarded for the server’s', async ({ server, network, open }) => {
    const { path } = await setUpChapter(server)
    await open(path)
    network.cut(patch)
    await renameVideo('a.mp4', 'Welcome.mp4')
    await expect
      .element(videoRow('Welcome.mp4'))
      .toHaveTextContent('New name not saved: The server didn’t respond.')
    await button('Revert to a.mp4').click()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'c.mp4: linked'])
  })
})

test('a video removed elsewhere stays while its name is being typed, and can be restored', async ({
  server,
  open,
}) => {
  const { path, chapterId, findId } = await setUpChapter(server)
  const { queryClient } = await open(path)
  await startTyping('a.mp4')
  await server.send(`DELETE /api/videos/${findId('a.mp4')}`)
  await server.send(`DELETE /api/videos/${findId('b.mp4')}`)
  await queryClient.invalidateQueries()
  await expectVideos(['a.mp4: linked', 'c.mp4: linked'])
  await expect
    .element(videoRow('a.mp4'))
    .toHaveTextContent('Removed by someone else; shown here so you don’t lose your new name')
  expect(readEditor('a.mp4')).toEqual(untouched)
  await userEvent.keyboard('{Enter}')
  await expect.element(videoRow('Half-typed')).toHaveTextContent('Removed by someone else.')
  await expectStatus('Half-typed', 'failed')
  expect(button('Retry Half-typed').query()).toBeNull()
  await expectAccessible()
  await button('Restore video').click()
  await expect.poll(() => server.filenames(chapterId)).toEqual(['Half-typed', 'c.mp4'])
  await expectVideos(['Half-typed: linked', 'c.mp4: linked'])
})

test('a video removed elsewhere can be restored while its name is being typed', async ({
  server,
  open,
}) => {
  const { path, chapterId, findId } = await setUpChapter(server)
  const { queryClient } = await open(path)
  await startTyping('a.mp4')
  await server.send(`DELETE /api/videos/${findId('a.mp4')}`)
  await queryClient.invalidateQueries()
  await button('Restore video').click()
  await expect.poll(() => server.filenames(chapterId)).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  await expect.element(videoRow('a.mp4')).not.toHaveTextContent('Removed by someone else')
  await expectStatus('a.mp4', 'linked')
  expect(readEditor('a.mp4')).toEqual(untouched)
})
