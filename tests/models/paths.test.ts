import { afterAll, describe, expect, test } from 'vitest'
import { checkModel, createPaths, exploreModel, type ModelPath } from '../support/model.ts'
import { createCoverage } from './coverage.ts'
import { findRoutes } from './criteria.ts'
import { type MachineId, machineIds, models } from './models.ts'
import { currentOptions } from './options.ts'
import { readReason, runPath, shrinkFailure } from './path-run.ts'
import { pathTests } from './path-tests.ts'
import { type Summary, writeReport, writeTrace } from './reports.ts'
import {
  findConceivablePairs,
  findReachablePairs,
  findReachableTransitions,
  listTransitions,
} from './transitions.ts'
import {
  comparePairs,
  compareTransitions,
  type Difference,
  readUnreachable,
} from './unreachable.ts'

const { machine: onlyMachine, criterion, seed, json } = currentOptions()
const selectedIds = machineIds.filter((id) => onlyMachine === null || onlyMachine === id)
const summaries: Summary[] = []
const machines: Record<string, ReturnType<ReturnType<typeof createCoverage>['report']>> = {}

afterAll(() => {
  writeReport('paths', summaries)
  if (json) writeReport('coverage', { version: 1, machines })
})

describe.each(selectedIds)('%s', (id) => {
  const model = models[id]
  const createPathTest = pathTests[id]

  test('covers every event and state', () => {
    const { states, events, actor } = createPathTest(Object.values(model.inputs)[0])
    checkModel(model, { states, events })
    actor.stop()
  })

  test('takes every transition except those listed with a reason', () => {
    const graph = exploreModel(model)
    const transitions = findReachableTransitions(graph)
    const pairs = findReachablePairs(graph)
    const listed = readUnreachable(id)
    const difference = {
      transitions: compareTransitions(
        listed.transitions,
        without(listTransitions(model.machine).keys(), transitions),
        [...transitions],
      ),
      pairs: comparePairs(listed.pairs, without(findConceivablePairs(model.machine), pairs), [
        ...pairs,
      ]),
    }
    const file = writeReport(`unreachable/${id}`, difference)
    expect(difference, `what is unreachable, as in ${file}`).toEqual(asListed)
    const reasons = [...listed.transitions, ...listed.pairs].map(({ reason }) => reason)
    expect(reasons).not.toContain('')
  })

  test('agrees with its actor and the page after every step', async () => {
    const startedAt = performance.now()
    const graph = exploreModel(model)
    const paths = createPaths(model, findRoutes(criterion, graph, seed))
    expect(paths.length, 'paths').toBeGreaterThan(0)
    const coverage = createCoverage(model.machine)
    const failures: ModelPath[] = []
    for (const path of paths) {
      const failure = await runPath(model, path, createPathTest, seed)
      coverage.count(path, failure === undefined)
      if (!failure) continue
      failures.push(path)
      if (failures.length === 1) await report(id, failure)
    }
    machines[id] = coverage.report()
    const seconds = (performance.now() - startedAt) / 1000
    summaries.push({ machine: id, ...coverage.sums(graph), paths: paths.length, seconds })
    expect(failures.map(({ name }) => name)).toEqual([])
  })
})

async function report(id: MachineId, failure: NonNullable<Awaited<ReturnType<typeof runPath>>>) {
  const shortest = await shrinkFailure(models[id], failure, pathTests[id], seed)
  const { path, error, trace } = shortest
  const route = [path.inputName, ...path.caseNames].join(' → ')
  throw new Error(
    `${readReason(shortest)}\n\nShortest path to reproduce: ${route}\n${writeTrace(failure.path.name, trace)}`,
    { cause: error },
  )
}

const nothing: Difference = { unlisted: [], reached: [], idle: [] }
const asListed = { transitions: nothing, pairs: nothing }

const without = (all: Iterable<string>, excluded: ReadonlySet<string>) =>
  [...all].filter((name) => !excluded.has(name)).sort()
