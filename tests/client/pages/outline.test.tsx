import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { expectOnServer, expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  chapterRegion,
  expectStatus,
  pickVideos,
  undo,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

/** Adds a course with three chapters, which have two videos, one, and none. */
async function setUpCourse(server: TestServer) {
  const [light, colour, form] = await server.addChapters('Light', 'Colour', 'Form')
  if (!light || !colour || !form) throw new Error('no chapters')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4', 'new.mp4'])
  await server.addVideos(light.id, assets.slice(0, 2))
  await server.addVideos(colour.id, assets.slice(2, 3))
  return { light, colour, form, path: `/courses/${light.courseId}` }
}

const outline = () => page.getByRole('navigation', { name: 'Outline' })
const line = (title: string) => page.getByRole('row', { name: new RegExp(`^${title},`) })
/** Asserts the order of the outline. */
const expectLines = (...titles: string[]) =>
  expect
    .poll(() =>
      page
        .getByRole('row')
        .elements()
        .map(({ ariaLabel }) => ariaLabel?.split(',')[0]),
    )
    .toEqual(titles)
const heading = (title: string) => page.getByRole('button', { name: title, exact: true })

describe('the outline', () => {
  test('shows how many videos each chapter has, and how many failed', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expect.element(outline()).toBeVisible()
    await expect.element(line('Light')).toHaveTextContent('2 videos')
    await expect.element(line('Colour')).toHaveTextContent('1 video')
    await expect.element(line('Form')).toHaveTextContent('0 videos')
    network.refuse('POST /api/chapters/{chapterId}/videos/batch', { filename: 'new.mp4' })
    await (await pickVideos('Form', 'new.mp4')).click()
    await expectStatus('new.mp4', 'failed')
    await expect.element(line('Form')).toHaveTextContent('1 failed')
    await expectAccessible()
  })

  test('goes to a chapter, also by keyboard, and back', async ({ server, open }) => {
    const { path, colour, form } = await setUpCourse(server)
    const { router } = await open(path)
    await line('Colour').click()
    await expect.element(heading('Colour')).toHaveFocus()
    expect(router.state.location.hash).toBe(colour.id)
    ;(line('Colour').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(line('Form')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Form')).toHaveFocus()
    expect(router.state.location.hash).toBe(form.id)
    router.history.back()
    await expect.element(heading('Colour')).toHaveFocus()
  })

  test('expands a collapsed chapter, and can collapse all', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expect.element(videoRow('a.mp4')).toBeVisible()
    await button('Collapse all').click()
    await expect.element(heading('Light')).toHaveAttribute('aria-expanded', 'false')
    await expect.element(heading('Form')).toHaveAttribute('aria-expanded', 'false')
    await line('Light').click()
    await expect.element(heading('Light')).toHaveAttribute('aria-expanded', 'true')
    await button('Collapse all').click()
    await button('Expand all').click()
    await expect.element(heading('Form')).toHaveAttribute('aria-expanded', 'true')
  })

  test('accepts videos that are dropped on a chapter', async ({ server, open }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    await expect.element(videoRow('a.mp4')).toBeVisible()
    const send = (type: string, target: Element, at: DOMRect) =>
      target.dispatchEvent(
        new PointerEvent(type, {
          clientX: at.left + 20,
          clientY: at.top + 10,
          pointerId: 7,
          isPrimary: true,
          bubbles: true,
          cancelable: true,
          pointerType: 'mouse',
          button: 0,
        }),
      )
    const row = videoRow('a.mp4').element()
    const to = line('Form').element().getBoundingClientRect()
    send('pointerdown', row, row.getBoundingClientRect())
    send('pointermove', document.body, to)
    send('pointerup', document.body, to)
    await expect
      .element(chapterRegion('Form').getByRole('listitem'))
      .toHaveAttribute('aria-label', 'a.mp4')
    await expect.element(line('Form')).toHaveTextContent('1 video')
  })

  test('does not accept drops on a chapter that is still being added', async ({
    server,
    network,
    open,
  }) => {
    const { path } = await setUpCourse(server)
    await open(path)
    const hold = network.hold('POST /api/courses/{courseId}/chapters')
    await page.getByRole('textbox', { name: 'New chapter title' }).fill('Shadow')
    await button('Add chapter').click()
    await expect.element(line('Shadow')).not.toHaveAttribute('data-drop-chapter')
    await expect.element(line('Form')).toHaveAttribute('data-drop-chapter')
    hold.release()
    await expect.element(line('Shadow')).toHaveAttribute('data-drop-chapter')
  })

  test('moves a dragged chapter, while the one being read stays in the window', async ({
    server,
    open,
  }) => {
    const { path, light } = await setUpCourse(server)
    await open(path)
    await expect.element(videoRow('a.mp4')).toBeVisible()
    await expect.element(line('Light')).toHaveAttribute('data-current')
    const top = () => chapterRegion('Light').element().getBoundingClientRect().top
    document.body.style.padding = '1000px 0'
    window.scrollTo(0, 950)
    const before = top()
    const { height } = line('Light').element().getBoundingClientRect()
    await userEvent.dragAndDrop(line('Form'), line('Light'), {
      targetPosition: { x: 40, y: 2 },
    })
    await expectTitles('Form', 'Light', 'Colour')
    await expectLines('Form', 'Light', 'Colour')
    expect(Math.abs(top() - before)).toBeLessThan(2)
    await userEvent.dragAndDrop(line('Form'), line('Colour'), {
      targetPosition: { x: 40, y: height - 2 },
    })
    await expectTitles('Light', 'Colour', 'Form')
    document.body.style.padding = ''
    await undo()
    await expectTitles('Form', 'Light', 'Colour')
    await expectOnServer(server, light.courseId, 'Form', 'Light', 'Colour')
  })

  test('moves a chapter by keyboard, from its handle', async ({ server, open }) => {
    const { path, light } = await setUpCourse(server)
    await open(path)
    await expect.element(line('Light')).toBeVisible()
    ;(line('Light').element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(page.getByRole('button', { name: 'Drag Light' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    // React Aria starts the drag in the next frame.
    await expect.poll(() => document.querySelector('[data-drop-target]')).not.toBeNull()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expectTitles('Colour', 'Light', 'Form')
    await expectOnServer(server, light.courseId, 'Colour', 'Light', 'Form')
  })

  test('is a sheet on a phone', async ({ server, open }) => {
    await page.viewport(390, 800)
    const { path } = await setUpCourse(server)
    await open(path)
    await expect.element(outline()).not.toBeInTheDocument()
    await button('Outline').click()
    await expect.element(page.getByRole('dialog', { name: 'Outline' })).toBeVisible()
    await expectAccessible()
    await userEvent.dragAndDrop(line('Form'), line('Light'), { targetPosition: { x: 40, y: 2 } })
    await expectLines('Form', 'Light', 'Colour')
    await line('Form').click()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await expect.element(heading('Form')).toHaveFocus()
    await page.viewport(1280, 800)
  })
})

describe('a link', () => {
  test('goes to a chapter and expands it', async ({ server, open }) => {
    const { path, form } = await setUpCourse(server)
    const { router } = await open(path)
    await heading('Form').click()
    await expect.element(heading('Form')).toHaveAttribute('aria-expanded', 'false')
    await router.navigate({ to: '/' })
    router.history.push(`${path}#${form.id}`)
    await expect.element(heading('Form')).toHaveFocus()
    await expect.element(heading('Form')).toHaveAttribute('aria-expanded', 'true')
  })

  test('goes to a video, even after it was moved', async ({ server, open }) => {
    const { path, form, colour } = await setUpCourse(server)
    const { videos } = await (await server.send(`GET /api/chapters/${colour.id}/videos`)).json()
    await open(`${path}#${form.id}/${videos[0].id}`)
    await expect.element(videoRow('c.mp4')).toHaveFocus()
  })

  test('to a missing place says so', async ({ server, open }) => {
    const { path, form, light } = await setUpCourse(server)
    await open(`${path}#${form.id}/${light.id}`)
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This video is no longer in the course.')
    await button('Close').click()
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })
})
