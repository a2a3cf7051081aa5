import { v7 as uuidv7 } from 'uuid'
import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { resumeChanges } from '#client/app/outbox/kept-changes.ts'
import { expectAccessible } from '../../support/axe.ts'
import { choose, expectOnServer, expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  chapterRegion,
  expectSaved,
  heading,
  readNamesIn,
  renameVideo,
  textbox,
  undo,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'
import { dropFiles } from '../../support/upload-parts.ts'

const patch = 'PATCH /api/chapters/{chapterId}'
const post = 'POST /api/courses/{courseId}/chapters'
const batch = 'POST /api/chapters/{chapterId}/videos/batch'

const alert = () => page.getByRole('alert')

/** Adds a course with three chapters; the first has two videos. */
async function setUpCourse(server: TestServer) {
  const chapters = await server.addChapters('Light', 'Colour', 'Form')
  const [light, colour, form] = chapters
  if (!light || !colour || !form) throw new Error('no chapters')
  await server.addVideos(light.id, await server.addAssets(['a.mp4', 'b.mp4']))
  return { light, colour, form, courseId: light.courseId, path: `/courses/${light.courseId}` }
}

/** The button that collapses a chapter. */
const chapterHeading = (title: string) => page.getByRole('button', { name: title, exact: true })

describe('a chapter that is moved', () => {
  test('by keyboard keeps the focus and its place in the window', async ({ server, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expect.element(chapterRegion('Colour')).toHaveTextContent('No videos yet')
    await expect.element(chapterRegion('Form')).toHaveTextContent('No videos yet')
    chapterHeading('Colour').element().focus()
    const top = () => chapterRegion('Colour').element().getBoundingClientRect().top
    document.body.style.padding = '1000px 0'
    window.scrollTo(0, 900)
    const before = top()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expectTitles('Colour', 'Light', 'Form')
    await expect.element(chapterHeading('Colour')).toHaveFocus()
    await expect.element(page.getByText('Colour moved to position 1 of 3')).toBeInTheDocument()
    await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowDown}{ArrowDown}{ArrowDown}{/Alt}')
    await expectTitles('Light', 'Form', 'Colour')
    await expect.element(chapterHeading('Colour')).toHaveFocus()
    expect(Math.abs(top() - before)).toBeLessThan(2)
    document.body.style.padding = ''
    await expectOnServer(server, courseId, 'Light', 'Form', 'Colour')
  })

  test('by its menu is shown there before the server confirms it', async ({
    server,
    network,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const hold = network.hold(patch)
    await button('More actions for Light').click()
    await expect.element(page.getByRole('menu', { name: 'More actions for Light' })).toBeVisible()
    await expect.element(page.getByRole('menuitem', { name: 'Move up' })).not.toBeInTheDocument()
    await expectAccessible()
    await page.getByRole('menuitem', { name: 'Move down' }).click()
    await expectTitles('Colour', 'Light', 'Form')
    await expect.element(button('More actions for Light')).toHaveFocus()
    await choose('Form', 'Move up')
    await expectTitles('Colour', 'Form', 'Light')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    hold.release()
    await expectOnServer(server, courseId, 'Colour', 'Form', 'Light')
    await expectTitles('Colour', 'Form', 'Light')
  })

  test('by a choice of places can go anywhere but where it is, and back', async ({
    server,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await choose('Form', 'Move to…')
    const dialog = page.getByRole('dialog', { name: 'Move to…' })
    await expect.element(dialog).toHaveTextContent('Form')
    const places = dialog.getByRole('option')
    await expect
      .poll(() => places.elements().map(({ textContent }) => textContent))
      .toEqual(['Start of the course', 'After Light'])
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(button('More actions for Form')).toHaveFocus()
    await choose('Form', 'Move to…')
    await userEvent.keyboard('start{Enter}')
    await expectTitles('Form', 'Light', 'Colour')
    await expect.element(button('More actions for Form')).toHaveFocus()
    await expectOnServer(server, courseId, 'Form', 'Light', 'Colour')
    await undo()
    await expectTitles('Light', 'Colour', 'Form')
    await choose('Light', 'Move to…')
    await dialog.getByRole('option', { name: 'After Form' }).click()
    await expectTitles('Colour', 'Form', 'Light')
    await expectOnServer(server, courseId, 'Colour', 'Form', 'Light')
  })

  test('moves back if that is refused, and says so', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const refusal = network.refuse(patch, {}, 'Not now.')
    await choose('Light', 'Move down')
    await expect.element(alert()).toHaveTextContent('The chapter couldn’t be moved. Not now.')
    await expectTitles('Light', 'Colour', 'Form')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expectTitles('Colour', 'Light', 'Form')
    await expect.element(alert()).not.toBeInTheDocument()
    await expectOnServer(server, courseId, 'Colour', 'Light', 'Form')
    await undo()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
  })

  test('keeps someone else’s change to it', async ({ server, open }) => {
    const { light, courseId, path } = await setUpCourse(server)
    await open(path)
    await expectTitles('Light', 'Colour', 'Form')
    await server.send(`PATCH /api/chapters/${light.id}`, {
      body: { title: 'Bright' },
      headers: { 'if-match': '"1"' },
    })
    await choose('Light', 'Move down')
    await expectTitles('Colour', 'Bright', 'Form')
    await expectOnServer(server, courseId, 'Colour', 'Bright', 'Form')
  })

  test('elsewhere while its title is being typed can still be renamed', async ({
    server,
    open,
  }) => {
    const { light, courseId, path } = await setUpCourse(server)
    await open(path)
    await button('Rename chapter Light').click()
    await userEvent.keyboard('Bright')
    await server.send(`PATCH /api/chapters/${light.id}`, {
      body: { position: 'b00' },
      headers: { 'if-match': '"1"' },
    })
    await userEvent.keyboard('{Enter}')
    await expect.element(chapterHeading('Bright')).toBeVisible()
    await expectOnServer(server, courseId, 'Colour', 'Form', 'Bright')
  })
})

describe('a chapter that is added below another', () => {
  test('gets its title in place, and the focus', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const hold = network.hold(post)
    await choose('Light', 'Add chapter below')
    await expect.element(textbox('Chapter title').first()).toHaveFocus()
    await expectAccessible()
    await userEvent.keyboard('Shade{Enter}')
    await expectTitles('Light', 'Shade', 'Colour', 'Form')
    await expect.element(chapterHeading('Shade')).toHaveFocus()
    await expect.poll(hold.waiting).toBe(1)
    hold.release()
    await expect.element(chapterRegion('Shade')).toHaveTextContent('No videos yet')
    await expect.element(chapterHeading('Shade')).toHaveFocus()
    await expectOnServer(server, courseId, 'Light', 'Shade', 'Colour', 'Form')
  })

  test('can be cancelled and leaves nothing behind', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await choose('Light', 'Add chapter below')
    await userEvent.keyboard('Shade{Escape}')
    await expect.element(button('More actions for Light')).toHaveFocus()
    await expectTitles('Light', 'Colour', 'Form')
    await choose('Light', 'Add chapter below')
    await expect.element(textbox('Chapter title').first()).toHaveValue('')
  })

  test('keeps a refused title', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const refusal = network.refuse(post, {}, 'Not now.')
    await choose('Light', 'Add chapter below')
    await userEvent.keyboard('Shade{Enter}')
    const field = textbox('Chapter title').first()
    await expect.element(field).toHaveAccessibleDescription('Not now.')
    await expect.element(field).toHaveFocus()
    await expectTitles('Light', 'Colour', 'Form')
    refusal.lift()
    await userEvent.keyboard('{Enter}')
    await expectTitles('Light', 'Shade', 'Colour', 'Form')
    await expectOnServer(server, courseId, 'Light', 'Shade', 'Colour', 'Form')
  })

  test('is created only once if the response was lost and its title changed', async ({
    server,
    network,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const cut = network.cut(post, {}, 'after')
    await choose('Light', 'Add chapter below')
    await userEvent.keyboard('Shade{Enter}')
    await expect
      .element(textbox('Chapter title').first())
      .toHaveAccessibleDescription(
        'The server can’t be reached. Check your connection, then try again.',
      )
    cut.lift()
    await textbox('Chapter title').first().fill('Shadow')
    await userEvent.keyboard('{Enter}')
    await expectTitles('Light', 'Shadow', 'Colour', 'Form')
    await expectOnServer(server, courseId, 'Light', 'Shadow', 'Colour', 'Form')
  })
})

describe('a chapter that is duplicated', () => {
  test('is followed by its copy, whose videos have the current names', async ({
    server,
    network,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await renameVideo('a.mp4', 'Intro.mp4')
    const hold = network.hold(post)
    await choose('Light', 'Duplicate')
    await expectTitles('Light', 'Light (copy)', 'Colour', 'Form')
    hold.release()
    await expect.poll(readNamesIn('Light (copy)')).toEqual(['Intro.mp4', 'b.mp4'])
    await expectOnServer(server, courseId, 'Light', 'Light (copy)', 'Colour', 'Form')
    const [, copy] = await server.chapters(courseId)
    const names = () => server.filenames(copy?.id ?? '')
    await expect.poll(names).toEqual(['Intro.mp4', 'b.mp4'])
  })

  test('has links that fail individually', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    network.refuse(batch, { filename: 'a.mp4' }, 'Not this one.')
    await choose('Light', 'Duplicate')
    await expect
      .element(chapterRegion('Light (copy)').getByRole('listitem', { name: 'a.mp4' }))
      .toHaveAttribute('data-status', 'failed')
    await expect
      .element(chapterRegion('Light (copy)').getByRole('listitem', { name: 'b.mp4' }))
      .toHaveAttribute('data-status', 'linked')
  })

  test('has links that wait for the files that are uploading', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    const uploads = network.hold('POST /api/uploads')
    const file = new File(['its bytes'], 'c.mp4', { type: 'video/mp4' })
    dropFiles(chapterRegion('Light').element(), [file])
    await expect.poll(uploads.waiting).toBe(1)
    await choose('Light', 'Duplicate')
    const row = (name: string) =>
      chapterRegion('Light (copy)').getByRole('listitem', { name, exact: true })
    await expect.element(row('b.mp4')).toHaveAttribute('data-status', 'linked')
    await expect.element(row('c.mp4')).toHaveAttribute('data-status', 'optimistic')
    await expect.element(row('c.mp4').getByText('Uploading, 0%')).toBeVisible()
    uploads.release()
    await expect.element(row('c.mp4')).toHaveAttribute('data-status', 'linked')
    await expectSaved()
  })

  test('gets its videos even if a reload cuts its creation off', async ({ server, open }) => {
    const { courseId, light } = await setUpCourse(server)
    const { queryClient, authoring } = await open('/')
    await expect.element(page.getByRole('link', { name: 'A course' })).toBeVisible()
    const copy = { id: uuidv7(), courseId, title: 'Light (copy)', position: `${light.position}V` }
    const change = { kind: 'create', chapter: { ...copy, version: 0 }, copyOf: light.id } as const
    resumeChanges(queryClient, { courses: [], chapters: [change] }, authoring)
    await expectOnServer(server, courseId, 'Light', 'Light (copy)', 'Colour', 'Form')
    await expect.poll(() => server.filenames(copy.id)).toEqual(['a.mp4', 'b.mp4'])
  })

  test('reports that its copy was refused', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    const refusal = network.refuse(post, {}, 'Not now.')
    await choose('Light', 'Duplicate')
    await expect.element(alert()).toHaveTextContent('The chapter couldn’t be duplicated. Not now.')
    await expectTitles('Light', 'Colour', 'Form')
    refusal.lift()
    await button('Try again').click()
    await expect.poll(readNamesIn('Light (copy)')).toEqual(['a.mp4', 'b.mp4'])
    await expectTitles('Light', 'Light (copy)', 'Colour', 'Form')
  })
})

describe('a title', () => {
  test('can be edited by F2 on its heading', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectTitles('Light', 'Colour', 'Form')
    chapterHeading('Light').element().focus()
    await userEvent.keyboard('{F2}')
    await userEvent.keyboard('Bright{Enter}')
    await expectTitles('Bright', 'Colour', 'Form')
  })

  test('can be edited by a double click, which leaves the chapter expanded', async ({
    server,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await chapterHeading('Light').dblClick()
    await expect.element(textbox('Chapter title').first()).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(chapterHeading('Light')).toHaveAttribute('aria-expanded', 'true')
    await heading('A course').dblClick()
    await expect.element(textbox('Course title')).toHaveFocus()
  })
})
