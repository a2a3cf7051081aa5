import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  advanceHistory,
  type Direction,
  dropChange,
  emptyHistory,
  type History,
  invert,
  listOperationsFor,
  type NewChange,
  type Operation,
  peekChange,
  recordChange,
  refuseChange,
} from '#machines/history.ts'

const id = fc.constantFrom('one', 'two', 'three')
const name = fc.constantFrom('a', 'b', 'c', 'd')

/** A name for each video. */
type Names = Readonly<Record<string, string>>

const before: Names = { one: 'a', two: 'b', three: 'c' }

const rename = (names: Names, video: string, to: string): Operation => ({
  entity: 'video',
  field: 'filename',
  id: video,
  from: names[video] ?? '',
  to,
})

function apply(names: Names, operations: readonly Operation[]): Names {
  const next = { ...names }
  for (const { id, from, to } of operations) {
    expect(next[id], 'an operation finds what it changes').toBe(from)
    next[id] = String(to)
  }
  return next
}

/** Renames some videos, possibly one of them twice. */
function createChange(names: Names, renames: readonly (readonly [string, string])[]): NewChange {
  const operations: Operation[] = []
  for (const [video, to] of renames) {
    operations.push(rename(apply(names, operations), video, to))
  }
  return { kind: 'rename', chapterIds: ['chapter'], operations }
}

const action = fc.oneof(
  fc.record({
    type: fc.constant('change' as const),
    renames: fc.array(fc.tuple(id, name), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ type: fc.constantFrom('undo' as const, 'redo' as const) }),
)

/** The history beside the names that it has to lead back to. */
class Visit {
  history = emptyHistory
  names = before
  /** The names after each change that is not undone, oldest first. */
  private reached = [before]
  private undone: Names[] = []

  change(renames: readonly (readonly [string, string])[]) {
    const made = createChange(this.names, renames)
    this.history = recordChange(this.history, made)
    this.names = apply(this.names, made.operations)
    this.reached.push(this.names)
    this.undone = []
  }

  travel(direction: Direction) {
    const change = peekChange(this.history, direction)
    const canTravel = direction === 'undo' ? this.reached.length > 1 : this.undone.length > 0
    expect(change !== undefined, `whether there is something to ${direction}`).toBe(canTravel)
    if (change) this.names = apply(this.names, listOperationsFor(change, direction))
    this.history = advanceHistory(this.history, direction)
    if (!canTravel) return
    if (direction === 'undo') this.undone.push(...this.reached.splice(-1))
    else this.reached.push(...this.undone.splice(-1))
    expect(this.names).toEqual(this.reached.at(-1))
  }
}

test('undo and redo in any order lead to the names of that moment', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
      const visit = new Visit()
      for (const action of actions) {
        if (action.type === 'change') visit.change(action.renames)
        else visit.travel(action.type)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('an inverse undoes an operation, and its own inverse is that operation', () => {
  const place = { chapterId: 'chapter', position: 'a0' }
  const operations: Operation[] = [
    { entity: 'video', field: 'isPresent', id: 'one', from: false, to: true },
    { entity: 'video', field: 'place', id: 'one', from: place, to: { ...place, position: 'a1' } },
    { entity: 'course', field: 'title', id: 'course', from: 'Light', to: 'Colour' },
  ]
  for (const operation of operations) {
    const inverse = invert(operation)
    expect(inverse).toEqual({ ...operation, from: operation.to, to: operation.from })
    expect(invert(inverse)).toEqual(operation)
  }
})

const change: NewChange = {
  kind: 'rename',
  name: 'two',
  chapterIds: ['chapter'],
  operations: [rename(before, 'one', 'two')],
}

const summarizeLatest = ({ latest }: History) => [
  latest?.number,
  latest?.outcome,
  latest?.change.number,
]

test('reports each step with its change', () => {
  const made = recordChange(recordChange(emptyHistory, change), change)
  expect(summarizeLatest(made)).toEqual([2, 'made', 2])
  const undone = advanceHistory(made, 'undo')
  expect(summarizeLatest(undone)).toEqual([3, 'undone', 2])
  expect(summarizeLatest(advanceHistory(undone, 'redo'))).toEqual([4, 'redone', 2])
  const [obstacle] = change.operations
  if (!obstacle) throw new Error('no operation')
  const dropped = dropChange(undone, 'redo', obstacle)
  expect(summarizeLatest(dropped)).toEqual([4, 'not-redone', 2])
  expect(dropped.latest?.obstacle).toBe(obstacle)
  expect(peekChange(dropped, 'redo')).toBeUndefined()
  const stuck = dropChange(dropped, 'undo', obstacle)
  expect(summarizeLatest(stuck)).toEqual([5, 'not-undone', 1])
  expect(peekChange(stuck, 'undo')).toBeUndefined()
})

test('a refused change can be neither undone nor redone', () => {
  const made = recordChange(recordChange(emptyHistory, change), change)
  const refused = refuseChange(made, 1)
  expect(summarizeLatest(refused)).toEqual([3, 'refused', 1])
  expect(peekChange(advanceHistory(refused, 'undo'), 'undo')).toBeUndefined()
  expect(peekChange(refuseChange(advanceHistory(made, 'undo'), 2), 'redo')).toBeUndefined()
  expect(refuseChange(made, 3)).toBe(made)
})

test('with nothing to undo or redo, nothing happens', () => {
  for (const direction of ['undo', 'redo'] as const) {
    expect(advanceHistory(emptyHistory, direction)).toBe(emptyHistory)
    const [obstacle] = change.operations
    if (obstacle) expect(dropChange(emptyHistory, direction, obstacle)).toBe(emptyHistory)
  }
})

test('a change after an undo replaces what was undone', () => {
  const undone = advanceHistory(recordChange(emptyHistory, change), 'undo')
  const again = recordChange(undone, change)
  expect(peekChange(again, 'redo')).toBeUndefined()
  expect(peekChange(again, 'undo')).toMatchObject({ number: 2, name: 'two' })
})
