import { mkdirSync, writeFileSync } from 'node:fs'
import { exportFiles, layoutFile } from './chart-files.ts'

mkdirSync('docs/charts', { recursive: true })
for (const { path, content } of [...(await exportFiles()), await layoutFile()]) {
  writeFileSync(path, content)
  console.log(`Wrote ${path}.`)
}
