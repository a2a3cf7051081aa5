import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import type { Chart } from '#charts/chart.ts'
import { extractRegion, listRegions } from '#charts/export/extract-region.ts'
import { renderSvg } from '#charts/export/svg.tsx'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { findFaults } from './layout-faults.ts'

const chart = readChart(videoMachine)
const layOut = (shown: Chart) =>
  computeLayout({ chart: shown, direction: 'down', collapsed: new Set() }, estimateText)
const svg = renderSvg(layOut(chart), 'Video')

const findRectangle = (id: string) =>
  svg.match(new RegExp(`data-state-id="${id}"[^>]*><rect([^>]*)>`))?.[1] ?? ''

describe('The picture of a chart', () => {
  it('draws dashed regions with an attribute, which every program supports', () => {
    expect(findRectangle('video.link')).toContain('stroke-dasharray="6 4"')
    expect(findRectangle('video.link.linked')).not.toContain('stroke-dasharray')
  })

  it('draws the main path with stronger lines than the rest', () => {
    expect(findRectangle('video.link.linked')).toContain('stroke-width="2"')
    expect(findRectangle('video.link.failed')).toContain('stroke-width="1"')
    const lines = [...svg.matchAll(/<g class="fill-none ([^"]*)" stroke-width="([^"]*)"/g)]
    const styles = new Set(lines.map(([, className, width]) => `${className} ${width}`))
    expect(styles).toEqual(new Set(['stroke-ink 2.5', 'stroke-line-strong 1']))
  })

  it('wraps regions that would make it much wider than tall', () => {
    const { states, width, height } = layOut(chart)
    const tops = states
      .filter(({ visible }) => visible.parent?.parent === null)
      .map(({ box }) => box.y)
    expect(new Set(tops).size).toBe(2)
    expect(width / height).toBeLessThan(1.5)
  })
})

it.each(['down', 'right'] as const)(
  'wraps many regions to the shape of a screen, %s',
  (direction) => {
    const region = { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } }
    const states = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`r${index}`, region]),
    )
    const many = readChart(createMachine({ type: 'parallel', states }))
    const layout = computeLayout({ chart: many, direction, collapsed: new Set() }, estimateText)
    expect(layout.width / layout.height).toBeGreaterThan(1)
    expect(layout.width / layout.height).toBeLessThan(2)
    expect(findFaults(layout)).toEqual([])
  },
)

describe('The picture of one region', () => {
  it('shows exactly that region, without faults', () => {
    expect(listRegions(chart).map(({ key }) => key)).toEqual(['link', 'filename', 'request'])
    for (const region of listRegions(chart)) {
      const layout = layOut(extractRegion(chart, region))
      expect(findFaults(layout)).toEqual([])
      expect(layout.states.length).toBe(1 + region.states.length)
    }
  })

  it('names the targets of transitions that leave it', () => {
    const [link] = chart.root.states
    const leaving = chart.transitions.find(({ source }) => source === 'video.link.linked')
    if (!link || !leaving) throw new Error('The chart has changed')
    const changed = {
      ...chart,
      transitions: [{ ...leaving, label: 'edit', targets: ['video.filename.editing'] }],
    }
    const { states, arrows } = layOut(extractRegion(changed, link))
    const texts = states.flatMap(({ text }) => text.blocks.flatMap(({ lines }) => lines))
    expect(arrows).toEqual([])
    expect(texts.map(({ text }) => text)).toContain('→ editing')
  })
})
