import { describe, expect, test } from 'vitest'
import { UsageError } from '#scripts/command-line.mjs'
import { seededRandom } from '#shared/random.ts'
import { computePercentile } from '../../bench/measurement.ts'
import {
  defaultCells,
  estimateRun,
  formatCell,
  listAllCells,
  parseCell,
} from '../../bench/peer-runs/cells.ts'
import { drawLatency, drawLinkFault, listRefused } from '../../bench/peer-runs/draw-fault.ts'
import { estimateRequest, readPeersRequest } from '../../bench/peer-runs/peers-request.ts'
import { shuffle } from '../../bench/peer-runs/run-peers.ts'
import { countLines } from '../../bench/peer-runs/weigh-layers.ts'
import { computeRatio } from '../../bench/ratio.ts'

describe('the command line', () => {
  test('without options runs a part that takes at most ten minutes and writes its results', () => {
    const request = readPeersRequest({})
    expect(request).toMatchObject({ cells: defaultCells, rounds: 3, seed: 1, out: 'results' })
    expect(estimateRequest(request)).toBeLessThan(10 * 60_000)
  })

  test('--full runs every cell and transport for 20 rounds', () => {
    const { cells, contenders, rounds } = readPeersRequest({ full: true })
    expect([cells.length, contenders.length, rounds]).toEqual([180, 27, 20])
  })

  test('does not write the results of a selection, and always runs Lectern with its control', () => {
    const { contenders, out } = readPeersRequest({ contenders: ['rtk-query/h2,tanstack-db/trpc'] })
    expect([contenders.map(({ name }) => name), out]).toEqual([
      ['lectern/batch', 'control: lectern/batch again', 'rtk-query/h2', 'tanstack-db/trpc'],
      undefined,
    ])
  })

  test.each([
    {
      command: { only: ['picks=7'] },
      message: /picks must be one of 1, 8, 10, 20, 50, 100, 200, not “7”/,
    },
    {
      command: { only: ['speed=7'] },
      message: /Unknown part “speed” of --only\. Available: picks, rows/,
    },
    { command: { contenders: ['redux'] }, message: /Unknown contender redux\. Available: lectern/ },
    {
      command: { contenders: ['lectern/smoke'] },
      message: /Unknown transport smoke\. Available: batch/,
    },
    { command: { contenders: ['one-by-one/batch'] }, message: /runs only over fetch or h2/ },
    { command: { rounds: '0' }, message: /--rounds takes a whole number of at least 1, not 0/ },
    { command: { patience: 'much' }, message: /--patience takes a whole number/ },
  ])('$command is rejected', ({ command, message }) => {
    expect(() => readPeersRequest(command)).toThrow(message)
    expect(() => readPeersRequest(command)).toThrow(UsageError)
  })
})

test('parsing is the inverse of formatting a cell', () => {
  const cells = listAllCells()
  expect(cells.map((cell) => parseCell(formatCell(cell)))).toEqual(cells)
})

test('the estimate of a run depends on its transport', () => {
  const cell = parseCell('picks=200,refused=0')
  const links = (layer: 'lectern' | 'one-by-one', transport: 'batch' | 'fetch') =>
    estimateRun(cell, { layer, transport }) -
    estimateRun(cell, { layer: 'lectern', transport: 'batch' })
  expect([links('lectern', 'fetch'), links('one-by-one', 'fetch')]).toEqual([
    34 * 200 - 200,
    200 * 200 - 200,
  ])
})

test('latencies have the documented percentiles', () => {
  const random = seededRandom(3)
  const draw = (latency: Parameters<typeof drawLatency>[0]) =>
    Array.from({ length: 20_000 }, () => drawLatency(latency, random))
  const tail = draw('log-normal')
  const bimodal = draw('bimodal')
  expect(new Set(draw('fixed'))).toEqual(new Set([200]))
  expect(computePercentile(tail, 0.5) / 120).toBeCloseTo(1, 1)
  expect(computePercentile(tail, 0.99) / 1500).toBeCloseTo(1, 0)
  expect([Math.min(...bimodal) >= 1000, Math.max(...bimodal) <= 2000]).toEqual([true, true])
  expect(bimodal.filter((time) => time > 1200 && time < 1800)).toEqual([])
})

test('what happens to a pick depends only on the seed and its index', () => {
  const cell = { seed: 5, latency: 'log-normal', refused: 0.05 } as const
  const ids = Array.from({ length: 20 }, (_, index) => `first-${index}`)
  const others = ids.map((id) => `other ${id}`)
  const first = ids.map((id) => drawLinkFault({ ...cell, mediaIds: ids }, id))
  const second = others.map((id) => drawLinkFault({ ...cell, mediaIds: others }, id))
  expect(second).toEqual(first)
  expect(first.filter(({ isRefused }) => isRefused)).toHaveLength(1)
  expect(new Set(first.map(({ delay }) => delay)).size).toBeGreaterThan(10)
  const refusedBy = (seed: number) => [...listRefused({ ...cell, seed, mediaIds: ids })]
  expect(new Set([1, 2, 3, 4, 5].flatMap(refusedBy)).size).toBeGreaterThan(1)
})

test('a ratio of equal samples is 1, and its interval holds the true ratio', () => {
  const random = seededRandom(1)
  const samples = Array.from({ length: 20 }, () => 100 + 20 * random())
  const slower = Array.from({ length: 20 }, () => 2 * (100 + 20 * random()))
  expect(computeRatio(samples, samples, random)).toEqual({ value: 1, low: 1, high: 1 })
  const { value, low, high } = computeRatio(slower, samples, random)
  expect([low < 2, high > 2, low <= value, value <= high]).toEqual([true, true, true, true])
  expect(high - low).toBeLessThan(0.5)
})

test('the same seed shuffles alike, and no item always comes first', () => {
  const items = ['a', 'b', 'c', 'd']
  const orders = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => shuffle(items, seededRandom(seed)))
  expect(shuffle(items, seededRandom(1))).toEqual(orders[0])
  expect(orders.map((order) => [...order].sort())).toEqual(orders.map(() => items))
  expect(new Set(orders.map(([first]) => first)).size).toBeGreaterThan(2)
})

test('lines are counted without blank lines, comments and imports', () => {
  const source = [
    "import { a,\n  b } from './a.ts'",
    '',
    '/**\n * A comment.\n */',
    'const c = a // and why',
    '  // another comment',
    'export const d = b',
  ]
  expect(countLines(source.join('\n'))).toBe(2)
})
