import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMachine } from 'xstate'
import { listStates } from '#charts/chart.ts'
import type { LayoutGraph } from '#charts/layout/engine/graph.ts'
import { placeGraph } from '#charts/layout/engine/place-graph.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { EngineLoadError } from '#charts/layout/layout-in-worker.ts'
import { createLayoutService } from '#charts/layout/layout-service.ts'
import { readChart } from '#charts/read-chart.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { createSteps } from '#scripts/charts/large-charts.ts'

const collapsed = new Set<string>()
const small = { chart: readChart(videoMachine), direction: 'down', collapsed } as const
const large = { chart: readChart(createSteps(100)), direction: 'down', collapsed } as const

/** Creates an engine that never finishes graphs with more arrows than this, unless aborted. */
const createSlowEngine = (maxArrows: number) =>
  vi.fn((graph: LayoutGraph, signal: AbortSignal) =>
    graph.arrows.length <= maxArrows
      ? Promise.resolve(placeGraph(graph))
      : new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
  )

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('The layout service', () => {
  it('lays out a small chart synchronously and caches the layout', () => {
    const service = createLayoutService({ measure: estimateText })
    const layout = service.getLayout(small)
    expect(layout?.states.length).toBe(listStates(small.chart.root).length)
    expect(service.getLayout(small)).toBe(layout)
  })

  it('tells a state whose id has a space from two collapsed states', () => {
    const chart = readChart(
      createMachine({ initial: 'a', states: { a: {}, b: {}, c: { id: 'a b' } } }),
    )
    const service = createLayoutService({ measure: estimateText })
    const layOut = (ids: string[]) =>
      service.getLayout({ chart, direction: 'down', collapsed: new Set(ids) })
    expect(layOut(['a', 'b'])).not.toBe(layOut(['a b']))
  })

  it('lays out a large chart in the worker and caches the layout', async () => {
    const layOut = createSlowEngine(1_000)
    const service = createLayoutService({ layOut, measure: estimateText })
    expect(service.getLayout(large)).toBeUndefined()
    const layout = await service.computeLayout(large)
    expect(layout.simplification).toBeUndefined()
    expect(service.getLayout(large)).toBe(layout)
    expect(layOut).toHaveBeenCalledTimes(1)
  })

  it('aborts a layout that takes too long, and draws only main paths, with a message', async () => {
    const layOut = createSlowEngine(110)
    const service = createLayoutService({ layOut, measure: estimateText })
    const computed = service.computeLayout(large)
    await vi.advanceTimersByTimeAsync(10_000)
    const layout = await computed
    expect(layout.simplification).toContain('Only main paths are drawn as lines')
    expect(layout.arrows.every(({ isMain }) => isMain)).toBe(true)
    expect(layOut.mock.calls[0]?.[1].aborted).toBe(true)
  })

  it('collapses the outermost states if that takes too long, too', async () => {
    const chart = {
      ...large.chart,
      root: { ...large.chart.root, states: [{ ...large.chart.root, id: 'inside', key: 'inside' }] },
      transitions: large.chart.transitions,
    }
    const layOut = createSlowEngine(0)
    const service = createLayoutService({ layOut, measure: estimateText })
    const computed = service.computeLayout({ ...large, chart })
    await vi.advanceTimersByTimeAsync(20_000)
    expect((await computed).simplification).toContain('outermost states are collapsed')
  })

  it('reports the reason if every view fails, and tries again the next time', async () => {
    const layOut = createSlowEngine(-1)
    const service = createLayoutService({ layOut, measure: estimateText })
    const failure = service.computeLayout(large).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await failure).toEqual(new Error('The layout took too long.'))
    layOut.mockImplementation((graph) => Promise.resolve(placeGraph(graph)))
    expect((await service.computeLayout(large)).simplification).toBeUndefined()
  })

  it('tries no simpler view if the engine can’t be loaded', async () => {
    const layOut = vi.fn(() => Promise.reject(new EngineLoadError()))
    const service = createLayoutService({ layOut, measure: estimateText })
    await expect(service.computeLayout(large)).rejects.toThrow('can’t be loaded')
    expect(layOut).toHaveBeenCalledTimes(1)
  })
})
