import { rmSync } from 'node:fs'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { delay } from '#shared/delay.ts'
import { seededRandom } from '#shared/random.ts'
import { addVideos, getButton, getEditor, locateChapter } from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'
import { startKillableBrowser } from '../support/killable-browser.ts'
import { temporaryFolder } from '../support/running-server.ts'
import { readStoredVideos } from '../support/stored-records.ts'

const test = endToEndTest('latency=100-900')

/** How often the browser is killed during links and typing. */
const kills = Number(process.env.LECTERN_KILLS ?? 2)

const typed = 'Half typed'
/** The part that is stored before the browser is killed. */
const stored = typed.slice(0, 4)

test('Whenever the browser is killed, its links resume and typed text is restored', {
  timeout: (10 + kills) * 60_000,
}, async ({ api, server }) => {
  const random = seededRandom(11)
  const profile = temporaryFolder()
  for (let kill = 1; kill <= kills; kill += 1) {
    const { course, chapter } = await createCourse(api)
    const open = async (page: Page) => {
      await page.goto(`${server.address}/courses/${course.id}`)
      await page.getByRole('heading', { level: 1, name: course.title }).waitFor()
      return locateChapter(page)
    }
    const browser = await startKillableBrowser(profile)
    const page = await browser.context.newPage()
    const view = await open(page)
    const names = await addVideos(page, view, 4)
    await view.rows.nth(3).waitFor()
    const readStored = () => readStoredVideos(page)
    const ids = await view.ids()
    await expect
      .poll(async () => (await readStored()).map(({ id }) => id))
      .toEqual(expect.arrayContaining(ids))
    await getButton(view.rows.first(), 'Rename').click()
    const editor = getEditor(view.rows.first())
    await editor.fill('')
    await editor.pressSequentially(stored)
    // An earlier page may have been killed before it deleted the same text of another video.
    const readStoredText = async () =>
      (await readStored()).find(({ id }) => id === ids[0])?.draft?.text
    await expect.poll(readStoredText).toBe(stored)
    const typing = editor.pressSequentially(typed.slice(stored.length), { delay: 60 })
    // At a random moment while typing, or shortly afterwards.
    await delay(random() * 900)
    await Promise.all([browser.kill(), typing.catch(() => {})])

    const next = await startKillableBrowser(profile)
    const again = await open(await next.context.newPage())
    await eventually(again.ids).toEqual(ids)
    const text = await getEditor(again.rows.first()).inputValue()
    expect(text.startsWith(stored) && typed.startsWith(text), `“${text}” after kill ${kill}`).toBe(
      true,
    )
    await eventually(again.statuses).toEqual(names.map(() => 'linked'))
    expect(await api.filenames(chapter.id)).toEqual(names)
    await getEditor(again.rows.first()).press('Escape')
    await next.kill()
  }
  rmSync(profile, { recursive: true, force: true })
})
