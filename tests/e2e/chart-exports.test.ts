import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { toMachineConfig } from '#charts/export/machine-config.ts'
import { toMermaid } from '#charts/export/mermaid.ts'
import { toScxml } from '#charts/export/scxml.ts'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { endToEndTest } from '../support/e2e-test.ts'

const test = endToEndTest()
const chart = readChart(chapterMachine)

test('The built page exports its chart in every format', async ({ page }) => {
  await page.goto('/charts?machine=chapter')
  await page.locator('svg [data-state-id="chapter"]').waitFor()

  const svg = await exportFile(page, 'SVG', 'chapter.svg')
  const size = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg.toString())?.slice(1).map(Number)
  const [width = 0, height = 0] = size ?? []
  expect(listStateIds(svg.toString())).toEqual([
    'chapter',
    'chapter.linking',
    'chapter.settled',
    'chapter.showing',
  ])

  const png = await exportFile(page, 'PNG', 'chapter.png')
  expect([...png.subarray(0, 8)]).toEqual(pngSignature)
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height])
  expect(png.length).toBeGreaterThan(10_000)

  const mermaid = await exportFile(page, 'Mermaid', 'chapter.mmd')
  expect(mermaid.toString()).toBe(toMermaid(chart))
  const scxml = await exportFile(page, 'SCXML', 'chapter.scxml')
  expect(scxml.toString()).toBe(toScxml(chart))
  const json = await exportFile(page, 'JSON', 'chapter.json')
  expect(JSON.parse(json.toString())).toEqual(toMachineConfig(chart))
})

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const listStateIds = (svg: string) =>
  [...svg.matchAll(/data-state-id="([^"]*)"/g)].map(([, id]) => id).sort()

async function exportFile(page: Page, format: string, name: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: `Export as ${format}` }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(name)
  return readFileSync(await download.path())
}
