import { mkdirSync, writeFileSync } from 'node:fs'
import { buildExportFiles } from './chart-files.ts'

mkdirSync('docs/charts/examples', { recursive: true })
for (const { path, content } of buildExportFiles()) {
  writeFileSync(path, content)
  console.log(`Wrote ${path}.`)
}
