import { describe, expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { moveBy, outlineOf } from '#charts/outline/outline-items.ts'
import { searchChart } from '#charts/search.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { history } from './charts/history.chart.ts'

const chart = chartOf(history)
const items = outlineOf(chart, new Set())

describe('the outline', () => {
  it('has each state with its transitions below it', () => {
    const lines = items.map(({ level, id }) => `${' '.repeat(level - 1)}${id}`)
    expect(lines.slice(0, 6)).toEqual([
      'player',
      ' player.stopped',
      '  player.stopped|resume|0',
      '  player.stopped|resumeDeep|0',
      ' player.playing',
      '  player.playing|stop|0',
    ])
  })

  it('says which state is entered first and which are of a special kind', () => {
    const remarks = items.flatMap((item) =>
      item.kind === 'state' && item.remarks.length > 0 ? [[item.id, ...item.remarks]] : [],
    )
    expect(remarks).toEqual([
      ['player.stopped', 'initial'],
      ['player.playing.intro', 'initial'],
      ['player.playing.body.first', 'initial'],
      ['player.playing.recent', 'shallow history'],
      ['player.playing.exact', 'deep history'],
      ['player.playing.byPath', 'shallow history'],
      ['player.playing.byId', 'shallow history'],
    ])
  })

  it('tells what can be opened from what has nothing below it', () => {
    const leaves = items.filter((item) => item.kind === 'state' && item.isOpen === null)
    const parents = { second: 'player.playing.body', 'player.playing.recent': 'player.playing' }
    expect(leaves.map(({ id }) => id)).toEqual(Object.keys(parents))
    for (const [id, parent] of Object.entries(parents)) {
      expect(moveBy('Enter', items, id)).toBeNull()
      expect(moveBy('ArrowRight', items, id)).toBeNull()
      expect(moveBy('ArrowLeft', items, id)).toEqual({ to: parent })
    }
  })

  it('leaves out what is inside of a closed state', () => {
    const closed = outlineOf(chart, new Set(['player.playing']))
    expect(closed.at(-1)).toMatchObject({ id: 'player.playing', isOpen: false })
  })

  it('is walked by keys', () => {
    const at = 'player.stopped'
    expect(moveBy('ArrowDown', items, at)).toEqual({ to: 'player.stopped|resume|0' })
    expect(moveBy('ArrowUp', items, at)).toEqual({ to: 'player' })
    expect(moveBy('ArrowRight', items, at)).toEqual({ to: 'player.stopped|resume|0' })
    expect(moveBy('ArrowLeft', items, 'player.playing')).toEqual({ close: 'player.playing' })
    expect(moveBy('ArrowLeft', items, 'player.stopped|resume|0')).toEqual({ to: at })
    expect(moveBy('Home', items, at)).toEqual({ to: 'player' })
    expect(moveBy('x', items, at)).toBeNull()
  })

  it('follows a transition to its target', () => {
    expect(moveBy('Enter', items, 'player.playing|stop|0')).toEqual({ follow: 'player.stopped' })
  })
})

describe('the search', () => {
  it('finds states and transitions by any of their words', () => {
    const found = searchChart(chartOf(chapterMachine), 'placed')
    expect(found.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'transition videos.placed',
      'transition done: framePainted',
      'transition error: framePainted',
    ])
    expect(searchChart(chart, ' ')).toEqual([])
  })
})
