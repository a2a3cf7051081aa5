import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, createMachine } from 'xstate'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { createHub, createSteps } from '#scripts/charts/large-charts.ts'

const layOut = (machine: AnyStateMachine, exits: Record<string, boolean> = {}) =>
  computeLayout(
    {
      chart: readChart(machine),
      direction: 'down',
      collapsed: new Set(),
      exits: new Map(Object.entries(exits)),
    },
    estimateText,
  )

/**
 * Lists the main path in a state from top to bottom, and checks that it is the first column.
 */
function readMainPath(machine: AnyStateMachine, frame: string) {
  const { states, arrows } = layOut(machine)
  const inside = states.filter(({ visible }) => visible.parent?.state.id === frame)
  const main = inside.filter(({ isMain }) => isMain).sort((a, b) => a.box.y - b.box.y)
  const left = main[0]?.box.x ?? 0
  expect(main.map(({ box }) => box.x)).toEqual(main.map(() => left))
  for (const { box, isMain } of inside) if (!isMain) expect(box.x).toBeGreaterThan(left)
  const lines = arrows.filter(
    ({ isMain, arrow }) => isMain && arrow.source.parent?.state.id === frame,
  )
  const columns = new Set(
    lines.flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing.flat()].map(({ x }) => x)),
  )
  expect(columns.size).toBe(lines.length > 0 ? 1 : 0)
  return main.map(({ visible }) => visible.state.key)
}

const order = createMachine({
  id: 'order',
  initial: 'cart',
  states: {
    cart: { on: { pay: 'paying', leave: 'left' } },
    paying: { on: { back: 'cart', paid: 'packing', refused: 'failed' } },
    packing: { on: { done: 'sent' } },
    failed: { on: { retry: 'paying' } },
    left: {},
    sent: { type: 'final' },
  },
})

describe('The main path', () => {
  it('follows the first transition to a state that is not on the path yet', () => {
    expect(readMainPath(order, 'order')).toEqual(['cart', 'paying', 'packing', 'sent'])
  })

  it('follows the meta of the states, if given', () => {
    expect(readMainPath(videoMachine, 'video.link')).toEqual(['optimistic', 'linking', 'linked'])
    expect(readMainPath(videoMachine, 'video.request')).toEqual(['idle', 'sending'])
  })
})

it('A state off the main path has no emphasized path inside', () => {
  const inside = { initial: 'one', states: { one: { on: { next: 'two' } }, two: {} } }
  const machine = createMachine({
    id: 'chart',
    initial: 'good',
    states: { good: { ...inside, on: { fail: 'bad' }, meta: { mainPath: true } }, bad: inside },
  })
  const { states, arrows } = layOut(machine)
  const main = states.filter(({ isMain }) => isMain).map(({ visible }) => visible.state.id)
  expect(main).toEqual(['chart.good', 'chart.good.one', 'chart.good.two'])
  expect(arrows.filter(({ isMain }) => isMain).map(({ arrow }) => arrow.source.state.id)).toEqual([
    'chart.good.one',
  ])
})

describe('A target that more than six states share', () => {
  it('is a named exit in their boxes instead of lines', () => {
    const { arrows, states } = layOut(createSteps(10))
    expect(arrows.filter(({ arrow }) => arrow.id.endsWith('steps.failed'))).toEqual([])
    const [step, failed] = ['step3', 'failed'].map((key) =>
      states
        .find(({ visible }) => visible.state.key === key)
        ?.text.blocks.map(({ lines }) => lines.map(({ text }) => text).join(' ')),
    )
    expect(step).toEqual(['step3', 'FAIL → failed'])
    expect(failed).toEqual(['failed', 'exit of 10 states'])
  })

  it('keeps its lines if fewer share it, unless the reader chooses otherwise', () => {
    const isBack = ({ arrow }: { arrow: { id: string } }) => arrow.id.endsWith('→hub.hub')
    expect(layOut(createHub(6)).arrows.filter(isBack).length).toBe(6)
    expect(layOut(createHub(6), { 'hub.hub': true }).arrows.filter(isBack)).toEqual([])
    expect(layOut(createHub(7)).arrows.filter(isBack)).toEqual([])
    expect(layOut(createHub(7), { 'hub.hub': false }).arrows.filter(isBack).length).toBe(7)
  })
})

it('Labels are close to the start of their lines', () => {
  for (const { arrow, label, incoming } of layOut(videoMachine).arrows) {
    const [start] = incoming
    const distance = Math.min(
      Math.abs(label.x - (start?.x ?? 0)),
      Math.abs(label.y - (start?.y ?? 0)),
    )
    expect(distance, arrow.id).toBeLessThanOrEqual(20)
  }
})
