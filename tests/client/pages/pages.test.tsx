import { createMemoryHistory } from '@tanstack/react-router'
import { describe, expect, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createAppRouter } from '#client/app/router.tsx'
import { useCollapsed } from '#client/features/chapters/collapsed.store.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button, chapterRegion, expectVideos, heading, textbox } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const alert = () => page.getByRole('alert')

async function setUpCourse(server: TestServer) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  await server.addVideos(chapter.id, await server.addAssets(['a.mp4']))
  return { path: `/courses/${chapter.courseId}`, chapterId: chapter.id }
}

describe('courses', () => {
  test('are created one after another', async ({ open }) => {
    await open('/')
    await expect.element(page.getByText('No courses yet')).toBeVisible()
    await expectAccessible()
    await textbox('New course title').fill('  Painting ')
    await button('Create course').click()
    await expect.element(heading('Painting')).toBeVisible()
    await expect.element(textbox('New course title')).toHaveValue('')
    await textbox('New course title').fill('Drawing')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Drawing')).toBeVisible()
    await expectAccessible()
  })

  test('are created once, even if submitted several times', async ({ server, network, open }) => {
    await open('/')
    const hold = network.hold('POST /api/courses')
    await textbox('New course title').fill('Painting')
    await userEvent.keyboard('{Enter}{Enter}{Enter}')
    await expect.poll(hold.waiting).toBe(1)
    hold.release()
    await expect.element(heading('Painting')).toBeVisible()
    await textbox('New course title').fill('Drawing')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Drawing')).toBeVisible()
    const { courses } = await (await server.send('GET /api/courses')).json()
    expect(courses).toHaveLength(2)
  })

  test('need a valid title, as the field explains', async ({ open }) => {
    await open('/')
    await textbox('New course title').fill('   ')
    await button('Create course').click()
    await expect.element(textbox('New course title')).toHaveAccessibleDescription('Enter a title')
    await expectAccessible()
    await textbox('New course title').fill('x'.repeat(256))
    await expect
      .element(textbox('New course title'))
      .toHaveAccessibleDescription('Use at most 255 characters')
  })

  test('keep a title that could not be saved', async ({ network, open }) => {
    const refusal = network.refuse('POST /api/courses', {}, 'No more courses for now.')
    await open('/')
    await textbox('New course title').fill('Painting')
    await button('Create course').click()
    await expect
      .element(textbox('New course title'))
      .toHaveAccessibleDescription('No more courses for now.')
    await expect.element(textbox('New course title')).toHaveValue('Painting')
    refusal.lift()
    await button('Create course').click()
    await expect.element(heading('Painting')).toBeVisible()
  })

  test('are renamed in place', async ({ server, network, open }) => {
    await server.addCourse('Painting')
    await open('/')
    await button('Rename course Painting').click()
    await expect.element(textbox('Course title')).toHaveFocus()
    const refusal = network.refuse('PATCH /api/courses/{courseId}', {}, 'Not now.')
    await textbox('Course title').fill('Drawing')
    await userEvent.keyboard('{Enter}')
    await expect.element(textbox('Course title')).toHaveAccessibleDescription('Not now.')
    await expect.element(textbox('Course title')).toHaveValue('Drawing')
    await expectAccessible()
    refusal.lift()
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Drawing')).toBeVisible()
    await expect.element(button('Rename course Drawing')).toHaveFocus()
  })

  test('are removed after a confirmation', async ({ server, open }) => {
    await server.addCourse('Painting')
    await open('/')
    await button('Remove course Painting').click()
    const dialog = page.getByRole('alertdialog', { name: 'Remove this course?' })
    await expect.element(dialog).toHaveTextContent('Painting will be removed. It has no chapters.')
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(button('Remove course Painting')).toHaveFocus()
    await button('Remove course Painting').click()
    await button('Remove course').click()
    await expect.element(page.getByText('No courses yet')).toBeVisible()
    await expect.element(heading('Courses')).toHaveFocus()
  })
})

describe('chapters', () => {
  test('are added and renamed', async ({ server, open }) => {
    const course = await server.addCourse('Painting')
    await open(`/courses/${course.id}`)
    await expect.element(page.getByText('No chapters yet')).toBeVisible()
    await expectAccessible()
    await textbox('New chapter title').fill('Basics')
    await button('Add chapter').click()
    await expect.element(chapterRegion('Basics')).toHaveTextContent('No videos yet')
    await button('Rename chapter Basics').click()
    await textbox('Chapter title').fill('')
    await userEvent.keyboard('{Enter}')
    await expect.element(textbox('Chapter title')).toHaveAccessibleDescription('Enter a title')
    await textbox('Chapter title').fill('First steps')
    await userEvent.keyboard('{Enter}')
    await expect.element(chapterRegion('First steps')).toBeVisible()
    await expect.element(chapterRegion('Basics')).not.toBeInTheDocument()
    await expectAccessible()
  })

  test('keep a title that could not be saved, and discard it on Escape', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    network.cut('PATCH /api/chapters/{chapterId}')
    await button('Rename chapter Basics').click()
    await textbox('Chapter title').fill('Advanced')
    await button('Save').click()
    await expect
      .element(textbox('Chapter title'))
      .toHaveAccessibleDescription(
        'The server can’t be reached. Check your connection, then try again.',
      )
    await expect.element(textbox('Chapter title')).toHaveValue('Advanced')
    await textbox('Chapter title').click()
    await userEvent.keyboard('{Escape}')
    await expect.element(chapterRegion('Basics')).toBeVisible()
    await expect.element(button('Rename chapter Basics')).toHaveFocus()
  })

  test('are removed with their videos, or say why they were not', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    const refusal = network.refuse('DELETE /api/chapters/{chapterId}', {}, 'Not now.')
    await button('Remove chapter Basics').click()
    await expect
      .element(page.getByRole('alertdialog', { name: 'Remove this chapter?' }))
      .toHaveTextContent('Basics and its 1 video will be removed.')
    await button('Remove chapter').click()
    await expect.element(alert()).toHaveTextContent('The chapter couldn’t be removed. Not now.')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expect.element(page.getByText('No chapters yet')).toBeVisible()
  })
})

describe('the theme', () => {
  test.for(['Light', 'Dark'] as const)('can be chosen: %s', async (label, { server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expectVideos(['a.mp4: linked'])
    await page.getByRole('radio', { name: label }).click({ force: true })
    await expect.element(page.getByRole('radio', { name: label })).toBeChecked()
    expect(document.documentElement.dataset.theme).toBe(label.toLowerCase())
    await expectAccessible()
    await chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).click()
    await expect.element(page.getByRole('dialog')).toHaveTextContent('In this chapter')
    await expectAccessible()
  })
})

describe('the player', () => {
  test('reports a file that can’t be played, and restores the focus on close', async ({
    server,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await button('Play a.mp4').click()
    const player = page.getByRole('dialog', { name: 'a.mp4' })
    await expect.element(player).toBeVisible()
    // Chromium defers loading in background pages, so the test can't wait for a real error.
    document.querySelector('video')?.dispatchEvent(new Event('error'))
    await expect.element(player).toHaveTextContent('This video can’t be played here.')
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(player).not.toBeInTheDocument()
    await expect.element(button('Play a.mp4')).toHaveFocus()
  })

  test('is closed by Escape even if nothing has the focus', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await button('Play a.mp4').click()
    const player = page.getByRole('dialog', { name: 'a.mp4' })
    await expect.element(player).toBeVisible()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await expect.element(player).not.toBeInTheDocument()
  })
})

describe('a page', () => {
  test('that does not exist links to the courses', async ({ open }) => {
    await open('/courses/0190b6a0-0000-7000-8000-000000000000')
    await expect.element(page.getByText('This page doesn’t exist')).toBeVisible()
    await expectAccessible()
    await page.getByRole('link', { name: 'See all courses' }).click()
    await expect.element(heading('Courses')).toBeVisible()
  })

  test('that is slow shows that it is loading', async ({ server, network, open }) => {
    const { path } = await setUpCourse(server)
    const hold = network.hold('GET /api/courses/{courseId}')
    await open(path)
    await expect.element(page.getByRole('status', { name: 'Loading' })).toBeVisible()
    hold.release()
    await expectVideos(['a.mp4: linked'])
  })

  test('of a course requests its first expanded list before it is rendered', async ({
    server,
    network,
  }) => {
    const [first, second] = await server.addChapters('Basics', 'Light')
    if (!first || !second) throw new Error('no chapters')
    useCollapsed.getState().toggle(first.id)
    const queryClient = createQueryClient()
    const hold = network.hold('GET /api/chapters/{chapterId}/videos')
    const history = createMemoryHistory({ initialEntries: [`/courses/${first.courseId}`] })
    await createAppRouter(queryClient, history).load()
    await expect.poll(hold.waiting).toBe(1)
    hold.release()
    await expect.poll(() => queryClient.getQueryData(queryKeys.videos(second.id))).toBeDefined()
    expect(queryClient.getQueryState(queryKeys.videos(first.id))).toBeUndefined()
  })

  test('that could not be loaded says why, and can be retried', async ({
    server,
    network,
    open,
  }) => {
    // React and the router log errors that a boundary catches, and this one is intended.
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { path } = await setUpCourse(server)
    const refusal = network.refuse('GET /api/courses/{courseId}', {}, 'Closed for today.')
    await open(path)
    await expect.element(heading('This page couldn’t be loaded')).toBeVisible()
    await expect.element(alert()).toHaveTextContent('Your work is safe. Closed for today.')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expectVideos(['a.mp4: linked'])
    expect(errors).toHaveBeenCalled()
    errors.mockRestore()
    warnings.mockRestore()
  })
})
