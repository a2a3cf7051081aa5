import { readFileSync } from 'node:fs'
import { chartOf } from '#charts/chart-model.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { differenceOf } from './chart-facts.ts'
import { machinesWithFile, unlistedMachines } from './machine-files.ts'
import { extractMachine } from './stately-extractor.ts'

const listed = chartEntries.map(({ machine }) => machine.id)
for (const sentence of unlistedMachines(machinesWithFile(), listed)) fail(sentence)

for (const { machine } of chartEntries) {
  const source = readFileSync(`machines/${machine.id}.machine.ts`, 'utf8')
  const difference = differenceOf(chartOf(machine), extractMachine(source))
  if (difference.length === 0) continue
  fail(`Stately reads ${machine.id} otherwise than it runs:\n${difference.join('\n')}`)
}

function fail(reason: string) {
  console.error(reason)
  process.exitCode = 1
}
