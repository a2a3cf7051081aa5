import { mkdirSync, writeFileSync } from 'node:fs'
import { exportFiles, layoutFile, outdatedPicturesOf, picturesOf } from './chart-files.ts'
import { drawPng } from './png.ts'

mkdirSync('docs/charts', { recursive: true })
const exported = await exportFiles()
for (const { path, content } of [...exported, await layoutFile()]) write(path, content)
// The same picture may have other bytes on another machine, so one that is up to date stays.
for (const { path, svg } of outdatedPicturesOf(picturesOf(exported)))
  write(path, await drawPng(svg))

function write(path: string, content: string | Buffer) {
  writeFileSync(path, content)
  console.log(`Wrote ${path}.`)
}
