import { expect } from 'vitest'
import { locateChapter, openCourse, openLibrary, pickRange } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

const test = endToEndTest('latency=100-400,seed=3')

test.for([
  { count: 1, before: 0 },
  { count: 20, before: 0 },
  { count: 200, before: 0 },
  { count: 200, before: 60 },
])(
  '$count picks are shown in the next frame in a chapter of $before, and all are linked',
  async ({ count, before }, { api, page }) => {
    const { course, chapter } = await createCourse(api)
    const library = await api.media(400)
    const linked = await api.link(chapter.id, library.slice(300, 300 + before))
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(() => view.status.textContent()).toBe(
      before === 1 ? '1 video' : `${before} videos`,
    )

    const picker = await openLibrary(page, view)
    await pickRange(page, picker, count)
    const button = picker.dialog.getByRole('button', {
      name: count === 1 ? 'Add 1 video' : `Add ${count} videos`,
      exact: true,
    })
    const inNextFrame = page.evaluate(listInNextFrame)
    await button.click()
    expect(await inNextFrame).toEqual({ size: before + count, isFirstPickShown: true })

    await eventually(() => view.status.textContent()).toBe(`${count} of ${count} linked`)
    const videos = await api.videos(chapter.id)
    expect(videos.map(({ mediaId }) => mediaId)).toEqual([
      ...linked.map(({ mediaId }) => mediaId),
      ...library.slice(0, count).map(({ id }) => id),
    ])
  },
)

/** Resolves with the list's state in the first frame after the next click. Runs in the page. */
function listInNextFrame() {
  const read = () => {
    const row = document.querySelector<HTMLElement>('[data-status="optimistic"]')
    const { top = -1, bottom = 0 } = row?.getBoundingClientRect() ?? {}
    return {
      size: Number(row?.getAttribute('aria-setsize')),
      isFirstPickShown: top >= 0 && bottom <= innerHeight,
    }
  }
  return new Promise<ReturnType<typeof read>>((resolve) => {
    addEventListener('click', () => requestAnimationFrame(() => resolve(read())), {
      once: true,
      capture: true,
    })
  })
}
