import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { differenceOf } from '#scripts/charts/chart-facts.ts'
import { machinesWithFile, unlistedMachines } from '#scripts/charts/machine-files.ts'
import { extractMachine } from '#scripts/charts/stately-extractor.ts'

const sourceOf = (machineId: string) => readFileSync(`machines/${machineId}.machine.ts`, 'utf8')
const charts = chartEntries.map(({ machine }) => chartOf(machine))
const ofChapter = charts.filter(({ machineId }) => machineId === 'chapter')

it.each(charts)('Stately reads the $machineId machine as it runs', (chart) => {
  expect(differenceOf(chart, extractMachine(sourceOf(chart.machineId)))).toEqual([])
})

it.each([
  ["tags: ['busy']", "tags: ['idle']", 'chapter.placing is atomic; tags idle'],
  ["guard: 'isSettled',", '', 'chapter.linking on always always (0); targets chapter.settled'],
  [
    "actions: 'countVideo'",
    "actions: { type: 'countVideo', params: { by: 2 } }",
    'actions countVideo (by: 2)',
  ],
  ["src: 'framePainted'", "src: 'frameDrawn'", 'chapter.placing invokes framePainted: frameDrawn'],
  ["'Links are under way.'", "'Busy.'", 'chapter.linking is atomic; tags busy; description Busy.'],
  ["initial: 'settled'", "initial: 'linking'", 'chapter is compound; initial chapter.linking'],
])('tells when %s reads %s', (written, instead, said) => {
  const read = extractMachine(sourceOf('chapter').replace(written, instead))
  const differences = ofChapter.map((chart) => differenceOf(chart, read))
  expect(differences).toEqual([
    [expect.stringMatching(/^- runs: {2}chapter/), expect.stringContaining(said)],
  ])
})

it('tells of a part that is not written in place', () => {
  const source = sourceOf('chapter').replace('linking: {', 'linking: linkingState,\n    other: {')
  const [difference] = ofChapter.map((chart) => differenceOf(chart, extractMachine(source)))
  expect(difference).toContain(
    '- runs:  chapter.linking is atomic; tags busy; description Links are under way.',
  )
})

it('finds every machine that has a file, and tells which one the chart page lacks', () => {
  const listed = charts.map(({ machineId }) => machineId)
  expect(unlistedMachines(machinesWithFile(), listed)).toEqual([])
  expect(unlistedMachines(machinesWithFile(), ['chapter', 'workspace'])).toEqual([
    'machines/video.machine.ts has no entry: add it to src/client/app/charts/chart-entries.ts.',
  ])
})
