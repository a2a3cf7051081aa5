import { createCourse } from '../support/e2e-test.ts'
import { openCourse } from './course-page.ts'
import type { Modifier, Point } from './drivers/engine.ts'
import type { Stage } from './engine-test.ts'
import { eventually } from './page.ts'

/** The names of the rows in each chapter, in order. */
interface Order {
  basics: string[]
  more: string[]
}

const initialOrder: Order = {
  basics: ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'],
  more: ['e.mp4', 'f.mp4'],
}

/** Opens the page of a course with the chapters Basics (a.mp4 to d.mp4) and More (e.mp4, f.mp4). */
export async function openTwoChapters({ page, network, api }: Stage) {
  const { course } = await createCourse(api, 'Basics', 'More')
  const [basicsId = '', moreId = ''] = course.chapters.map(({ id }) => id)
  const assets = (await api.media(6)).map((asset, index) => ({
    ...asset,
    filename: `${'abcdef'[index]}.mp4`,
  }))
  const basicsVideos = await api.link(basicsId, assets.slice(0, 4))
  await api.link(moreId, assets.slice(4))

  const view = await openCourse(page, network.address, course)
  const shown = () => page.evaluate(readOrder)
  const saved = async (): Promise<Order> => ({
    basics: await api.filenames(basicsId),
    more: await api.filenames(moreId),
  })
  await eventually(shown).toEqual(initialOrder)
  const findRow = (name: string, height = 0.5) => page.findPoint({ role: 'listitem', name, height })

  return {
    view,
    findRow,
    /** The ids of a.mp4, b.mp4 and so on. */
    ids: basicsVideos.map(({ id }) => id),
    shown,
    /** Reads the names of the selected rows. */
    selected: () => page.evaluate(readSelected),
    /** Reads the accessible name of the focused element. */
    focused: () => page.evaluate(readFocused),

    async clickRow(name: string, ...held: Modifier[]) {
      const point = await findRow(name)
      await page.holding(held, () => page.clickAt(point))
    },

    /** Finds a point in the page's margin, at the height of the middle of a row. */
    async findBeside(name: string): Promise<Point> {
      const { y } = await findRow(name)
      return { x: await page.evaluate(readMargin), y }
    },

    /** Waits until the page shows this order, and the server has it. */
    async expectOrder(basics: string[], more: string[]) {
      await eventually(shown).toEqual({ basics, more })
      await eventually(saved).toEqual({ basics, more })
    },
  }
}

function readOrder(): Order {
  const names = (title: string) =>
    [...document.querySelectorAll(`section[aria-label="${title}"] [data-video-id]`)].map(
      (row) => row.getAttribute('aria-label') ?? '',
    )
  return { basics: names('Basics'), more: names('More') }
}

const readSelected = () =>
  [...document.querySelectorAll('[data-video-id]')]
    .filter((row) => row.querySelector('[role="checkbox"][aria-checked="true"]'))
    .map((row) => row.getAttribute('aria-label') ?? '')

const readFocused = () => document.activeElement?.getAttribute('aria-label') ?? ''

/** Reads an x coordinate in the margin to the left of the rows, in px. */
const readMargin = () =>
  Math.round(document.querySelector('[data-video-id]')?.getBoundingClientRect().left ?? 0) - 10
