import type { Course } from '#contract/courses.ts'
import { createSwappedPairKeys } from '../support/e2e-course.ts'
import { readNamesInNextFrame } from '../support/next-frame.ts'
import { eventually, type Page } from './page.ts'

export type CoursePage = Awaited<ReturnType<typeof openCourse>>

/** The state of an editor, which must not change during typing. */
export interface Typing {
  text: string
  caret: (number | null)[]
  hasFocus: boolean
}

const textBeforeCaret = 'Half typed'
const textAfterCaret = ' name'

/** Opens the page of a course with one chapter, and reads it by accessible names. */
export async function openCourse(page: Page, address: string, { id }: Course) {
  await page.open(`${address}/courses/${id}`)
  const rows = () => page.evaluate(readRows)
  await eventually(() => page.evaluate(readStatusLine)).toMatch(/^\d+ videos?$/)
  const isEmpty = (await page.evaluate(readStatusLine)) === '0 videos'
  if (!isEmpty) await eventually(async () => (await rows()).length).toBeGreaterThan(0)

  return {
    page,
    rows,
    names: async () => (await rows()).map(({ name }) => name),
    statuses: async () => (await rows()).map(({ status }) => status),
    statusLine: () => page.evaluate(readStatusLine),
    typing: (videoId: string) => page.evaluate(readTyping, videoId),
    click: (videoId: string, verb: string) => clickInRow(page, videoId, verb),

    unsettled: async () =>
      (await rows()).filter(({ status }) => status !== 'linked' && status !== 'failed').length,

    type: (videoId: string, name: string) => typeFilename(page, videoId, name),

    /**
     * Opens a row's editor, types a name and moves the caret into its middle; resolves with the
     * editor's state.
     */
    async typeHalf(videoId: string): Promise<Typing> {
      const extension = await typeFilename(page, videoId, textBeforeCaret + textAfterCaret)
      for (const _letter of textAfterCaret) await page.press('ArrowLeft')
      const caret = textBeforeCaret.length
      const typing = {
        text: `${textBeforeCaret}${textAfterCaret}${extension}`,
        caret: [caret, caret],
        hasFocus: true,
      }
      await eventually(() => page.evaluate(readTyping, videoId)).toEqual(typing)
      return typing
    },

    /** Starts recording every change of a row's editor. */
    watchTyping: (videoId: string) => page.observe(recordTyping, readTyping, videoId),

    /**
     * Saves a row's editor, and waits until its note is gone: when the note disappears, the rows
     * below move, and the next click could miss.
     */
    async save(videoId: string) {
      // In WebKit, a click may only raise a covered window.
      await eventually(async () => {
        await page.click({ role: 'textbox', name: 'Filename', within: rowSelector(videoId) })
        return (await page.evaluate(readTyping, videoId))?.hasFocus
      }).toBe(true)
      await page.press('Enter')
      await eventually(() => page.evaluate(readNotes, videoId)).toBe('')
    },

    /** Retries failed links until all are linked. */
    async retryUntilLinked() {
      await eventually(this.unsettled).toBe(0)
      while ((await this.statuses()).includes('failed')) {
        await page.click({ role: 'button', name: 'Retry failed' })
        await eventually(this.unsettled).toBe(0)
      }
    },

    /**
     * Picks `count` videos in the media library, each pair in reverse order.
     * @returns their names in pick order
     */
    async pick(count: number): Promise<string[]> {
      await page.click({ role: 'button', name: 'Add videos' })
      await eventually(() => page.evaluate(isLibraryReady)).toBe(true)
      await page.type('recap')
      await eventually(() => page.evaluate(showsResults, 'recap', count)).toBe(true)
      const tiles = await page.evaluate(readTiles)
      await page.press('ArrowDown')
      for (const key of createSwappedPairKeys(count)) await page.press(key)
      return tiles
        .slice(0, count)
        .map((_, index) => tiles[index % 2 === 0 ? index + 1 : index - 1] ?? '')
    },

    /** Adds the picked videos; resolves with the names of the rows in the next frame. */
    async addPicked(count: number) {
      await page.observe(readNamesInNextFrame, 'click')
      await page.click({ role: 'button', name: `Add ${count} videos` })
      return page.observed()
    },

    /** Returns to the tab after its list has become stale, which makes it refetch. */
    async returnLater() {
      await page.bringToFront()
      await page.evaluate(dispatchLateReturn)
    },
  }
}

const rowSelector = (videoId: string) => `[data-video-id="${videoId}"]`

async function clickInRow(page: Page, videoId: string, verb: string) {
  const within = rowSelector(videoId)
  await page.click({ role: 'button', name: `${verb} ${await readFilename(page, videoId)}`, within })
}

/**
 * Opens a row's editor and replaces the selected part of the name. Resolves with the extension,
 * which stays.
 */
async function typeFilename(page: Page, videoId: string, name: string): Promise<string> {
  const [extension = ''] = /\.[^.]*$/.exec(await readFilename(page, videoId)) ?? []
  await clickInRow(page, videoId, 'Rename')
  await eventually(async () => (await page.evaluate(readTyping, videoId))?.hasFocus).toBe(true)
  await page.type(name)
  return extension
}

const readFilename = async (page: Page, videoId: string) =>
  (await page.evaluate(readRows)).find(({ id }) => id === videoId)?.name ?? ''

const readStatusLine = () => document.querySelector('section [role="status"]')?.textContent ?? ''

const readRows = () =>
  [...document.querySelectorAll<HTMLElement>('[data-video-id]')].map((row) => ({
    id: row.dataset.videoId ?? '',
    name: row.getAttribute('aria-label') ?? '',
    status: row.dataset.status ?? '',
  }))

const isLibraryReady = () =>
  document.activeElement?.getAttribute('type') === 'search' &&
  document.querySelector('[role="dialog"] [role="grid"] [role="row"]') !== null

const readTiles = () =>
  [...document.querySelectorAll('[role="dialog"] [role="grid"] [role="row"]')].map(
    (tile) => tile.getAttribute('aria-label') ?? '',
  )

function showsResults(words: string, count: number): boolean {
  const tiles = [...document.querySelectorAll('[role="dialog"] [role="grid"] [role="row"]')]
  const isMatch = (tile: Element) => tile.getAttribute('aria-label')?.toLowerCase().includes(words)
  return tiles.length >= count && tiles.every(isMatch)
}

function readTyping(videoId: string): Typing | null {
  const input = document.querySelector<HTMLInputElement>(`[data-video-id="${videoId}"] input`)
  return (
    input && {
      text: input.value,
      caret: [input.selectionStart, input.selectionEnd],
      hasFocus: document.activeElement === input,
    }
  )
}

/** Reads the notes below a row's name; null while its editor is open. */
function readNotes(videoId: string): string | null {
  const row = document.querySelector(`[data-video-id="${videoId}"]`)
  const notes = [...(row?.querySelectorAll('p') ?? [])].slice(1)
  return row?.querySelector('input') ? null : notes.map((note) => note.textContent).join(' ')
}

function dispatchLateReturn() {
  const now = Date.now
  Date.now = () => now() + 11_000
  dispatchEvent(new Event('visibilitychange'))
}

function recordTyping(read: typeof readTyping, videoId: string): (Typing | null)[] {
  const recorded: (Typing | null)[] = []
  const record = () => {
    const typing = read(videoId)
    if (JSON.stringify(typing) !== JSON.stringify(recorded.at(-1))) recorded.push(typing)
    requestAnimationFrame(record)
  }
  record()
  return recorded
}
