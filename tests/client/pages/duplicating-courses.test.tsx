import { describe, expect } from 'vitest'
import { page } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { button, readNamesIn, redo, undo } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const post = 'POST /api/courses'

const alert = () => page.getByRole('alert')
const link = (title: string) => page.getByRole('link', { name: title, exact: true })

/** Adds a course, “A course”, with a chapter of two videos. */
async function setUpCourse(server: TestServer) {
  const [light] = await server.addChapters('Light')
  if (!light) throw new Error('no chapter')
  await server.addVideos(light.id, await server.addAssets(['a.mp4', 'b.mp4']))
}

const readTitles = () =>
  page
    .getByRole('heading', { level: 2 })
    .elements()
    .map(({ textContent }) => textContent)
const expectTitles = (...titles: string[]) => expect.poll(readTitles).toEqual(titles)

async function readServerTitles(server: TestServer): Promise<string[]> {
  const { courses } = await (await server.send('GET /api/courses')).json()
  return courses.map(({ title }: { title: string }) => title)
}

describe('a course that is duplicated', () => {
  test('is listed at once, and opens with the same videos once the server has it', async ({
    server,
    network,
    open,
  }) => {
    await setUpCourse(server)
    await open('/')
    const hold = network.hold(post)
    await button('Duplicate course A course').click()
    await expectTitles('A course (copy)', 'A course')
    await expect.element(page.getByText('Adding this course…')).toBeVisible()
    expect(link('A course (copy)').query()).toBeNull()
    await expectAccessible()
    hold.release()
    await link('A course (copy)').click()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
  })

  test('can be undone and redone', async ({ server, open }) => {
    await setUpCourse(server)
    await open('/')
    await button('Duplicate course A course').click()
    await expect.element(page.getByText('Duplicated course “A course (copy)”')).toBeVisible()
    await undo()
    await expectTitles('A course')
    await expect.poll(() => readServerTitles(server)).toEqual(['A course'])
    await redo()
    await expectTitles('A course (copy)', 'A course')
    await expect.poll(() => readServerTitles(server)).toEqual(['A course (copy)', 'A course'])
    await expect.element(link('A course (copy)')).toBeVisible()
  })

  test('and refused says so at the original, and is created once on retry', async ({
    server,
    network,
    open,
  }) => {
    await setUpCourse(server)
    await open('/')
    const refusal = network.refuse(post, {}, 'Not now.')
    await button('Duplicate course A course').click()
    await expect.element(alert()).toHaveTextContent('The course couldn’t be duplicated. Not now.')
    await expectTitles('A course')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expect.element(link('A course (copy)')).toBeVisible()
    await expect.element(alert()).not.toBeInTheDocument()
    expect(await readServerTitles(server)).toEqual(['A course (copy)', 'A course'])
  })
})
