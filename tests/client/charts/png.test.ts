import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { outdatedPicturesOf, picturesOf } from '#scripts/charts/chart-files.ts'
import { drawPng, stampIn, stampOf } from '#scripts/charts/png.ts'

const svgWith = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" font-family="system-ui, sans-serif">${style}<rect width="90" height="40" class="fill-surface"/><text x="9" y="20" class="fill-ink">${words}</text></svg>`
const style =
  '<style>:root{--ink:#1b1a19;--surface:#ffffff}@media (prefers-color-scheme:dark){:root{--ink:#ededef;--surface:#000000}}.fill-ink{fill:var(--ink)}.fill-surface{fill:var(--surface)}</style>'

it('is twice as large as its SVG, has its words, and says what it was drawn from', async () => {
  const svg = svgWith('Door')
  const png = await drawPng(svg)
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([180, 80])
  expect(stampIn(png)).toBe(stampOf(svg))
  const wordless = await drawPng(svgWith(''))
  expect(png.length).toBeGreaterThan(wordless.length + 200)
})

it('is out of date when it is missing, of another SVG, or no picture of ours', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-pictures-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const svg = svgWith('Door')
  const files = ['fresh', 'older', 'strange', 'missing'].map((name) => ({
    path: path.join(folder, `${name}.svg`),
    content: svg,
  }))
  writeFileSync(path.join(folder, 'fresh.png'), await drawPng(svg))
  writeFileSync(path.join(folder, 'older.png'), await drawPng(svgWith('Gate')))
  writeFileSync(path.join(folder, 'strange.png'), 'Not a picture')
  const outdated = outdatedPicturesOf(picturesOf(files))
  expect(outdated.map((picture) => path.basename(picture.path))).toEqual([
    'older.png',
    'strange.png',
    'missing.png',
  ])
})
