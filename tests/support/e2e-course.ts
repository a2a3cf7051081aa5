import type { Locator, Page } from 'playwright'
import type { Course } from '#contract/courses.ts'

export type ChapterLocators = ReturnType<typeof locateChapter>
type LibraryLocators = ReturnType<typeof locateLibrary>

/** Opens a course's page. */
export async function openCourse(page: Page, { id, title }: Pick<Course, 'id' | 'title'>) {
  await page.goto(`/courses/${id}`)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

/**
 * Returns to the tab after its data has become stale, and waits for the refetch. The clock must be
 * installed.
 */
export async function returnToTab(page: Page, refetched: string | RegExp) {
  const refetch = page.waitForResponse(refetched)
  await page.clock.fastForward(11_000)
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
  await refetch
}

/**
 * Stops the page's clock, so that delays last until the test advances it. The clock must be
 * installed.
 */
export async function pauseClock(page: Page) {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
}

/** Locates a chapter and its parts by their accessible names. */
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
    /** The accessible names of the mounted rows. */
    names: () =>
      rows.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? '')),
    statuses: () => rows.evaluateAll((items) => items.map((item) => item.dataset.status)),
    ids: () => rows.evaluateAll((items) => items.map((item) => item.dataset.videoId ?? '')),
  }
}

/** Locates the first four rows by id, so that the locators survive a rename. */
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

/** A row's filename editor. */
export const getEditor = (row: Locator) => row.getByRole('textbox', { name: 'Filename' })

/** Opens a row's editor and replaces the filename, without saving it. */
export async function typeFilename(row: Locator, filename: string) {
  await getButton(row, 'Rename').click()
  await getEditor(row).fill(filename)
}

/** Types a filename without saving it, puts the caret into it, and reads the editor's state. */
export async function typePartialFilename(row: Locator) {
  const editor = getEditor(row)
  await typeFilename(row, 'Half typed name')
  await editor.evaluate((input: HTMLInputElement) => input.setSelectionRange(4, 4))
  return readEditor(editor)
}

/** Reads what must not change while someone types. */
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
  // A tile may be where the button was, and a second press there counts as a double click.
  await library.search.hover()
  return library
}

/** Opens and closes the media library, so that it is cached before the page goes offline. */
export async function preloadLibrary(page: Page, chapter: ChapterLocators) {
  const { dialog } = await openLibrary(page, chapter)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** Locates the open media library and its parts. */
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
    /** Locates by id, since filenames need not be unique. */
    tile: (mediaId: string) => grid.locator(`[data-key="${mediaId}"]`),
    names: () =>
      tiles.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? '')),
    /** The mounted tiles, one for each filename. */
    async distinctTiles() {
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

/**
 * Adds `count` videos from the library, starting with the one at `start`, and resolves with their
 * filenames.
 */
export async function addVideos(page: Page, chapter: ChapterLocators, count: number, start = 0) {
  const library = await openLibrary(page, chapter)
  const picks = (await library.distinctTiles()).slice(start, start + count)
  for (const { mediaId } of picks) await library.tile(mediaId).click()
  await library.add.click()
  return picks.map(({ filename }) => filename)
}

/** Picks the first `count` videos with the keyboard, which makes the library load page by page. */
export async function pickRange(page: Page, { tiles, status }: LibraryLocators, count: number) {
  await tiles.first().click()
  const tops = await tiles.evaluateAll((items) =>
    items.map((item) => item.getBoundingClientRect().top),
  )
  const columns = tops.filter((top) => top === tops[0]).length
  for (let picked = 1; picked !== count; ) {
    const remaining = count - picked
    if (remaining >= columns) await page.keyboard.press('Shift+ArrowDown')
    else await page.keyboard.press(remaining > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft')
    picked = Number(/(\d+) selected/.exec((await status.textContent()) ?? '')?.[1])
  }
}

/** The keys that pick the second video, then the first, the fourth, the third, and so on. */
export const createSwappedPairKeys = (count: number) =>
  Array.from({ length: count / 2 }, () => [
    ...(['ArrowRight', 'Enter', 'ArrowLeft', 'Enter'] as const),
    ...(['ArrowRight', 'ArrowRight'] as const),
  ]).flat()

/** Runs in the page. */
export const hasFocus = (element: Element) => element === document.activeElement
