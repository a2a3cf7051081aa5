import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  expectVideos,
  heading,
  textbox,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

async function setUp(server: TestServer) {
  const [light, colour] = await server.addChapters('Light', 'Colour')
  if (!light || !colour) throw new Error('no chapters')
  await server.addVideos(light.id, await server.addAssets(['a.mp4', 'b.mp4']))
  return { light, colour, path: `/courses/${light.courseId}` }
}

const alert = () => page.getByRole('alert')

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
  await expect.element(page.getByRole('main')).toHaveFocus()
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
