import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { drag } from '../../support/mouse.ts'
import {
  button,
  chapterRegion,
  expectVideos,
  mediaLibrary,
  pickVideos,
  tile,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const names = ['Lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4', 'Outro.mp4']

async function setUpCourse(server: TestServer, linked: readonly string[] = []) {
  const [chapter] = await server.addChapters('Basics', 'Advanced')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets(names)
  await server.addVideos(
    chapter.id,
    assets.filter(({ filename }) => linked.includes(filename)),
  )
  return `/courses/${chapter.courseId}`
}

const openLibrary = (title = 'Basics') =>
  chapterRegion(title).getByRole('button', { name: 'Add videos' }).click()

/** Adds a library that is too large to be loaded at once. */
async function setUpLibrary(server: TestServer, count: number) {
  const [chapter] = await server.addChapters('Basics')
  await server.addAssets(Array.from({ length: count }, (_, index) => `Lesson ${index + 1}.mp4`))
  return `/courses/${chapter?.courseId}`
}

/** Picks everything that the library has loaded. */
async function pickLoaded() {
  await openLibrary()
  await tile('Lesson 2.mp4').click()
  await userEvent.keyboard('{Control>}a{/Control}')
}

const search = () => page.getByRole('searchbox', { name: 'Search videos' })
const picked = () => mediaLibrary().getByRole('status')

/** Reads the tiles in order, each with its pick number, such as `a.mp4 #1`. */
const tiles = () =>
  mediaLibrary()
    .getByRole('row')
    .elements()
    .map((row) => {
      const badge = [...row.querySelectorAll('span')].find(({ firstElementChild }) =>
        firstElementChild?.textContent.startsWith('Position'),
      )
      return `${row.ariaLabel}${badge ? badge.textContent.replace('Position ', ' #') : ''}`
    })

describe('the media library', () => {
  test('focuses its search box, and sorts by name', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await expect.element(search()).toHaveFocus()
    await expect.poll(tiles).toEqual(names)
    await expect.element(picked()).toHaveTextContent('4 videos · 0 selected. Choose videos to add.')
    await expectAccessible()
  })

  test('numbers picks in order, and counts them on the button', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await tile('Outro.mp4').click()
    await expect.element(button('Add 1 video')).toBeInTheDocument()
    await tile('Lesson 1.mp4').click()
    await tile('Lesson 10.mp4').click()
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #2', 'Lesson 2.mp4', 'Lesson 10.mp4 #3', 'Outro.mp4 #1'])
    await expectAccessible()
    await tile('Lesson 1.mp4').click()
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4 #1'])
    await button('Add 2 videos').click()
    await expectVideos(['Outro.mp4: linked', 'Lesson 10.mp4: linked'])
  })

  test('picks a range with shift', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await tile('Lesson 2.mp4').click()
    await tile('Outro.mp4').click({ modifiers: ['Shift'] })
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4', 'Lesson 2.mp4 #1', 'Lesson 10.mp4 #2', 'Outro.mp4 #3'])
  })

  test('picks a backwards range in the order in which it is picked', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await tile('Outro.mp4').click()
    await tile('Lesson 1.mp4').click({ modifiers: ['Shift'] })
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #4', 'Lesson 2.mp4 #3', 'Lesson 10.mp4 #2', 'Outro.mp4 #1'])
  })

  test('starts a new range if the first end was filtered out', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await tile('Outro.mp4').click()
    await search().fill('lesson')
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4'])
    await tile('Lesson 2.mp4').click({ modifiers: ['Shift'] })
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 2.mp4 #2', 'Lesson 10.mp4'])
    await tile('Lesson 10.mp4').click({ modifiers: ['Shift'] })
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 2.mp4 #2', 'Lesson 10.mp4 #3'])
  })

  test('says that only the loaded videos were picked, and can pick the rest', async ({
    server,
    open,
  }) => {
    await open(await setUpLibrary(server, 130))
    await pickLoaded()
    await expect
      .element(picked())
      .toHaveTextContent('130 videos · 120 selected (all loaded), 25:00')
    await expectAccessible()
    await button('Select all 130 videos').click()
    await expect.element(button('Add 130 videos')).toBeInTheDocument()
    await expect.element(picked()).toHaveTextContent('130 videos · 130 selected')
    await expect.element(button('Select all 130 videos')).not.toBeInTheDocument()
    await expect.poll(() => tiles().slice(0, 2)).toEqual(['Lesson 1.mp4 #2', 'Lesson 2.mp4 #1'])
  })

  test('picks as many videos of a large library as the button says', async ({ server, open }) => {
    await open(await setUpLibrary(server, 2041))
    await pickLoaded()
    await button('Select the first 2,000 videos').click()
    await expect.element(picked()).toHaveTextContent(/^2,041 videos · 2000 selected/)
    await expect.element(button('Add 2,000 videos')).toBeInTheDocument()
  })

  test('can be used in a window as small as at 400 % zoom', async ({ server, open }) => {
    await page.viewport(320, 200)
    await open(await setUpCourse(server))
    await openLibrary()
    await expect.element(tile('Lesson 1.mp4')).toBeInTheDocument()
    const grid = mediaLibrary().getByRole('grid').element()
    expect(grid.clientHeight).toBeGreaterThanOrEqual(2 * 164)
    await tile('Lesson 2.mp4').click()
    await button('Add 1 video').click()
    await expectVideos(['Lesson 2.mp4: linked'])
    await page.viewport(1280, 800)
  })

  test('can be used with the keyboard alone', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await expect.poll(tiles).toEqual(names)
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(tile('Lesson 1.mp4')).toHaveFocus()
    await userEvent.keyboard('{Enter}{ArrowRight}{ArrowRight}{Control>} {/Control}')
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #1', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4'])
    await userEvent.keyboard('{Escape}')
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
    await expect
      .element(chapterRegion('Basics').getByRole('button', { name: 'Add videos' }))
      .toHaveFocus()
    await openLibrary()
    await expect.element(button('Add 2 videos')).toBeInTheDocument()
  })

  test('moves the focus to the grid if nothing is picked', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await expect.poll(tiles).toEqual(names)
    const add = mediaLibrary().getByRole('button', { name: 'Add videos' })
    await expect.element(add).toHaveAttribute('aria-disabled', 'true')
    await expect
      .element(add)
      .toHaveAccessibleDescription('4 videos · 0 selected. Choose videos to add.')
    add.element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => names.includes(document.activeElement?.ariaLabel ?? '')).toBe(true)
  })

  test('marks the videos of the chapter and does not let them be picked', async ({
    server,
    open,
  }) => {
    await open(await setUpCourse(server, ['Lesson 2.mp4']))
    await openLibrary()
    await expect.element(tile('Lesson 2.mp4')).toHaveTextContent('In this chapter')
    await expect.element(tile('Lesson 2.mp4')).toHaveAttribute('aria-disabled', 'true')
    await tile('Lesson 1.mp4').click()
    await userEvent.keyboard('{Control>}a{/Control}')
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #1', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4 #3'])
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await openLibrary('Advanced')
    await expect.element(tile('Lesson 2.mp4')).not.toHaveTextContent('In this chapter')
    await expect.element(picked()).toHaveTextContent('0 selected')
  })

  test('keeps each chapter’s picks until they are added', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary('Basics')
    await tile('Outro.mp4').click()
    await tile('Lesson 1.mp4').click()
    await userEvent.keyboard('{Escape}')
    await openLibrary('Advanced')
    await tile('Lesson 2.mp4').click()
    await userEvent.keyboard('{Escape}')
    await openLibrary('Basics')
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #2', 'Lesson 2.mp4', 'Lesson 10.mp4', 'Outro.mp4 #1'])
    await button('Add 2 videos').click()
    await expectVideos(['Outro.mp4: linked', 'Lesson 1.mp4: linked'])
    await openLibrary('Basics')
    await expect.element(picked()).toHaveTextContent('0 selected')
    await userEvent.keyboard('{Escape}')
    await openLibrary('Advanced')
    await expect.element(button('Add 1 video')).toBeInTheDocument()
  })

  test('shows no videos until the chapter’s own have loaded', async ({ server, network, open }) => {
    const hold = network.hold('GET /api/chapters/{chapterId}/videos')
    await open(await setUpCourse(server, ['Lesson 2.mp4']))
    await openLibrary()
    await expect.element(picked()).toHaveTextContent('4 videos')
    expect(tiles()).toEqual([])
    hold.release()
    await expect.poll(tiles).toEqual(names)
    await expect.element(tile('Lesson 2.mp4')).toHaveAttribute('aria-disabled', 'true')
    await tile('Lesson 1.mp4').click()
    await button('Add 1 video').click()
    await expectVideos(['Lesson 2.mp4: linked', 'Lesson 1.mp4: linked'])
  })

  test('expands a collapsed chapter to show the added videos', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await button('Basics').click()
    await (await pickVideos('Basics', 'Lesson 1.mp4')).click()
    await expect.element(videoRow('Lesson 1.mp4')).toBeVisible()
  })

  test('marks videos that are still linking, too', async ({ server, network, open }) => {
    await open(await setUpCourse(server))
    const hold = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Basics', 'Lesson 1.mp4')).click()
    await openLibrary()
    await expect.element(tile('Lesson 1.mp4')).toHaveTextContent('In this chapter')
    hold.release()
  })

  test('filters and keeps the picks', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await tile('Outro.mp4').click()
    await search().fill('lesson 1')
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 10.mp4'])
    await tile('Lesson 10.mp4').click()
    await search().fill('nowhere')
    await expect.element(mediaLibrary()).toHaveTextContent('No videos match “nowhere”')
    await expectAccessible()
    await button('Clear search').click()
    await expect.element(search()).toHaveFocus()
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4 #1'])
    await button('Clear selection').click()
    await expect.poll(tiles).toEqual(names)
  })

  test('clears its search with Escape before it closes', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await search().fill('outro')
    await expect.poll(tiles).toEqual(['Outro.mp4'])
    await userEvent.keyboard('{Escape}')
    await expect.poll(tiles).toEqual(names)
    await expect.element(search()).toHaveValue('')
    await userEvent.keyboard('{Escape}')
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
  })

  test('clears its search with Escape before it closes, wherever the focus is', async ({
    server,
    open,
  }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await search().fill('outro')
    await expect.poll(tiles).toEqual(['Outro.mp4'])
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(tile('Outro.mp4')).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.poll(tiles).toEqual(names)
    await expect.element(tile('Outro.mp4')).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(mediaLibrary()).not.toBeInTheDocument()
  })

  test('can leave out the videos of the chapter or the course, and remembers the choice', async ({
    server,
    open,
  }) => {
    await open(await setUpCourse(server, ['Outro.mp4']))
    const show = page.getByRole('combobox', { name: 'Show' })
    await openLibrary()
    await show.selectOptions('Not in this chapter')
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 2.mp4', 'Lesson 10.mp4'])
    await tile('Lesson 2.mp4').click()
    await button('Add 1 video').click()
    await openLibrary()
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 10.mp4'])
    await userEvent.keyboard('{Escape}')
    await openLibrary('Advanced')
    await expect.poll(() => tiles().length).toBe(4)
    await show.selectOptions('Not in this course')
    await expect.poll(tiles).toEqual(['Lesson 1.mp4', 'Lesson 10.mp4'])
  })

  test('says when it is empty', async ({ server, open }) => {
    const [chapter] = await server.addChapters('Basics')
    await open(`/courses/${chapter?.courseId}`)
    await openLibrary()
    await expect.element(mediaLibrary()).toHaveTextContent('The library is empty')
    await expectAccessible()
  })

  test('says why it could not be loaded, and can retry', async ({ server, network, open }) => {
    await open(await setUpCourse(server))
    const refusal = network.refuse('GET /api/media', {}, 'The library is closed.')
    await openLibrary()
    await expect
      .element(mediaLibrary().getByRole('alert'))
      .toHaveTextContent('The library couldn’t be loaded. The library is closed.')
    await expectAccessible()
    refusal.lift()
    await button('Try again').click()
    await expect.poll(tiles).toEqual(names)
  })
})

describe('the list', () => {
  test('numbers the picks like the grid and marks the videos of the chapter', async ({
    server,
    open,
  }) => {
    await open(await setUpCourse(server, ['Lesson 2.mp4']))
    await openLibrary()
    await tile('Outro.mp4').click()
    await page.getByRole('radio', { name: 'List' }).click()
    await tile('Lesson 1.mp4').click()
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #2', 'Lesson 2.mp4', 'Lesson 10.mp4', 'Outro.mp4 #1'])
    await expect
      .element(tile('Lesson 2.mp4'))
      .toHaveTextContent(/Used in 1 chapterIn this chapter$/)
    await expect.element(picked()).toHaveTextContent('4 videos · 2 selected, 0:25')
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await openLibrary('Advanced')
    await expect.element(page.getByRole('radio', { name: 'List' })).toBeChecked()
  })
})

describe('a rubber band', () => {
  test('adds to the picks, in the order in which it reaches videos', async ({ server, open }) => {
    await open(await setUpCourse(server, ['Lesson 2.mp4']))
    await openLibrary()
    await tile('Outro.mp4').click()
    const first = tile('Lesson 1.mp4').element().getBoundingClientRect()
    const last = tile('Lesson 10.mp4').element().getBoundingClientRect()
    await drag(
      { x: last.left + 40, y: last.bottom + 60 },
      { x: first.left + 40, y: first.top + 40 },
    )
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #3', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4 #1'])
    await expect.element(mediaLibrary()).toBeVisible()
  })
})

describe('Space', () => {
  test('previews a video over the picker and picks nothing', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await search().fill('lesson')
    await expect.poll(() => tiles().length).toBe(3)
    await userEvent.keyboard('{ArrowDown}{ArrowRight}')
    await expect.element(tile('Lesson 2.mp4')).toHaveFocus()
    await userEvent.keyboard(' ')
    const player = page.getByRole('dialog', { name: 'Lesson 2.mp4' })
    await expect.element(player).toBeVisible()
    await expect.poll(() => document.activeElement?.tagName).toBe('VIDEO')
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(player).not.toBeInTheDocument()
    await expect.element(tile('Lesson 2.mp4')).toHaveFocus()
    await expect.element(search()).toHaveValue('lesson')
    await expect.element(picked()).toHaveTextContent('3 videos · 0 selected')
    await userEvent.keyboard('{Enter}')
    await expect.element(picked()).toHaveTextContent('3 videos · 1 selected, 0:12')
  })

  test('is part of a name that is being typed', async ({ server, open }) => {
    await open(await setUpCourse(server))
    await openLibrary()
    await expect.poll(tiles).toEqual(names)
    await userEvent.keyboard('{ArrowDown}lesson 10')
    await expect.element(tile('Lesson 10.mp4')).toHaveFocus()
    expect(page.getByRole('dialog').elements()).toHaveLength(1)
  })
})

const order = () => page.getByRole('dialog', { name: 'Selection order' })
const pick = (filename: string) => order().getByRole('row', { name: filename })
const readOrder = () =>
  order()
    .getByRole('row')
    .elements()
    .map((row) => row.ariaLabel)
const expectOrder = (filenames: readonly string[]) => expect.poll(readOrder).toEqual(filenames)

describe('the pick order', () => {
  const pickOrder = ['Outro.mp4', 'Lesson 1.mp4', 'Lesson 10.mp4']

  async function openOrder(server: TestServer, open: (path: string) => Promise<unknown>) {
    await open(await setUpCourse(server))
    await openLibrary()
    for (const name of pickOrder) await tile(name).click()
    await button('Selection order').click()
    await expectOrder(pickOrder)
  }

  test('can be changed by keys, and determines the order of the added videos', async ({
    server,
    open,
  }) => {
    await openOrder(server, open)
    await expect.element(pick('Outro.mp4')).toHaveFocus()
    await expectAccessible()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await expectOrder(['Lesson 1.mp4', 'Outro.mp4', 'Lesson 10.mp4'])
    await expect.element(pick('Outro.mp4')).toHaveFocus()
    await expect
      .element(order().getByRole('status'))
      .toHaveTextContent(/Outro\.mp4.* moved to position 2 of 3/)
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
    await expectOrder(['Lesson 1.mp4', 'Lesson 10.mp4', 'Outro.mp4'])
    await userEvent.keyboard('{Escape}')
    await expect.element(order()).not.toBeInTheDocument()
    await expect.element(button('Selection order')).toHaveFocus()
    await expect
      .poll(tiles)
      .toEqual(['Lesson 1.mp4 #1', 'Lesson 2.mp4', 'Lesson 10.mp4 #2', 'Outro.mp4 #3'])
    await button('Add 3 videos').click()
    await expectVideos(['Lesson 1.mp4: linked', 'Lesson 10.mp4: linked', 'Outro.mp4: linked'])
  })

  test('can be changed by buttons, which keep the focus', async ({ server, open }) => {
    await openOrder(server, open)
    await button('Move Lesson 10.mp4 up').click()
    await expectOrder(['Outro.mp4', 'Lesson 10.mp4', 'Lesson 1.mp4'])
    await expect.element(button('Move Lesson 10.mp4 up')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expectOrder(['Lesson 10.mp4', 'Outro.mp4', 'Lesson 1.mp4'])
    await expect.element(button('Move Lesson 10.mp4 up')).toHaveAttribute('aria-disabled', 'true')
    await button('Move Lesson 10.mp4 down').click()
    await expectOrder(['Outro.mp4', 'Lesson 10.mp4', 'Lesson 1.mp4'])
  })

  /** Drags a pick to just before another, with the events of native drag and drop. */
  async function dragPick(filename: string, before: string) {
    const dataTransfer = new DataTransfer()
    // Browsers allow these to be set only in real drags.
    Object.defineProperty(dataTransfer, 'effectAllowed', { value: 'all', writable: true })
    Object.defineProperty(dataTransfer, 'dropEffect', { value: 'none', writable: true })
    const send = (type: string, name: string) => {
      const row = pick(name).element()
      const { left, top } = row.getBoundingClientRect()
      const place = { clientX: left + 60, clientY: top + 4, bubbles: true, cancelable: true }
      row.dispatchEvent(
        type === 'pointerdown'
          ? new PointerEvent(type, {
              ...place,
              pointerType: 'mouse',
              width: 1,
              height: 1,
              pressure: 0.5,
              detail: 1,
            })
          : new DragEvent(type, { ...place, dataTransfer }),
      )
    }
    send('pointerdown', filename)
    send('dragstart', filename)
    await expect.element(pick(filename)).toHaveAttribute('data-dragging')
    for (const type of ['dragenter', 'dragover']) send(type, before)
    await expect.poll(() => document.querySelector('[data-drop-target]')).not.toBeNull()
    send('drop', before)
    send('dragend', filename)
  }

  test('can be changed by dragging', async ({ server, open }) => {
    await openOrder(server, open)
    await dragPick('Lesson 10.mp4', 'Outro.mp4')
    await expectOrder(['Lesson 10.mp4', 'Outro.mp4', 'Lesson 1.mp4'])
  })

  test('lets picks be removed one by one', async ({ server, open }) => {
    await openOrder(server, open)
    await button('Remove Lesson 1.mp4').click()
    await expectOrder(['Outro.mp4', 'Lesson 10.mp4'])
    await expect.element(pick('Lesson 10.mp4')).toHaveFocus()
    await userEvent.keyboard('{Delete}')
    await expectOrder(['Outro.mp4'])
    await expect.element(pick('Outro.mp4')).toHaveFocus()
    await userEvent.keyboard('{Delete}')
    await expect.element(order()).not.toBeInTheDocument()
    await expect.poll(tiles).toEqual(names)
    await expect.poll(() => names.includes(document.activeElement?.ariaLabel ?? '')).toBe(true)
  })
})
