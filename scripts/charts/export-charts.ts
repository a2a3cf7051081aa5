import { mkdirSync, writeFileSync } from 'node:fs'
import { buildExportFiles, findOutdatedPictures, listPictures } from './chart-files.ts'
import { renderPng } from './png.ts'

mkdirSync('docs/charts', { recursive: true })
const exported = buildExportFiles()
for (const { path, content } of exported) write(path, content)
// The bytes of a PNG depend on the computer, so an up-to-date one stays.
for (const { path, svg } of findOutdatedPictures(listPictures(exported)))
  write(path, await renderPng(svg))

function write(path: string, content: string | Buffer) {
  writeFileSync(path, content)
  console.log(`Wrote ${path}.`)
}
