import { expect, test } from 'vitest'
import { listUnfinished, type MadeChange } from '#client/lib/made-changes.ts'

type Change = { kind: string; id: string }

const made = (status: MadeChange<Change>['status'], kind: string, id = 'a') => ({
  number: 1,
  status,
  error: null,
  change: { kind, id },
})

const listKinds = (...changes: MadeChange<Change>[]) =>
  listUnfinished(changes, ({ id }) => id).map(({ kind }) => kind)

test('what is on its way is made again on the next page', () => {
  expect(listKinds(made('pending', 'move'), made('success', 'retitle'))).toEqual(['move'])
})

test('a failed change is made again unless the same thing was changed since', () => {
  expect(listKinds(made('error', 'move'))).toEqual(['move'])
  expect(listKinds(made('error', 'remove'), made('success', 'move'))).toEqual([])
  expect(listKinds(made('error', 'move'), made('pending', 'move again'))).toEqual(['move again'])
  expect(listKinds(made('error', 'move'), made('error', 'move again'))).toEqual(['move again'])
})

test('a failed change of something else stays', () => {
  expect(listKinds(made('error', 'move'), made('success', 'move', 'b'))).toEqual(['move'])
})

test('a failed change that nothing shows is not made again', () => {
  expect(listUnfinished([made('error', 'create')], () => undefined)).toEqual([])
})
