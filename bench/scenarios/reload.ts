import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { initialContext } from '#machines/video.context.ts'
import { createChapter, createLinks, sendTo } from '../chapter.ts'
import { withPage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Asset } from '../library.ts'
import type { Bench, Scenario } from '../measurement.ts'

const listed = 1500
const pending = 500
const defaultRounds = 10

/** A page that resumes what an earlier one has left. */
export const reload: Scenario = {
  name: 'reload',
  title: `A page that resumes ${pending} pending videos over ${listed} listed ones`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const first: number[] = []
    const without: number[] = []
    try {
      const chapter = await createChapter(sendTo(lectern.address), library.filling.slice(0, listed))
      const assets = library.filling.slice(listed, listed + pending)
      for (let round = 0; round < rounds(defaultRounds); round++) {
        await withPage(browser, async (page) => {
          // Otherwise, resumed videos would be linked, and the next round would start with them.
          await page.route('**/videos/batch', () => {})
          await page.addInitScript(watchFirstRow)
          await page.goto(`${lectern.address}/courses/${chapter.courseId}`)
          await page.waitForFunction(isListStored, chapter.id)
          // From the second visit on, the browser has compiled the code.
          await page.reload()
          await readFirstRow(page)
          await page.reload()
          without.push(await readFirstRow(page))
          await page.evaluate(storeRecords, createRecords(chapter, assets))
          await page.reload()
          first.push(await readFirstRow(page))
          await page.getByText(`0 of ${pending} linked`).waitFor()
        })
      }
    } finally {
      await lectern.stop()
    }
    return [
      { label: 'First row, nothing is left', unit: 'ms', samples: without },
      {
        label: `First row, ${pending} pending`,
        unit: 'ms',
        samples: first,
        target: { statistic: 'median', atMost: 150 },
        note: 'from when the page’s script is fetched to the frame that shows it',
      },
    ]
  },
}

type Watched = { firstRow?: Promise<number> }

/** Runs in the page, before its script: records when the first row is painted. */
function watchFirstRow() {
  const page = globalThis as Watched
  const readScriptStart = () => {
    const script = document.querySelector<HTMLScriptElement>('script[type="module"]')
    const [fetched] = performance.getEntriesByName(script?.src ?? '')
    return (fetched as PerformanceResourceTiming).responseEnd
  }
  page.firstRow = new Promise((resolve) => {
    const checkNextFrame = () => {
      if (!document.querySelector('[data-video-id]')) return requestAnimationFrame(checkNextFrame)
      return requestAnimationFrame(() => resolve(performance.now() - readScriptStart()))
    }
    requestAnimationFrame(checkNextFrame)
  })
}

const readFirstRow = (page: Page) => page.evaluate(() => (globalThis as Watched).firstRow ?? 0)

/** Unanswered links, as a closed tab has stored them. */
const createRecords = (chapter: Chapter, assets: readonly Asset[]) =>
  createLinks(assets).map((link) => {
    const row = { ...link, chapterId: chapter.id, durationSeconds: 1, version: 0, revision: 0 }
    const {
      request: _request,
      confirmedAt: _time,
      ...context
    } = initialContext({
      ...row,
      isSent: true,
    })
    return { tabId: 'gone', id: link.id, version: 1, chapterId: chapter.id, context, draft: null }
  })

/** Runs in the page: whether the chapter's list is stored for the next page. */
const isListStored = (chapterId: string) =>
  new Promise<boolean>((resolve, reject) => {
    const opening = indexedDB.open('lectern-answers')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('answers').objectStore('answers').getAllKeys()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result.some((key) => String(key).includes(chapterId)))
      }
    }
  })

/** Runs in the page, which has opened its database. */
const storeRecords = (records: object[]) =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('lectern-outbox')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const writing = opening.result.transaction('videos', 'readwrite')
      for (const record of records) writing.objectStore('videos').put(record)
      writing.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
