import type { Course } from '#contract/courses.ts'
import { keysToPickPairsReversed } from '../support/e2e-course.ts'
import { namesInNextFrame } from '../support/next-frame.ts'
import { eventually, type Page } from './page.ts'

export type CoursePage = Awaited<ReturnType<typeof openCourse>>

/** What must not change while somebody types. */
export interface Typing {
  text: string
  caret: (number | null)[]
  hasFocus: boolean
}

const half = 'Half typed'
const rest = ' name'

/** Opens the page of a course with one chapter, and reads it by the names that screen readers hear. */
export async function openCourse(page: Page, address: string, { id }: Course) {
  await page.open(`${address}/courses/${id}`)
  const rows = () => page.evaluate(rowsShown)
  await eventually(() => page.evaluate(statusLine)).toMatch(/^\d+ videos?$/)

  return {
    page,
    rows,
    names: async () => (await rows()).map(({ name }) => name),
    statuses: async () => (await rows()).map(({ status }) => status),
    statusLine: () => page.evaluate(statusLine),
    typing: (videoId: string) => page.evaluate(typingIn, videoId),
    click: (videoId: string, verb: string) => clickIn(page, videoId, verb),

    unsettled: async () =>
      (await rows()).filter(({ status }) => status !== 'linked' && status !== 'failed').length,

    type: (videoId: string, name: string) => typeInto(page, videoId, name),

    /** Opens a row's editor, types a name, moves the caret into its middle, and tells how that looks. */
    async typeHalf(videoId: string): Promise<Typing> {
      const ending = await typeInto(page, videoId, half + rest)
      for (const _letter of rest) await page.press('ArrowLeft')
      const caret = half.length
      const typing = { text: `${half}${rest}${ending}`, caret: [caret, caret], hasFocus: true }
      await eventually(() => page.evaluate(typingIn, videoId)).toEqual(typing)
      return typing
    },

    /** Notes what is typed in a row whenever that changes, from now on. */
    watchTyping: (videoId: string) => page.observe(noteChanges, typingIn, videoId),

    /** Saves what is typed in a row, and waits until its note is gone: rows below would move under the next click. */
    async save(videoId: string) {
      // In WebKit a click may only bring back a window that another one had covered.
      await eventually(async () => {
        await page.click({ role: 'textbox', name: 'Filename', within: rowOf(videoId) })
        return (await page.evaluate(typingIn, videoId))?.hasFocus
      }).toBe(true)
      await page.press('Enter')
      await eventually(() => page.evaluate(wordsIn, videoId)).toBe('Linked')
    },

    /** Retries what failed until all is linked. */
    async retryUntilLinked() {
      await eventually(this.unsettled).toBe(0)
      while ((await this.statuses()).includes('failed')) {
        await page.click({ role: 'button', name: 'Retry failed' })
        await eventually(this.unsettled).toBe(0)
      }
    },

    /**
     * Picks so many videos in the media library, no two in the library's order.
     * @returns their names in pick order
     */
    async pick(count: number): Promise<string[]> {
      await page.click({ role: 'button', name: 'Add videos' })
      await eventually(() => page.evaluate(isLibraryReady)).toBe(true)
      await page.type('recap')
      await eventually(() => page.evaluate(isFound, 'recap', count)).toBe(true)
      const tiles = await page.evaluate(tilesShown)
      await page.press('ArrowDown')
      for (const key of keysToPickPairsReversed(count)) await page.press(key)
      return tiles
        .slice(0, count)
        .map((_, index) => tiles[index % 2 === 0 ? index + 1 : index - 1] ?? '')
    },

    /** Adds what is picked; resolves with the names of the rows that are there in the next frame. */
    async addPicked(count: number) {
      await page.observe(namesInNextFrame, 'click')
      await page.click({ role: 'button', name: `Add ${count} videos` })
      return page.observed()
    },

    /** Comes back to the tab after its list has got old, which makes it ask the server. */
    async comeBack() {
      await page.bringToFront()
      await page.evaluate(comeBackLater)
    },
  }
}

const rowOf = (videoId: string) => `[data-video-id="${videoId}"]`

async function clickIn(page: Page, videoId: string, verb: string) {
  const within = rowOf(videoId)
  await page.click({ role: 'button', name: `${verb} ${await nameOf(page, videoId)}`, within })
}

/** Opens a row's editor and types over the name's selected part; resolves with the ending, which stays. */
async function typeInto(page: Page, videoId: string, name: string): Promise<string> {
  const [ending = ''] = /\.[^.]*$/.exec(await nameOf(page, videoId)) ?? []
  await clickIn(page, videoId, 'Rename')
  await eventually(async () => (await page.evaluate(typingIn, videoId))?.hasFocus).toBe(true)
  await page.type(name)
  return ending
}

const nameOf = async (page: Page, videoId: string) =>
  (await page.evaluate(rowsShown)).find(({ id }) => id === videoId)?.name ?? ''

const statusLine = () => document.querySelector('section [role="status"]')?.textContent ?? ''

const rowsShown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-video-id]')].map((row) => ({
    id: row.dataset.videoId ?? '',
    name: row.getAttribute('aria-label') ?? '',
    status: row.dataset.status ?? '',
  }))

const isLibraryReady = () =>
  document.activeElement?.getAttribute('type') === 'search' &&
  document.querySelector('[role="dialog"] [role="grid"] [role="row"]') !== null

const tilesShown = () =>
  [...document.querySelectorAll('[role="dialog"] [role="grid"] [role="row"]')].map(
    (tile) => tile.getAttribute('aria-label') ?? '',
  )

function isFound(words: string, count: number): boolean {
  const tiles = [...document.querySelectorAll('[role="dialog"] [role="grid"] [role="row"]')]
  const isMatch = (tile: Element) => tile.getAttribute('aria-label')?.toLowerCase().includes(words)
  return tiles.length >= count && tiles.every(isMatch)
}

function typingIn(videoId: string): Typing | null {
  const input = document.querySelector<HTMLInputElement>(`[data-video-id="${videoId}"] input`)
  return (
    input && {
      text: input.value,
      caret: [input.selectionStart, input.selectionEnd],
      hasFocus: document.activeElement === input,
    }
  )
}

/** What a row says below its name; nothing while its editor is open. */
function wordsIn(videoId: string): string | null {
  const row = document.querySelector(`[data-video-id="${videoId}"]`)
  const notes = [...(row?.querySelectorAll('p') ?? [])].slice(1)
  return row?.querySelector('input') ? null : notes.map((note) => note.textContent).join(' ')
}

function comeBackLater() {
  const now = Date.now
  Date.now = () => now() + 11_000
  dispatchEvent(new Event('visibilitychange'))
}

function noteChanges(look: typeof typingIn, videoId: string): (Typing | null)[] {
  const noted: (Typing | null)[] = []
  const note = () => {
    const typing = look(videoId)
    if (JSON.stringify(typing) !== JSON.stringify(noted.at(-1))) noted.push(typing)
    requestAnimationFrame(note)
  }
  note()
  return noted
}
