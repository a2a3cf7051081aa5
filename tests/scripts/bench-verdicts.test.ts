import { describe, expect, test } from 'vitest'
import { judgeTarget, type Target } from '../../bench/measurement.ts'
import { judgeCell } from '../../bench/peer-runs/judge-cell.ts'
import type { CellResult } from '../../bench/peer-runs/peers-samples.ts'
import { renderReportPage } from '../../bench/peer-runs/report-page.ts'
import type { RunResult } from '../../bench/peer-runs/run-once.ts'
import { fitExponent } from '../../bench/scenarios/scale.ts'

const judge = (samples: number[], target: Target) =>
  judgeTarget({ label: 'A step', unit: 'ms', samples, target })

describe('a target', () => {
  const target: Target = { statistic: 'median', atMost: 100 }

  test('is met or missed if all of the interval is on one side of it', () => {
    expect(judge([80, 81, 82, 83, 84, 85], target)).toBe('yes')
    expect(judge([180, 181, 182, 183, 184, 185], target)).toBe('NO')
    expect(judge([180, 181, 182], { statistic: 'median', atLeast: 100 })).toBe('yes')
  })

  test('is not decided by samples on both sides of it', () => {
    expect(judge([80, 90, 99, 101, 110, 120], target)).toBe('noise')
  })

  test('is not judged if there is none', () => {
    expect(judgeTarget({ label: 'A step', unit: 'ms', samples: [1] })).toBeUndefined()
  })
})

describe('the cost of a step', () => {
  test('has the exponent of the power law that it follows', () => {
    const sizes = [100, 1_000, 10_000]
    const grow = (exponent: number) => sizes.map((size) => ({ size, cost: 3 * size ** exponent }))
    expect(fitExponent(grow(0.5))).toBeCloseTo(0.5)
    expect(fitExponent(grow(1))).toBeCloseTo(1)
    expect(fitExponent(grow(0))).toBeCloseTo(0)
  })
})

describe('a cell', () => {
  const lectern = { layer: 'lectern', transport: 'batch' } as const
  const peer = { layer: 'rtk-query', transport: 'batch' } as const

  const createRuns = (measures: Partial<RunResult>): RunResult[] =>
    Array.from({ length: 10 }, (_, round) => ({
      wrongFrames: 0,
      missing: 0,
      vanished: 0,
      doubled: 0,
      stale: 0,
      misplaced: 0,
      longestInteraction: 16,
      editsLost: 0,
      unfocusedFrames: 0,
      requests: 1,
      lists: 1,
      longTasks: 0,
      blockedTime: 0,
      heap: 5,
      frames: 100,
      ...measures,
      painted: (measures.painted ?? 40) + round,
      settled: (measures.settled ?? 300) + round,
    }))

  const createCell = (
    own: Partial<RunResult>,
    other: Partial<RunResult>,
    picks: 1 | 50 = 50,
  ): CellResult => ({
    cell: { picks, rows: 0, latency: 'fixed', refused: 0, cpu: 1 },
    contenders: [
      { contender: { name: 'lectern/batch', ...lectern }, runs: createRuns(own) },
      { contender: { name: 'rtk-query/batch', ...peer }, runs: createRuns(other) },
    ],
    skipped: [],
    failures: [],
  })

  const judgements = (result: CellResult) =>
    judgeCell(result).map(({ verdict, reason }) => `${verdict} ${reason}`.trim())

  test('is judged by what Lectern shows and loses, and by the fastest peer', () => {
    const slower = { painted: 90, settled: 900 }
    expect(judgements(createCell({}, slower))).toEqual(['yes', 'yes', 'yes', 'yes'])
    expect(judgements(createCell({ wrongFrames: 2, editsLost: 1 }, slower))).toEqual([
      'NO in 10 runs',
      'NO in 10 runs',
      'yes',
      'yes',
    ])
    expect(judgements(createCell({}, { painted: 20, settled: 300 }))).toEqual([
      'yes',
      'yes',
      'NO ahead: rtk-query/batch',
      'noise level: rtk-query/batch',
    ])
  })

  test('is not judged by the times of a few rounds', () => {
    const { contenders, ...cell } = createCell({}, { painted: 1 })
    const short = contenders.map(({ contender, runs }) => ({ contender, runs: runs.slice(0, 4) }))
    expect(judgements({ ...cell, contenders: short }).slice(2)).toEqual([
      'noise too few rounds',
      'noise too few rounds',
    ])
  })

  test('counts a peer that never settles as slower', () => {
    const never = { painted: 90, settled: Number.POSITIVE_INFINITY }
    expect(judgements(createCell({}, never)).at(-1)).toBe('yes')
  })

  test('with few picks is judged by what is shown and lost alone', () => {
    expect(judgements(createCell({}, { painted: 1 }, 1))).toEqual(['yes', 'yes'])
  })

  test('is drawn with every contender, in a page that needs no other file', () => {
    const page = renderReportPage('Chromium <1>', [
      createCell({}, { settled: Number.POSITIVE_INFINITY }),
    ])
    expect(page).toContain('Chromium &#60;1&#62;')
    expect(page.match(/<svg/g)).toHaveLength(4)
    expect(page.match(/rtk-query\/batch/g)?.length).toBeGreaterThanOrEqual(4)
    expect(page).toContain('never')
    expect(page).not.toMatch(/NaN|undefined|src=|href=/)
  })
})
