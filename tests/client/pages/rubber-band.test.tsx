import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useSelection } from '#client/features/videos/selection.store.ts'
import { drag, mouse, type Point, shift } from '../../support/mouse.ts'
import {
  button,
  chapterRegion,
  getEditor,
  readNamesIn,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const basicsNames = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']
const moreNames = ['e.mp4', 'f.mp4']

/** Opens a course with two chapters, Basics and More. */
async function openCourse(
  server: TestServer,
  open: (path: string) => Promise<unknown>,
  first: readonly string[] = basicsNames,
) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const assets = await server.addAssets([...first, ...moreNames])
  await server.addVideos(basics.id, assets.slice(0, first.length))
  await server.addVideos(more.id, assets.slice(first.length))
  await open(`/courses/${basics.courseId}`)
  for (const name of ['a.mp4', 'f.mp4']) await expect.element(videoRow(name)).toBeInTheDocument()
  return { basics, more }
}

const getBox = (filename: string) => videoRow(filename).element().getBoundingClientRect()

/** A point in the page's margin, at the height of the middle of a row. */
const beside = (filename: string): Point => {
  const { left, top, height } = getBox(filename)
  return { x: left - 10, y: top + height / 2 }
}

/** A point over a row. */
const over = (filename: string): Point => {
  const { left, top, height } = getBox(filename)
  return { x: left + 200, y: top + height / 2 }
}

const band = () => document.querySelector('[data-rubber-band]')

const selected = () =>
  [...document.querySelectorAll<HTMLElement>('[role=checkbox][aria-checked=true]')]
    .map(({ ariaLabel }) => ariaLabel?.replace('Select ', ''))
    .sort()
const expectSelected = (names: readonly string[]) => expect.poll(selected).toEqual(names)

describe('a rubber band', () => {
  test('selects the rows it touches while it grows, across both chapters', async ({
    server,
    open,
  }) => {
    await openCourse(server, open)
    await mouse.press(beside('b.mp4'))
    await mouse.moveTo(over('c.mp4'))
    await expectSelected(['b.mp4', 'c.mp4'])
    await expect
      .poll(() => band()?.getBoundingClientRect())
      .toMatchObject({ left: beside('b.mp4').x, bottom: over('c.mp4').y })
    await mouse.moveTo(over('e.mp4'))
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'])
    await mouse.moveTo(over('b.mp4'))
    await expectSelected(['b.mp4'])
    await mouse.moveTo(over('d.mp4'))
    await mouse.release(over('d.mp4'))
    await expect.poll(band).toBeNull()
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4'])
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'])
    expect(getSelection()?.toString()).toBe('')
  })

  test('also selects upwards, and from below the outline', async ({ server, open }) => {
    await openCourse(server, open)
    await drag(beside('d.mp4'), over('b.mp4'))
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4'])
    await expect.element(videoRow('b.mp4')).toHaveFocus()
    await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}')
    await expectSelected(basicsNames)
    const outline = page.getByRole('navigation', { name: 'Outline' }).element()
    const { left, bottom } = outline.getBoundingClientRect()
    await drag({ x: left + 20, y: bottom - 5 }, over('e.mp4'))
    await expectSelected(moreNames)
  })

  test('replaces the selection, or adds to it with Shift', async ({ server, open }) => {
    await openCourse(server, open)
    await drag(beside('a.mp4'), over('a.mp4'))
    await expectSelected(['a.mp4'])
    await drag(beside('c.mp4'), over('d.mp4'), shift)
    await expectSelected(['a.mp4', 'c.mp4', 'd.mp4'])
    expect(getSelection()?.toString()).toBe('')
    await drag(beside('e.mp4'), over('f.mp4'))
    await expectSelected(moreNames)
    await drag(beside('a.mp4'), { ...beside('b.mp4'), x: beside('a.mp4').x - 4 })
    await expectSelected([])
  })

  test('is cancelled by Escape, which restores the selection', async ({ server, open }) => {
    await openCourse(server, open)
    await drag(beside('a.mp4'), over('b.mp4'))
    await expectSelected(['a.mp4', 'b.mp4'])
    await mouse.press(beside('c.mp4'))
    await mouse.moveTo(over('e.mp4'))
    await expectSelected(['c.mp4', 'd.mp4', 'e.mp4'])
    await userEvent.keyboard('{Escape}')
    await expectSelected(['a.mp4', 'b.mp4'])
    await expect.poll(band).toBeNull()
    await mouse.moveTo(over('f.mp4'))
    await mouse.release(over('f.mp4'))
    await expectSelected(['a.mp4', 'b.mp4'])
    await expect.element(videoRow('b.mp4')).toHaveFocus()
  })

  test('selects nothing in a collapsed chapter', async ({ server, open }) => {
    await openCourse(server, open)
    await button('Basics').click()
    await expect.element(videoRow('a.mp4')).not.toBeInTheDocument()
    const heading = chapterRegion('Basics').element().getBoundingClientRect()
    await drag({ x: heading.left - 10, y: heading.top + 5 }, over('e.mp4'))
    await expectSelected(['e.mp4'])
  })
})

describe('a long chapter', () => {
  const many = Array.from({ length: 500 }, (_, index) => `many ${index}.mp4`)

  test('is selected as far as the page scrolls, whether its rows are mounted or not', async ({
    server,
    open,
  }) => {
    await openCourse(server, open, ['a.mp4', ...many])
    await mouse.press(beside('a.mp4'))
    const atEdge = { x: over('a.mp4').x, y: window.innerHeight - 2 }
    await mouse.moveTo(atEdge)
    await expect.poll(() => window.scrollY).toBeGreaterThan(400)
    await expect.poll(() => useSelection.getState().ids.size).toBeGreaterThan(12)
    window.scrollTo(0, document.documentElement.scrollHeight)
    await expectSelectedRows(501)
    await mouse.moveTo(over('e.mp4'))
    await mouse.release(over('e.mp4'))
    await expectSelectedRows(502)
    await expect.element(videoRow('e.mp4')).toHaveFocus()
    const count = page.getByRole('toolbar', { name: 'Selected videos' })
    await expect.element(count).toHaveTextContent('502 selected')
    expect(document.querySelectorAll('[data-video-id]').length).toBeLessThan(200)
    window.scrollTo(0, 0)
  })

  const expectSelectedRows = (count: number) =>
    expect.poll(() => useSelection.getState().ids.size).toBeGreaterThanOrEqual(count)
})

describe('a rubber band does not start', () => {
  test('on a row, which is dragged instead', async ({ server, open }) => {
    await openCourse(server, open)
    await mouse.press(over('a.mp4'))
    await mouse.moveTo(over('c.mp4'))
    await expect.poll(() => document.querySelector('[data-drag-preview]')).not.toBeNull()
    expect(band()).toBeNull()
    const { left, bottom } = getBox('c.mp4')
    await mouse.moveTo({ x: left + 200, y: bottom - 5 })
    await mouse.release({ x: left + 200, y: bottom - 5 })
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'])
    expect(selected()).toEqual([])
  })

  test('on text, a button or an editor', async ({ server, open }) => {
    await openCourse(server, open)
    await typeFilename('a.mp4', 'Half typed.mp4')
    const editor = getEditor('a.mp4').element().getBoundingClientRect()
    const add = chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).element()
    const title = page.getByRole('heading', { level: 1 }).element().getBoundingClientRect()
    const starts = [editor, add.getBoundingClientRect(), title]
    for (const { left, top, height } of starts) {
      await mouse.press({ x: left + 8, y: top + height / 2 })
      await mouse.moveTo(over('c.mp4'))
      expect(document.documentElement).not.toHaveAttribute('data-banding')
      await mouse.release(over('c.mp4'))
    }
    expect(selected()).toEqual([])
    await expect.element(getEditor('a.mp4')).toHaveValue('Half typed.mp4')
  })

  test('on a press that hardly moves, which keeps the selection', async ({ server, open }) => {
    await openCourse(server, open)
    await drag(beside('a.mp4'), over('b.mp4'))
    await expectSelected(['a.mp4', 'b.mp4'])
    const { x, y } = beside('d.mp4')
    await drag({ x, y }, { x: x + 3, y })
    expect(band()).toBeNull()
    expect(selected()).toEqual(['a.mp4', 'b.mp4'])
  })

  test('on touch', async ({ server, open }) => {
    await openCourse(server, open)
    const send = (type: string, { x, y }: Point) =>
      document.body.dispatchEvent(
        new PointerEvent(type, {
          clientX: x,
          clientY: y,
          pointerType: 'touch',
          pointerId: 7,
          isPrimary: true,
          bubbles: true,
          cancelable: true,
        }),
      )
    send('pointerdown', beside('a.mp4'))
    send('pointermove', over('c.mp4'))
    expect(document.documentElement).not.toHaveAttribute('data-banding')
    send('pointerup', over('c.mp4'))
    expect(selected()).toEqual([])
  })
})
