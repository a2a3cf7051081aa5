import Elk from 'elkjs/lib/elk.bundled.js'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { ChartDrawing } from '#charts/drawing/chart-drawing.tsx'
import { noMarks } from '#charts/drawing/marks.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOut } from '#charts/layout/lay-out.ts'
import { countsOf } from '#charts/model-reports/report-file.ts'
import { history } from './charts/history.chart.ts'

const chart = chartOf(history)

it('counts every transition but where history leads at first, which no test can take', async () => {
  const taken = { source: 'player.stopped', event: 'resume', target: null, guard: null, index: 0 }
  const transitions = [{ ...taken, count: 12_345, paths: 1, passed: 1, failed: 0 }]
  const counts = countsOf(chart, { hash: chart.fingerprint, states: {}, transitions })
  const wish = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const layout = await layOut(wish, new Elk(), estimateText)
  const [onSelect, onPoint, onToggle] = [() => {}, () => {}, () => {}]
  const marks = { ...noMarks, counts }
  const drawn = renderToStaticMarkup(
    createElement(ChartDrawing, { layout, marks, selectedId: null, onSelect, onPoint, onToggle }),
  )
  const badges = [...drawn.matchAll(/>(never|×[^<]*)</g)].map(([, words]) => words)
  expect(badges.sort()).toEqual(['never', 'never', 'never', 'never', '×12k'])
  const rows = [...drawn.matchAll(/data-transition-id="([^"]*)" class="([^"]*)"/g)]
  const red = rows.filter(([, , look]) => look?.includes('danger')).map(([, id]) => id)
  expect(red.sort()).toEqual([
    'player.playing.body.first|next|0',
    'player.playing.intro|next|0',
    'player.playing|stop|0',
    'player.stopped|resumeDeep|0',
  ])
  const lines = [...drawn.matchAll(/<g class="fill-none ([^"]*)"/g)].map(([, look]) => look)
  expect(lines.filter((look) => look === 'stroke-line-strong').length).toBe(3)
})
