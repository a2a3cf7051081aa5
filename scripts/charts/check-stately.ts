import { readFileSync } from 'node:fs'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { findDifferences } from './chart-facts.ts'
import { findUnlisted, listMachineFiles } from './machine-files.ts'
import { extractMachine } from './stately-extractor.ts'

const listedIds = chartEntries.map(({ machine }) => machine.id)
for (const problem of findUnlisted(listMachineFiles(), listedIds)) fail(problem)

for (const { machine } of chartEntries) {
  const source = readFileSync(`machines/${machine.id}.machine.ts`, 'utf8')
  const difference = findDifferences(readChart(machine), extractMachine(source))
  if (difference.length === 0) continue
  fail(`Stately reads ${machine.id} differently from what runs:\n${difference.join('\n')}`)
}

function fail(reason: string) {
  console.error(reason)
  process.exitCode = 1
}
