import { expect, test } from 'vitest'
import { setup } from 'xstate'
import { checkModel, createPaths, exploreModel, type Model } from '../support/model.ts'
import { findRoutes } from './criteria.ts'
import { eventCase } from './event-cases.ts'

const lamp = setup({
  types: { input: {} as { watts: number }, context: {} as { watts: number } },
}).createMachine({
  id: 'lamp',
  context: ({ input }) => ({ watts: input.watts }),
  initial: 'dark',
  states: {
    dark: { on: { press: 'lit' } },
    lit: { on: { press: 'dark', burn: 'broken' } },
    broken: {},
  },
})

const model: Model = {
  machine: lamp,
  inputs: { bright: { watts: 60 } },
  cases: { press: eventCase('press'), burn: eventCase('burn') },
  getKey: ({ value }) => JSON.stringify(value),
}

const nothing = () => {}
const events = { press: nothing, burn: nothing }
const states = { 'lamp.dark': nothing, 'lamp.lit': nothing, 'lamp.broken': nothing }

test('a mistyped state fails', () => {
  const check = () => checkModel(model, { states: { ...states, 'lamp.litt': nothing }, events })
  expect(check).toThrow("lamp has no state lamp.litt: correct the key in 'states'.")
})

test('a state without an assertion fails', () => {
  const { 'lamp.lit': _, ...few } = states
  const check = () => checkModel(model, { states: few, events })
  expect(check).toThrow("'states' has no assertion for lamp.lit.")
})

test('a mistyped event fails', () => {
  const check = () => checkModel(model, { states, events: { ...events, pres: nothing } })
  expect(check).toThrow("lamp takes no event pres: correct the key in 'events'.")
})

test('an event without a driver fails', () => {
  const check = () => checkModel(model, { states, events: { press: nothing } })
  expect(check).toThrow("'events' has no driver for burn of lamp.")
})

test('an event needs no driver if all its transitions are left out', () => {
  const check = () => checkModel(model, { states, events: { press: nothing } }, ['lamp.lit|burn|0'])
  expect(check).not.toThrow()
})

test('a missing input fails', () => {
  const inputless = { ...model, inputs: { nothing: undefined } }
  expect(() => exploreModel(inputless)).toThrow('The machine can’t start from its input')
})

test('a path fails with the error of the assertion that failed', async () => {
  const [path] = createPaths(model, [{ inputName: 'bright', caseNames: ['press', 'burn'] }])
  const fail = () => {
    throw new Error('it still glows')
  }
  await expect(path?.test({ events, states: { ...states, 'lamp.broken': fail } })).rejects.toThrow(
    'it still glows',
  )
})

test('every criterion covers its goals', () => {
  const routes = (kind: 'states' | 'transitions' | 'pairs') =>
    findRoutes({ kind }, exploreModel(model), 1)
  expect(routes('states')).toEqual([{ inputName: 'bright', caseNames: ['press', 'burn'] }])
  expect(routes('transitions')).toEqual([
    { inputName: 'bright', caseNames: ['press', 'press', 'press', 'burn'] },
  ])
  expect(routes('pairs')).toEqual([
    { inputName: 'bright', caseNames: ['press', 'press', 'press', 'burn'] },
  ])
})

test('random walks depend on their seed', () => {
  const walks = (seed: number) =>
    findRoutes({ kind: 'walk', length: 30 }, exploreModel(model), seed)
  expect(walks(7)).toEqual(walks(7))
  expect(walks(7)).not.toEqual(walks(8))
})
