import { describe, expect, it } from 'vitest'
import {
  buildOutline,
  formatItem,
  listParentIds,
  type OutlineItem,
} from '#charts/outline/outline-items.ts'
import { readChart } from '#charts/read-chart.ts'
import { searchChart } from '#charts/search.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { history } from './charts/history.chart.ts'

const chart = readChart(history)
const outline = buildOutline(chart)

const listLines = (item: OutlineItem, indent = ''): string[] => [
  `${indent}${formatItem(item)}`,
  ...item.children.flatMap((child) => listLines(child, `${indent} `)),
]

describe('The outline', () => {
  it('has the transitions and the states of each state below it', () => {
    expect(listLines(outline)).toEqual([
      'player',
      ' stopped · initial',
      '  resume → recent',
      '  resumeDeep → exact',
      ' playing',
      '  stop → stopped',
      '  intro · initial',
      '   next → body',
      '  body',
      '   first · initial',
      '    next → second',
      '   second',
      '  recent · shallow history',
      '  exact · deep history',
      '   at first → body',
      '  byPath · shallow history',
      '   at first → first',
      '  byId · shallow history',
      '   at first → second',
    ])
  })

  it('expands only items with children', () => {
    expect(listParentIds(outline)).toEqual([
      'player',
      'player.stopped',
      'player.playing',
      'player.playing.intro',
      'player.playing.body',
      'player.playing.body.first',
      'player.playing.exact',
      'player.playing.byPath',
      'player.playing.byId',
    ])
  })
})

describe('The search', () => {
  it('finds states and transitions by any of their texts', () => {
    const found = searchChart(readChart(chapterMachine), 'prefetch')
    expect(found.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'transition error: prefetchLinks',
    ])
    expect(searchChart(chart, ' ')).toEqual([])
  })
})
