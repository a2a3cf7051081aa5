import type { Page } from 'playwright'
import { makeChapter, sendTo } from '../chapter.ts'
import { withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Bench, Measurement, Scenario } from '../measurement.ts'

type Encoding = 'gzip' | 'br'
type Script = { name: string; bytes: number; encoding: string }

/** What the browser fetches of JavaScript, before anything is pressed and after. */
export const pageWeight: Scenario = {
  name: 'page-weight',
  title: 'First load of the course page: JavaScript over the wire',
  async run(bench: Bench) {
    const gzip = await weigh(bench, 'gzip')
    const brotli = await weigh(bench, 'br')
    return [
      { ...measured('At first, gzip', gzip.first), target: { of: 'most', atMost: 220 } },
      measured('More when the picker opens, gzip', gzip.picker),
      measured('More when the player opens, gzip', gzip.player),
      measured('At first, as Chromium asks for it: brotli', brotli.first),
    ]
  },
}

async function weigh({ browser, library }: Bench, encoding: Encoding) {
  const lectern = await startLectern(library.copy())
  const chapter = await makeChapter(sendTo(lectern.address), library.filling.slice(0, 60))
  const options = { extraHTTPHeaders: { 'accept-encoding': encoding } }
  const walk = async (page: Page) => {
    const first = await scriptsIn(page, encoding)
    await page.getByRole('button', { name: 'Add videos' }).click()
    await page.getByRole('row').first().waitFor()
    const withPicker = await scriptsIn(page, encoding)
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /^Play / })
      .first()
      .click()
    await page.getByRole('dialog').waitFor()
    const all = await scriptsIn(page, encoding)
    return {
      first,
      picker: withPicker.slice(first.length),
      player: all.slice(withPicker.length),
    }
  }
  try {
    return await withCoursePage(browser, lectern, chapter, walk, options)
  } finally {
    await lectern.stop()
  }
}

/** The scripts that were fetched since the page was opened, once the network is quiet. */
async function scriptsIn(page: Page, encoding: Encoding): Promise<Script[]> {
  await page.waitForLoadState('networkidle')
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      // TypeScript's own types don't know the encoding.
      .map((entry) => entry as PerformanceResourceTiming & { contentEncoding: string })
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize, contentEncoding }) => ({
        name: new URL(name).pathname.replace(/^.*\/|-[\w-]{8}\.js$/g, ''),
        bytes: encodedBodySize,
        encoding: contentEncoding,
      })),
  )
  const other = scripts.find((script) => script.encoding !== encoding)
  if (other) throw new Error(`${other.name} came as ${other.encoding}, not as ${encoding}`)
  return scripts
}

function measured(what: string, scripts: readonly Script[]): Measurement {
  const byWeight = [...scripts].sort((one, other) => other.bytes - one.bytes)
  return {
    what,
    unit: 'kB',
    samples: [scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000],
    note: byWeight.map(({ name, bytes }) => `${name} ${(bytes / 1000).toFixed(1)}`).join(', '),
  }
}
