import type { Locator, Page } from 'playwright'
import type { Course } from '#contract/courses.ts'

export type ChapterLocators = ReturnType<typeof locateChapter>
type LibraryLocators = ReturnType<typeof locateLibrary>

/** Opens a course's page. */
export async function openCourse(page: Page, { id, title }: Pick<Course, 'id' | 'title'>) {
  await page.goto(`/courses/${id}`)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

/** A chapter as the page shows it, by the names that screen readers hear. */
export function locateChapter(page: Page, title = 'Chapter') {
  const region = page.getByRole('region', { name: title, exact: true })
  const list = region.getByRole('list', { name: `Videos in ${title}`, exact: true })
  const rows = list.getByRole('listitem')
  return {
    region,
    rows,
    row: (filename: string) => list.getByRole('listitem', { name: filename, exact: true }),
    rowById: (videoId: string) => list.locator(`[data-video-id="${videoId}"]`),
    rowsByStatus: (status: string) => list.locator(`[data-status="${status}"]`),
    status: region.getByRole('status').first(),
    toggle: region.getByRole('button', { name: title, exact: true }),
    addVideos: region.getByRole('button', { name: 'Add videos' }),
    retryFailed: region.getByRole('button', { name: 'Retry failed' }),
    /** What the rows that are mounted say of themselves. */
    names: () =>
      rows.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? '')),
    statuses: () => rows.evaluateAll((items) => items.map((item) => item.dataset.status)),
    ids: () => rows.evaluateAll((items) => items.map((item) => item.dataset.videoId ?? '')),
  }
}

/** The first rows, found by their ids, so that they stay the same whatever they are called. */
export async function locateFirstRows(
  chapter: ChapterLocators,
): Promise<[Locator, Locator, Locator, Locator]> {
  await chapter.rows.first().waitFor()
  const ids = await chapter.ids()
  const row = (index: number) => chapter.rowById(ids[index] ?? '')
  return [row(0), row(1), row(2), row(3)]
}

/** A row's button, such as `Rename`. */
export const getButton = (row: Locator, verb: string) =>
  row.getByRole('button', { name: new RegExp(`^${verb}`) })

/** The editor in a row. */
export const getEditor = (row: Locator) => row.getByRole('textbox', { name: 'Filename' })

/** Opens the editor of a row and types a name; whether it is saved is up to the test. */
export async function typeFilename(row: Locator, filename: string) {
  await getButton(row, 'Rename').click()
  await getEditor(row).fill(filename)
}

/** Types a name, puts the caret into its middle, and tells how that looks. */
export async function typePartialFilename(row: Locator) {
  const editor = getEditor(row)
  await typeFilename(row, 'Half typed name')
  await editor.evaluate((input: HTMLInputElement) => input.setSelectionRange(4, 4))
  return readEditor(editor)
}

/** What must not change while somebody types. */
export const readEditor = (editor: Locator) =>
  editor.evaluate((input: HTMLInputElement) => ({
    text: input.value,
    caret: [input.selectionStart, input.selectionEnd],
    hasFocus: document.activeElement === input,
  }))

/** Opens the media library for a chapter. */
export async function openLibrary(page: Page, chapter: ChapterLocators) {
  await chapter.addVideos.click()
  const library = locateLibrary(page)
  await library.tiles.first().waitFor()
  return library
}

/** Opens the media library and closes it, so that the page has it when there is no connection. */
export async function preloadLibrary(page: Page, chapter: ChapterLocators) {
  const { dialog } = await openLibrary(page, chapter)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** The media library, while it is open. */
export function locateLibrary(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Media library' })
  const grid = dialog.getByRole('grid', { name: 'Videos' })
  const tiles = grid.getByRole('row')
  return {
    dialog,
    tiles,
    search: dialog.getByRole('searchbox', { name: 'Search videos' }),
    status: dialog.getByRole('status'),
    add: dialog.getByRole('button', { name: /^Add \d+ videos?$/ }),
    /** Library names need not be unique, ids are. */
    tile: (mediaId: string) => grid.locator(`[data-key="${mediaId}"]`),
    names: () =>
      tiles.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? '')),
    /** Of the tiles that are mounted, those that can be told apart by name. */
    async distinct() {
      const shown = await tiles.evaluateAll((items) =>
        items.map((item) => ({
          mediaId: item.dataset.key ?? '',
          filename: item.getAttribute('aria-label') ?? '',
        })),
      )
      return [...new Map(shown.map((tile) => [tile.filename, tile])).values()]
    },
  }
}

/** Picks the first so many videos that the library shows, and adds them; resolves with their names. */
export async function addVideos(page: Page, chapter: ChapterLocators, count: number) {
  const library = await openLibrary(page, chapter)
  const picks = (await library.distinct()).slice(0, count)
  for (const { mediaId } of picks) await library.tile(mediaId).click()
  await library.add.click()
  return picks.map(({ filename }) => filename)
}

/** Picks as many videos as that from the first one on, with the keyboard; the library loads as it is gone through. */
export async function pickRange(page: Page, { tiles, status }: LibraryLocators, count: number) {
  await tiles.first().click()
  const tops = await tiles.evaluateAll((items) =>
    items.map((item) => item.getBoundingClientRect().top),
  )
  const columns = tops.filter((top) => top === tops[0]).length
  for (let picked = 1; picked !== count; ) {
    const missing = count - picked
    if (missing >= columns) await page.keyboard.press('Shift+ArrowDown')
    else await page.keyboard.press(missing > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft')
    picked = Number(/(\d+) picked/.exec((await status.textContent()) ?? '')?.[1])
  }
}

/** What to press in the library to pick the second video, the first, the fourth, the third … */
export const keysToPickPairsReversed = (count: number) =>
  Array.from({ length: count / 2 }, () => [
    ...(['ArrowRight', 'Space', 'ArrowLeft', 'Space'] as const),
    ...(['ArrowRight', 'ArrowRight'] as const),
  ]).flat()

/** Runs in the page. */
export const hasFocus = (element: Element) => element === document.activeElement
