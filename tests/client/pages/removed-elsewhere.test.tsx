import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { askBeforeLeaving } from '#client/app/ask-before-leaving.ts'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  expectVideos,
  heading,
  mediaLibrary,
  pickVideos,
  readNamesIn,
  renameVideo,
  textbox,
  videoRow,
} from '../../support/page-parts.ts'
import { type OpenPage, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

async function setUp(server: TestServer) {
  const [light, colour] = await server.addChapters('Light', 'Colour')
  if (!light || !colour) throw new Error('no chapters')
  await server.addVideos(light.id, await server.addAssets(['a.mp4', 'b.mp4']))
  return { light, colour, path: `/courses/${light.courseId}` }
}

const alert = () => page.getByRole('alert')

/** The returned function tells whether leaving the page would ask. */
function watchLeaving({ authoring, uploads, queryClient }: OpenPage) {
  // The same event on the window would stop the mocked network.
  const target = new EventTarget()
  askBeforeLeaving(authoring, uploads, queryClient, target)
  return () => !target.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

test('a chapter removed elsewhere keeps an open editor and can be restored', async ({
  server,
  open,
}) => {
  const { light, path } = await setUp(server)
  const { queryClient } = await open(path)
  await button('Rename a.mp4').click()
  await userEvent.keyboard('Half-typed')
  await server.send(`DELETE /api/chapters/${light.id}`)
  await queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This chapter was removed by someone else.')
  await expect.element(textbox('Filename')).toHaveFocus()
  await expect.element(textbox('Filename')).toHaveValue('Half-typed.mp4')
  expect(chapterRegion('Light').getByRole('button', { name: 'Add videos' }).query()).toBeNull()
  await expect.element(chapterRegion('Colour')).toBeVisible()
  await expectAccessible()

  await userEvent.keyboard('{Enter}')
  await expectStatus('Half-typed.mp4', 'failed')
  await expect
    .element(videoRow('Half-typed.mp4'))
    .toHaveTextContent('The chapter “Light” was removed. Restore it first.')
  await button('Restore chapter').click()
  await expectVideos(['Half-typed.mp4: linked', 'b.mp4: linked'])
  expect(alert().query()).toBeNull()
  await expect.poll(() => server.filenames(light.id)).toEqual(['Half-typed.mp4', 'b.mp4'])
})

test('nothing empty that was removed elsewhere asks for more', async ({ server, open }) => {
  const { colour, path } = await setUp(server)
  const { queryClient, router } = await open(path)
  const region = chapterRegion('Colour')
  await expect.element(region).toHaveTextContent('Add as many as you like')
  await server.send(`DELETE /api/chapters/${colour.id}`)
  await queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('You can restore it.')
  await expect.element(region).toHaveTextContent('No videos')
  await expect.element(region).not.toHaveTextContent('Add as many as you like')

  const course = await server.addCourse()
  await router.navigate({ to: '/courses/$courseId', params: { courseId: course.id } })
  await expect.element(page.getByText('Give the first one a title', { exact: false })).toBeVisible()
  await server.send(`DELETE /api/courses/${course.id}`)
  await queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
  await expect.element(page.getByText('No chapters')).toBeVisible()
  await expect
    .element(page.getByText('Give the first one a title', { exact: false }))
    .not.toBeInTheDocument()
})

describe('a chapter removed elsewhere lets its rows be moved:', () => {
  const moveToColour = async (filename: string) => {
    await button(`Move ${filename}`).click()
    await page.getByRole('option', { name: 'Colour' }).click()
  }

  test('one that is linked', async ({ server, open }) => {
    const { light, colour, path } = await setUp(server)
    const { queryClient } = await open(path)
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await server.send(`DELETE /api/chapters/${light.id}`)
    await queryClient.invalidateQueries()
    await expect.element(alert()).toHaveTextContent('move its videos to another chapter')
    await moveToColour('a.mp4')
    await expect.poll(() => server.filenames(colour.id)).toEqual(['a.mp4'])
    await expect.poll(readNamesIn('Colour')).toEqual(['a.mp4'])
    await expectStatus('a.mp4', 'linked')
  })

  test('one whose new name was refused, with that name', async ({ server, open }) => {
    const { light, colour, path } = await setUp(server)
    await open(path)
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await server.send(`DELETE /api/chapters/${light.id}`)
    await renameVideo('a.mp4', 'Intro.mp4')
    await expectStatus('Intro.mp4', 'failed')
    await moveToColour('Intro.mp4')
    await expect.poll(() => server.filenames(colour.id)).toEqual(['Intro.mp4'])
    await expect.poll(readNamesIn('Colour')).toEqual(['Intro.mp4'])
    await expectStatus('Intro.mp4', 'linked')
  })

  test('those whose links were refused; a removed chapter takes none back', async ({
    server,
    open,
  }) => {
    const { light, colour, path } = await setUp(server)
    await server.addAssets(['c.mp4', 'd.mp4'])
    await open(path)
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    const add = await pickVideos('Light', 'c.mp4', 'd.mp4')
    await server.send(`DELETE /api/chapters/${light.id}`)
    await add.click()
    await expectStatus('c.mp4', 'failed')
    await expectStatus('d.mp4', 'failed')
    await moveToColour('d.mp4')
    await moveToColour('c.mp4')
    await expect.poll(() => server.filenames(colour.id)).toEqual(['d.mp4', 'c.mp4'])
    await expect.poll(readNamesIn('Colour')).toEqual(['d.mp4', 'c.mp4'])
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect
      .element(videoRow('c.mp4'))
      .toHaveTextContent('Not moved: The chapter “Light” was removed. Restore it first.')
    await expect.poll(readNamesIn('Colour')).toEqual(['d.mp4', 'c.mp4'])
  })
})

test('closing the editor of a removed row moves the focus', async ({ server, open }) => {
  const { light, path } = await setUp(server)
  const { queryClient } = await open(path)
  await button('Rename a.mp4').click()
  await userEvent.keyboard('Half-typed')
  const { videos } = await (await server.send(`GET /api/chapters/${light.id}/videos`)).json()
  await server.send(`DELETE /api/videos/${videos[0].id}`)
  await queryClient.invalidateQueries()
  await expect.element(textbox('Filename')).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(videoRow('a.mp4')).not.toBeInTheDocument()
  await expect.element(videoRow('b.mp4')).toHaveFocus()
})

test('a chapter removed elsewhere can be closed', async ({ server, open }) => {
  const { light, path } = await setUp(server)
  const { queryClient } = await open(path)
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  await server.send(`DELETE /api/chapters/${light.id}`)
  await queryClient.invalidateQueries()
  await button('Close').click()
  await expect.element(chapterRegion('Light')).not.toBeInTheDocument()
  await expect.element(heading('A course')).toHaveFocus()
  await queryClient.invalidateQueries()
  await expect.element(chapterRegion('Colour')).toBeVisible()
  expect(chapterRegion('Light').query()).toBeNull()
})

test('an undo in a chapter that has been removed says so', async ({ server, open }) => {
  const { light, path } = await setUp(server)
  await open(path)
  await button('Remove a.mp4').click()
  await expect.element(button('Dismiss')).toBeVisible()
  await server.send(`DELETE /api/chapters/${light.id}`)
  await button('Undo removing a.mp4').click()
  await expect.element(alert()).toHaveTextContent('This chapter was removed by someone else.')
  await button('Restore chapter').click()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
})

test('a course removed elsewhere says so, allows no additions, and can be restored', async ({
  server,
  open,
}) => {
  const { light, path } = await setUp(server)
  const { queryClient } = await open(path)
  await button('Rename a.mp4').click()
  await userEvent.keyboard('Half-typed')
  await server.send(`DELETE /api/courses/${light.courseId}`)
  await queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
  expect(button('Add videos').elements()).toEqual([])
  expect(textbox('New chapter title').query()).toBeNull()
  await expect.element(textbox('Filename')).toHaveFocus()
  await button('Restore course').click()
  await expect.element(textbox('New chapter title')).toBeVisible()
  await expect.element(textbox('Filename')).toHaveValue('Half-typed.mp4')
})

test('closing a removed chapter drops its half-typed title', async ({ server, open }) => {
  const { light, path } = await setUp(server)
  const opened = await open(path)
  const wouldAsk = watchLeaving(opened)
  await button('Rename chapter Light').click()
  await userEvent.keyboard('Half-typed')
  await server.send(`DELETE /api/chapters/${light.id}`)
  await opened.queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This chapter was removed by someone else.')
  expect(wouldAsk()).toBe(true)
  await button('Close').click()
  await expect.element(heading('A course')).toHaveFocus()
  expect(wouldAsk()).toBe(false)
})

/** Half-types the title of a course in the list, and removes the course elsewhere meanwhile. */
async function removeWhileTyping(server: TestServer, opened: OpenPage, courseId: string) {
  await button('Rename course Painting').click()
  await userEvent.keyboard('Half-typed')
  await server.send(`DELETE /api/courses/${courseId}`)
  await opened.queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
}

test('a course removed elsewhere keeps its half-typed title in the list, and can be restored', async ({
  server,
  open,
}) => {
  const { id } = await server.addCourse('Painting')
  await server.addCourse('Drawing')
  const opened = await open('/')
  const wouldAsk = watchLeaving(opened)
  await removeWhileTyping(server, opened, id)
  await expect.element(textbox('Course title')).toHaveFocus()
  await expect.element(textbox('Course title')).toHaveValue('Half-typed')
  expect(button('Remove course Painting').query()).toBeNull()
  expect(wouldAsk()).toBe(true)
  await expectAccessible()

  await button('Restore course').click()
  await expect.element(alert()).not.toBeInTheDocument()
  await textbox('Course title').click()
  await userEvent.keyboard('{Enter}')
  await expect.element(heading('Half-typed')).toBeVisible()
  await expect.poll(wouldAsk).toBe(false)
  const { courses } = await (await server.send('GET /api/courses')).json()
  expect(courses.map(({ title }: { title: string }) => title).sort()).toEqual([
    'Drawing',
    'Half-typed',
  ])
})

test('a course removed elsewhere can be closed in the list, with its half-typed title', async ({
  server,
  open,
}) => {
  const { id } = await server.addCourse('Painting')
  const opened = await open('/')
  const wouldAsk = watchLeaving(opened)
  await removeWhileTyping(server, opened, id)
  await button('Close').click()
  await expect.element(textbox('Course title')).not.toBeInTheDocument()
  await expect.element(heading('Courses')).toHaveFocus()
  await expect.element(page.getByText('No courses yet')).toBeVisible()
  expect(wouldAsk()).toBe(false)
})

test('cancelling the title of a removed course moves the focus', async ({ server, open }) => {
  const { id } = await server.addCourse('Painting')
  const opened = await open('/')
  await removeWhileTyping(server, opened, id)
  await userEvent.keyboard('{Escape}')
  await expect.element(alert()).not.toBeInTheDocument()
  await expect.element(page.getByRole('main')).toHaveFocus()
})

test('a half-typed title of a removed course is shown in the list on the way back from it', async ({
  server,
  open,
}) => {
  const { id } = await server.addCourse('Painting')
  const opened = await open(`/courses/${id}`)
  await button('Rename course Painting').click()
  await userEvent.keyboard('Half-typed')
  await server.send(`DELETE /api/courses/${id}`)
  await opened.router.navigate({ to: '/' })
  await expect.element(textbox('Course title')).toHaveValue('Half-typed')
  await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
})

describe('the focus stays in the page', () => {
  const focus = (name: string) => button(name).element().focus()

  test.for(['Rename a.mp4', 'Remove a.mp4'])(
    'on the next row, if the row with the focused button %s is removed elsewhere',
    async (name, { server, open }) => {
      const { light, path } = await setUp(server)
      const { queryClient } = await open(path)
      await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
      focus(name)
      const { videos } = await (await server.send(`GET /api/chapters/${light.id}/videos`)).json()
      await server.send(`DELETE /api/videos/${videos[0].id}`)
      await queryClient.invalidateQueries()
      await expectVideos(['b.mp4: linked'])
      await expect.element(videoRow('b.mp4')).toHaveFocus()
    },
  )

  test('if the only row, which has it, is moved elsewhere', async ({ server, open }) => {
    const { colour, path } = await setUp(server)
    await server.addVideos(colour.id, await server.addAssets(['c.mp4']))
    const { queryClient } = await open(path)
    await expectVideos(['a.mp4: linked', 'c.mp4: linked', 'b.mp4: linked'])
    videoRow('c.mp4').element().focus()
    const { videos } = await (await server.send(`GET /api/chapters/${colour.id}/videos`)).json()
    await server.send(`DELETE /api/videos/${videos[0].id}`)
    await queryClient.invalidateQueries()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await expect.element(page.getByRole('main')).toHaveFocus()
  })

  test.for(['Add videos', 'More actions for Light', 'Remove chapter Light'])(
    'on the chapter’s title, if %s has it and the chapter is removed elsewhere',
    async (name, { server, open }) => {
      const { light, path } = await setUp(server)
      const { queryClient } = await open(path)
      await expect.element(chapterRegion('Light')).toBeVisible()
      chapterRegion('Light').getByRole('button', { name }).element().focus()
      await server.send(`DELETE /api/chapters/${light.id}`)
      await queryClient.invalidateQueries()
      await expect.element(alert()).toHaveTextContent('This chapter was removed by someone else.')
      await expect.element(button('Light')).toHaveFocus()
    },
  )

  test('on the chapter’s title, once the chapter is restored', async ({ server, open }) => {
    const { light, path } = await setUp(server)
    const { queryClient } = await open(path)
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await server.send(`DELETE /api/chapters/${light.id}`)
    await queryClient.invalidateQueries()
    await button('Restore chapter').click()
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(button('Light')).toHaveFocus()
  })

  test('if its chapter is removed elsewhere while the picker is open', async ({ server, open }) => {
    const { light, path } = await setUp(server)
    const { queryClient } = await open(path)
    await chapterRegion('Light').getByRole('button', { name: 'Add videos' }).click()
    await expect.element(mediaLibrary()).toBeVisible()
    await server.send(`DELETE /api/chapters/${light.id}`)
    await queryClient.invalidateQueries()
    await expect
      .poll(() => document.querySelector(`[data-chapter-id="${light.id}"] [aria-haspopup]`))
      .toBeNull()
    await userEvent.keyboard('{Escape}')
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
    await expect.element(page.getByRole('main')).toHaveFocus()
  })

  test('if the course is removed elsewhere and restored', async ({ server, open }) => {
    const { light, path } = await setUp(server)
    const { queryClient } = await open(path)
    await textbox('New chapter title').click()
    await server.send(`DELETE /api/courses/${light.courseId}`)
    await queryClient.invalidateQueries()
    await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
    await expect.element(page.getByRole('main')).toHaveFocus()
    await button('Restore course').click()
    await expect.element(alert()).not.toBeInTheDocument()
    await expect.element(page.getByRole('main')).toHaveFocus()
  })
})

test('a course removed elsewhere keeps the half-typed title of a new chapter', async ({
  server,
  open,
}) => {
  const { light, path } = await setUp(server)
  const { queryClient } = await open(path)
  await textbox('New chapter title').fill('Half-typed')
  await server.send(`DELETE /api/courses/${light.courseId}`)
  await queryClient.invalidateQueries()
  await expect.element(alert()).toHaveTextContent('This course was removed by someone else.')
  await expect.element(textbox('New chapter title')).toHaveFocus()
  await button('Restore course').click()
  await expect.element(alert()).not.toBeInTheDocument()
  await textbox('New chapter title').click()
  await userEvent.keyboard('{Enter}')
  await expect.element(chapterRegion('Half-typed')).toBeVisible()
})

test('videos picked for a chapter that is removed elsewhere fail in it, and link once restored', async ({
  server,
  open,
}) => {
  const { light, path } = await setUp(server)
  await server.addAssets(['c.mp4', 'd.mp4'])
  await open(path)
  const add = await pickVideos('Light', 'c.mp4', 'd.mp4')
  await server.send(`DELETE /api/chapters/${light.id}`)
  await add.click()
  await expectStatus('c.mp4', 'failed')
  await expectStatus('d.mp4', 'failed')
  await expect.element(alert()).toHaveTextContent('This chapter was removed by someone else.')
  await button('Restore chapter').click()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'c.mp4: linked', 'd.mp4: linked'])
  expect(await server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'])
})
