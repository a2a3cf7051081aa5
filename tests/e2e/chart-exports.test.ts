import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { machineConfigOf } from '#charts/export/machine-config.ts'
import { mermaidOf } from '#charts/export/mermaid.ts'
import { scxmlOf } from '#charts/export/scxml.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { endToEndTest } from '../support/e2e-test.ts'

const test = endToEndTest()
const chart = chartOf(chapterMachine)

test('The built page saves its chart in every format', async ({ page }) => {
  await page.goto('/charts?machine=chapter')
  await page.locator('svg [data-state-id="chapter"]').waitFor()

  const svg = await saved(page, 'SVG', 'chapter.svg')
  const size = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg.toString())?.slice(1).map(Number)
  const [width = 0, height = 0] = size ?? []
  expect(statesIn(svg.toString())).toEqual([
    'chapter',
    'chapter.linking',
    'chapter.placing',
    'chapter.settled',
  ])

  const png = await saved(page, 'PNG', 'chapter.png')
  expect([...png.subarray(0, 8)]).toEqual(pngSignature)
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height])
  expect(png.length).toBeGreaterThan(10_000)

  const mermaid = await saved(page, 'Mermaid', 'chapter.mmd')
  expect(mermaid.toString()).toBe(mermaidOf(chart))
  const scxml = await saved(page, 'SCXML', 'chapter.scxml')
  expect(scxml.toString()).toBe(scxmlOf(chart))
  const json = await saved(page, 'JSON', 'chapter.json')
  expect(JSON.parse(json.toString())).toEqual(machineConfigOf(chart))
})

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const statesIn = (svg: string) =>
  [...svg.matchAll(/data-state-id="([^"]*)"/g)].map(([, id]) => id).sort()

async function saved(page: Page, format: string, name: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: `Export as ${format}` }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(name)
  return readFileSync(await download.path())
}
