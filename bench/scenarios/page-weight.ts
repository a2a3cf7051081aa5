import type { Page } from 'playwright'
import { createChapter, sendTo } from '../chapter.ts'
import { withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Bench, Measurement, Scenario } from '../measurement.ts'

type Encoding = 'gzip' | 'br'
type Script = { name: string; bytes: number; encoding: string }

/** The JavaScript that the browser fetches at first, and when the picker and the player open. */
export const pageWeight: Scenario = {
  name: 'page-weight',
  title: 'First load of the course page: JavaScript over the wire',
  async run(bench: Bench) {
    const gzip = await weigh(bench, 'gzip')
    const brotli = await weigh(bench, 'br')
    return [
      {
        ...createMeasurement('First load, gzip', gzip.first),
        target: { statistic: 'max', atMost: 220 },
      },
      createMeasurement('Added by opening the picker, gzip', gzip.picker),
      createMeasurement('Added by opening the player, gzip', gzip.player),
      createMeasurement('First load, brotli, which Chromium asks for', brotli.first),
    ]
  },
}

async function weigh({ browser, library }: Bench, encoding: Encoding) {
  const lectern = await startLectern(library.copy())
  const chapter = await createChapter(sendTo(lectern.address), library.filling.slice(0, 60))
  const options = { extraHTTPHeaders: { 'accept-encoding': encoding } }
  const listAll = async (page: Page) => {
    const first = await listScripts(page, encoding)
    await page.getByRole('button', { name: 'Add videos' }).click()
    await page.getByRole('row').first().waitFor()
    const withPicker = await listScripts(page, encoding)
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /^Play / })
      .first()
      .click()
    await page.getByRole('dialog').waitFor()
    const all = await listScripts(page, encoding)
    return {
      first,
      picker: withPicker.slice(first.length),
      player: all.slice(withPicker.length),
    }
  }
  try {
    return await withCoursePage(browser, lectern, chapter, listAll, options)
  } finally {
    await lectern.stop()
  }
}

/** Lists the scripts fetched since the page was opened, once the network is idle. */
async function listScripts(page: Page, encoding: Encoding): Promise<Script[]> {
  await page.waitForLoadState('networkidle')
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      // TypeScript's DOM types lack the encoding.
      .map((entry) => entry as PerformanceResourceTiming & { contentEncoding: string })
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize, contentEncoding }) => ({
        name: new URL(name).pathname.replace(/^.*\/|-[\w-]{8}\.js$/g, ''),
        bytes: encodedBodySize,
        encoding: contentEncoding,
      })),
  )
  const wrong = scripts.find((script) => script.encoding !== encoding)
  if (wrong) throw new Error(`${wrong.name} was sent as ${wrong.encoding}, not as ${encoding}`)
  return scripts
}

function createMeasurement(label: string, scripts: readonly Script[]): Measurement {
  const byWeight = [...scripts].sort((a, b) => b.bytes - a.bytes)
  return {
    label,
    unit: 'kB',
    samples: [scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000],
    note: byWeight.map(({ name, bytes }) => `${name} ${(bytes / 1000).toFixed(1)}`).join(', '),
  }
}
