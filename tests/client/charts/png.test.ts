import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findOutdatedPictures, listPictures } from '#scripts/charts/chart-files.ts'
import { hashSvg, readSvgHash, renderPng } from '#scripts/charts/png.ts'

const createSvg = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" font-family="system-ui, sans-serif">${style}<rect width="90" height="40" class="fill-surface"/><text x="9" y="20" class="fill-ink">${words}</text></svg>`
const style =
  '<style>:root{--ink:#1b1a19;--surface:#ffffff}@media (prefers-color-scheme:dark){:root{--ink:#ededef;--surface:#000000}}.fill-ink{fill:var(--ink)}.fill-surface{fill:var(--surface)}</style>'

it('has twice the size of its SVG, its text and its hash', async () => {
  const svg = createSvg('Door')
  const png = await renderPng(svg)
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([180, 80])
  expect(readSvgHash(png)).toBe(hashSvg(svg))
  const wordless = await renderPng(createSvg(''))
  expect(png.length).toBeGreaterThan(wordless.length + 200)
})

it('is outdated if it is missing, of another SVG, or not rendered here', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-pictures-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const svg = createSvg('Door')
  const files = ['fresh', 'older', 'strange', 'missing'].map((name) => ({
    path: path.join(folder, `${name}.svg`),
    content: svg,
  }))
  writeFileSync(path.join(folder, 'fresh.png'), await renderPng(svg))
  writeFileSync(path.join(folder, 'older.png'), await renderPng(createSvg('Gate')))
  writeFileSync(path.join(folder, 'strange.png'), 'Not a picture')
  const outdated = findOutdatedPictures(listPictures(files))
  expect(outdated.map((picture) => path.basename(picture.path))).toEqual([
    'older.png',
    'strange.png',
    'missing.png',
  ])
})
