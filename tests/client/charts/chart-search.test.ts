import { expect, it } from 'vitest'
import { updateChartSearch } from '#client/app/charts/chart-search.ts'

const now = { state: 'video.filename.conflict', mode: 'coverage' } as const

it.each([
  ['another mode', { mode: 'simulate' }, 'video.filename.conflict'],
  ['another direction', { direction: 'right' }, 'video.filename.conflict'],
  ['the same machine', { machine: 'video' }, 'video.filename.conflict'],
  ['another machine', { machine: 'chapter' }, undefined],
  ['another state', { state: 'video.link' }, 'video.link'],
  ['no state', { state: null }, undefined],
] as const)('The search parameters after a change to %s', (_choice, change, state) => {
  expect(updateChartSearch(now, change)).toEqual({ ...now, ...change, state })
})
