import { writeFileSync } from 'node:fs'
import Elk from 'elkjs/lib/elk.bundled.js'
import { chartEntries } from '../../src/client/app/charts/chart-entries.ts'
import { chartOf } from '../../src/client/features/charts/chart-model.ts'
import { estimateText } from '../../src/client/features/charts/layout/estimated-text.ts'
import type { Direction } from '../../src/client/features/charts/layout/layout.ts'
import { layoutGraphOf } from '../../src/client/features/charts/layout/layout-graph.ts'
import { storeLayout } from '../../src/client/features/charts/layout/stored-layout.ts'
import { visibleChartOf } from '../../src/client/features/charts/layout/visible-chart.ts'

const engine = new Elk()
const directions: Direction[] = ['down', 'right']
const made: [string, unknown][] = []

for (const { machine } of chartEntries) {
  const visible = visibleChartOf(chartOf(machine), new Set())
  for (const direction of directions) {
    const { graph } = layoutGraphOf(visible, direction, estimateText)
    const wanted = structuredClone(graph)
    made.push([`${machine.id} ${direction}`, storeLayout(wanted, await engine.layout(graph))])
  }
}

const lines = made.map(([name, layout]) => `  ${JSON.stringify(name)}: ${JSON.stringify(layout)}`)
writeFileSync('src/client/app/charts/layouts/stored-layouts.json', `{\n${lines.join(',\n')}\n}\n`)
console.log(`Laid out ${made.length} charts.`)
