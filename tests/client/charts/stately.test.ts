import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { findDifferences } from '#scripts/charts/chart-facts.ts'
import { findUnlisted, listMachineFiles } from '#scripts/charts/machine-files.ts'
import { extractMachine } from '#scripts/charts/stately-extractor.ts'

const readSource = (machineId: string) => readFileSync(`machines/${machineId}.machine.ts`, 'utf8')
const charts = chartEntries.map(({ machine }) => readChart(machine))
const chapterCharts = charts.filter(({ machineId }) => machineId === 'chapter')

it.each(charts)('Stately reads the $machineId machine exactly as it runs', (chart) => {
  expect(findDifferences(chart, extractMachine(readSource(chart.machineId)))).toEqual([])
})

it.each([
  ["tags: ['busy']", "tags: ['idle']", 'chapter.showing is atomic; tags idle'],
  ["guard: 'isSettled',", '', 'chapter.linking on always always (0); targets chapter.settled'],
  [
    "actions: 'keepEditor'",
    "actions: { type: 'keepEditor', params: { by: 2 } }",
    'actions keepEditor (by: 2)',
  ],
  ["src: 'framePainted'", "src: 'frameDrawn'", 'chapter.showing invokes framePainted: frameDrawn'],
  ["'Links are in flight.'", "'Busy.'", 'chapter.linking is atomic; tags busy; description Busy.'],
  ["initial: 'settled'", "initial: 'linking'", 'chapter is compound; initial chapter.linking'],
])('finds the difference when %s is replaced by %s', (source, replacement, fact) => {
  const read = extractMachine(readSource('chapter').replace(source, replacement))
  const differences = chapterCharts.map((chart) => findDifferences(chart, read))
  expect(differences).toEqual([
    [expect.stringMatching(/^- runs: {2}chapter/), expect.stringContaining(fact)],
  ])
})

it('finds a part that is not a literal', () => {
  const source = readSource('chapter').replace('linking: {', 'linking: linkingState,\n    other: {')
  const [difference] = chapterCharts.map((chart) => findDifferences(chart, extractMachine(source)))
  expect(difference).toContain(
    '- runs:  chapter.linking is atomic; tags busy; description Links are in flight.',
  )
})

it('finds machines that the chart page does not list', () => {
  const listedIds = charts.map(({ machineId }) => machineId)
  expect(findUnlisted(listMachineFiles(), listedIds)).toEqual([])
  expect(
    findUnlisted(
      listMachineFiles(),
      listedIds.filter((id) => id !== 'video'),
    ),
  ).toEqual([
    'machines/video.machine.ts has no entry: add it to src/client/app/charts/chart-entries.ts.',
  ])
})
