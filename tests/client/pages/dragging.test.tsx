import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  button,
  chapterRegion,
  getEditor,
  pickVideos,
  readNamesIn,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']
const batch = 'POST /api/chapters/{chapterId}/videos/batch'

/** Opens a course with three chapters: Basics with videos, More with one, and Empty. */
async function openCourse(
  server: TestServer,
  open: (path: string) => Promise<unknown>,
  basicsNames: readonly string[] = names,
) {
  const [basics, more, empty] = await server.addChapters('Basics', 'More', 'Empty')
  if (!basics || !more || !empty) throw new Error('no chapters')
  const assets = await server.addAssets([...basicsNames, 'x.mp4', 'new.mp4', 'late.mp4'])
  await server.addVideos(basics.id, assets.slice(0, basicsNames.length))
  await server.addVideos(more.id, assets.slice(basicsNames.length, -2))
  await open(`/courses/${basics.courseId}`)
  for (const name of ['a.mp4', 'x.mp4']) await expect.element(videoRow(name)).toBeVisible()
  return { basics, more, empty }
}

/** Returns a point of an element at a height from 0 (top) to 1 (bottom). */
function getPoint(element: Element, height: number) {
  const box = element.getBoundingClientRect()
  return { clientX: box.left + 200, clientY: box.top + height * box.height }
}

type Point = ReturnType<typeof getPoint>

/** Creates a pointer that a test can stop at any point of a drag. */
function createPointer(pointerType: 'mouse' | 'touch' = 'mouse') {
  const send = (type: string, target: EventTarget, point: Point) =>
    target.dispatchEvent(
      new PointerEvent(type, {
        ...point,
        pointerType,
        pointerId: 7,
        isPrimary: true,
        button: 0,
        bubbles: true,
        cancelable: true,
      }),
    )
  return {
    press: (row: Element) => send('pointerdown', row, getPoint(row, 0.5)),
    moveTo: (point: Point) => send('pointermove', document.body, point),
    release: (point: Point) => send('pointerup', document.body, point),
  }
}

const row = (filename: string) => videoRow(filename).element()
const heading = (title: string) => chapterRegion(title).element().querySelector('header') as Element

function drag(filename: string, to: Point) {
  const pointer = createPointer()
  pointer.press(row(filename))
  pointer.moveTo(to)
  pointer.release(to)
}

describe('a row can be dropped', () => {
  test('by mouse, before or after another row', async ({ server, open }) => {
    const { basics } = await openCourse(server, open)
    await userEvent.dragAndDrop(videoRow('a.mp4'), videoRow('c.mp4'), {
      sourcePosition: { x: 300, y: 10 },
      targetPosition: { x: 300, y: 50 },
    })
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'])
    await expect.element(videoRow('a.mp4')).toHaveFocus()
    drag('d.mp4', getPoint(row('b.mp4'), 0.2))
    const order = ['d.mp4', 'b.mp4', 'c.mp4', 'a.mp4']
    await expect.poll(readNamesIn('Basics')).toEqual(order)
    await expect.poll(() => server.filenames(basics.id)).toEqual(order)
    await expect.element(page.getByRole('toolbar')).not.toBeInTheDocument()
  })

  test('in another chapter, an empty chapter, and a collapsed one', async ({ server, open }) => {
    const { more } = await openCourse(server, open)
    drag('a.mp4', getPoint(row('x.mp4'), 0.2))
    await expect.poll(readNamesIn('More')).toEqual(['a.mp4', 'x.mp4'])
    await expect.element(page.getByText('Moved a.mp4 to “More”')).toBeInTheDocument()
    drag('b.mp4', getPoint(heading('Empty'), 0.5))
    await expect.poll(readNamesIn('Empty')).toEqual(['b.mp4'])
    await button('More').click()
    drag('c.mp4', getPoint(heading('More'), 0.5))
    await expect.poll(() => server.filenames(more.id)).toEqual(['a.mp4', 'x.mp4', 'c.mp4'])
    await expect.element(button('More')).toHaveFocus()
    expect(readNamesIn('Basics')()).toEqual(['d.mp4'])
  })

  test('at its current place, and nothing is sent', async ({ server, network, open }) => {
    await openCourse(server, open)
    drag('b.mp4', getPoint(row('a.mp4'), 0.8))
    drag('b.mp4', getPoint(row('c.mp4'), 0.2))
    drag('d.mp4', getPoint(heading('Basics'), 0.5))
    expect(readNamesIn('Basics')()).toEqual(names)
    drag('d.mp4', getPoint(row('a.mp4'), 0.2))
    await expect
      .poll(() => network.requests.filter((request) => request.startsWith('PATCH')))
      .toHaveLength(1)
  })

  test('while it is linking, failed or being edited', async ({ server, network, open }) => {
    await openCourse(server, open)
    network.refuse(batch, { filename: 'new.mp4' })
    await (await pickVideos('Basics', 'new.mp4')).click()
    await expect.element(videoRow('new.mp4')).toHaveAttribute('data-status', 'failed')
    drag('new.mp4', getPoint(row('x.mp4'), 0.2))
    await expect.poll(readNamesIn('More')).toEqual(['new.mp4', 'x.mp4'])
    const hold = network.hold(batch)
    await (await pickVideos('Basics', 'late.mp4')).click()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    drag('late.mp4', getPoint(row('x.mp4'), 0.2))
    await expect.poll(readNamesIn('More')).toEqual(['new.mp4', 'late.mp4', 'x.mp4'])
    hold.release()
    await expect.element(videoRow('late.mp4')).toHaveAttribute('data-status', 'linked')
    expect(readNamesIn('More')()).toEqual(['new.mp4', 'late.mp4', 'x.mp4'])

    await typeFilename('b.mp4', 'Half typed.mp4')
    const input = () => getEditor('b.mp4').element() as HTMLInputElement
    input().setSelectionRange(4, 6)
    row('x.mp4').scrollIntoView({ block: 'center' })
    drag('b.mp4', getPoint(row('x.mp4'), 0.8))
    await expect.poll(readNamesIn('More')).toEqual(['new.mp4', 'late.mp4', 'x.mp4', 'b.mp4'])
    await expect.element(getEditor('b.mp4')).toHaveFocus()
    await expect.element(getEditor('b.mp4')).toHaveValue('Half typed.mp4')
    expect([input().selectionStart, input().selectionEnd]).toEqual([4, 6])
  })
})

describe('a drag', () => {
  test('moves the selected rows together, in order', async ({ server, open }) => {
    const { more } = await openCourse(server, open)
    await videoRow('d.mp4').click({ position: { x: 300, y: 10 } })
    await videoRow('a.mp4').click({ position: { x: 300, y: 10 }, modifiers: ['Control'] })
    drag('d.mp4', getPoint(row('x.mp4'), 0.2))
    await expect.poll(readNamesIn('More')).toEqual(['a.mp4', 'd.mp4', 'x.mp4'])
    await expect.element(page.getByText('Moved 2 videos to “More”')).toBeInTheDocument()
    await expect.poll(() => server.filenames(more.id)).toEqual(['a.mp4', 'd.mp4', 'x.mp4'])
  })

  test('shows where the row would be dropped, and is cancelled by Escape', async ({
    server,
    network,
    open,
  }) => {
    await openCourse(server, open)
    const pointer = createPointer()
    pointer.press(row('a.mp4'))
    const to = getPoint(row('c.mp4'), 0.8)
    pointer.moveTo(to)
    const indicator = () => document.querySelector('[data-drop-indicator]')?.getBoundingClientRect()
    await expect
      .poll(() => indicator()?.top)
      .toBeCloseTo(row('c.mp4').getBoundingClientRect().bottom - 1)
    await userEvent.keyboard('{Escape}')
    await expect.poll(indicator).toBeUndefined()
    pointer.release(to)
    expect(readNamesIn('Basics')()).toEqual(names)
    await expect.element(page.getByText('Not moved')).toBeInTheDocument()
    expect(network.requests.filter((request) => request.startsWith('PATCH'))).toEqual([])
  })

  test('scrolls the page near its edge', async ({ server, open }) => {
    const many = ['a.mp4', ...Array.from({ length: 40 }, (_, index) => `many ${index}.mp4`)]
    await openCourse(server, open, many)
    const pointer = createPointer()
    pointer.press(row('a.mp4'))
    const { clientX } = getPoint(row('a.mp4'), 0.5)
    const atEdge = { clientX, clientY: window.innerHeight - 2 }
    pointer.moveTo(atEdge)
    await expect.poll(() => window.scrollY).toBeGreaterThan(200)
    await userEvent.keyboard('{Escape}')
    window.scrollTo(0, 0)
  })

  test('starts by a long press on touch screens; a quick swipe scrolls', async ({
    server,
    open,
  }) => {
    await openCourse(server, open)
    const finger = createPointer('touch')
    const to = getPoint(row('c.mp4'), 0.8)
    finger.press(row('a.mp4'))
    finger.moveTo(to)
    finger.release(to)
    expect(readNamesIn('Basics')()).toEqual(names)
    finger.press(row('a.mp4'))
    await expect.poll(() => document.querySelector('[data-drag-preview]')).not.toBeNull()
    finger.moveTo(to)
    finger.release(to)
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'])
  })

  test('that rests on a collapsed chapter expands it', async ({ server, open }) => {
    await openCourse(server, open)
    await button('More').click()
    await expect.element(videoRow('x.mp4')).not.toBeInTheDocument()
    const pointer = createPointer()
    pointer.press(row('a.mp4'))
    pointer.moveTo(getPoint(heading('More'), 0.5))
    await expect.element(videoRow('x.mp4')).toBeVisible()
    const to = getPoint(row('x.mp4'), 0.2)
    pointer.moveTo(to)
    pointer.release(to)
    await expect.poll(readNamesIn('More')).toEqual(['a.mp4', 'x.mp4'])
  })
})
