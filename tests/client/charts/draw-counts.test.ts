import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ChartDrawing } from '#charts/drawing/chart-drawing.tsx'
import { noMarks } from '#charts/drawing/marks.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { countTransitions } from '#charts/model-reports/read-report.ts'
import { readChart } from '#charts/read-chart.ts'
import { history } from './charts/history.chart.ts'

const chart = readChart(history)

it('shows a count for every transition except the default of a history state, which no test can take', async () => {
  const taken = { source: 'player.stopped', event: 'resume', target: null, guard: null, index: 0 }
  const transitions = [{ ...taken, count: 12_345, paths: 1, passed: 1, failed: 0 }]
  const counts = countTransitions(chart, { hash: chart.fingerprint, states: {}, transitions })
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const layout = computeLayout(request, estimateText)
  const [onSelect, onHover, onToggle] = [() => {}, () => {}, () => {}]
  const marks = { ...noMarks, counts }
  const drawn = renderToStaticMarkup(
    createElement(ChartDrawing, { layout, marks, selectedId: null, onSelect, onHover, onToggle }),
  )
  const badges = [...drawn.matchAll(/>(never|×[^<]*)</g)].map(([, words]) => words)
  expect(badges.sort()).toEqual(['never', 'never', 'never', 'never', '×12k'])
  const rows = [...drawn.matchAll(/data-transition-id="([^"]*)" class="([^"]*)"/g)]
  const red = rows.filter(([, , className]) => className?.includes('danger')).map(([, id]) => id)
  expect(red.sort()).toEqual([
    'player.playing.body.first|next|0',
    'player.playing.intro|next|0',
    'player.playing|stop|0',
    'player.stopped|resumeDeep|0',
  ])
  const lines = [...drawn.matchAll(/<g class="fill-none ([^"]*)"/g)].map(
    ([, className]) => className,
  )
  expect(lines.filter((className) => className === 'stroke-line-strong').length).toBe(3)
})
