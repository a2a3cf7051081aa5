import { readFileSync } from 'node:fs'
import { chartEntries } from '../../src/client/app/charts/chart-entries.ts'
import { chartOf } from '../../src/client/features/charts/chart-model.ts'
import { differenceOf } from './chart-facts.ts'
import { extractMachine } from './stately-extractor.ts'

for (const { machine } of chartEntries) {
  const source = readFileSync(`machines/${machine.id}.machine.ts`, 'utf8')
  const difference = differenceOf(chartOf(machine), extractMachine(source))
  if (difference.length === 0) continue
  console.error(`Stately reads ${machine.id} otherwise than it runs:\n${difference.join('\n')}`)
  process.exitCode = 1
}
