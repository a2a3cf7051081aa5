import type { AnyStateMachine } from 'xstate'
import { formatGuard } from '#charts/labels.ts'
import type { MachineCoverage } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { listNodes, readActiveNodes } from '#charts/xstate-internals.ts'
import type { ModelPath, StateGraph } from '../support/model.ts'
import type { Summary } from './reports.ts'
import { findReachablePairs, listPairs } from './transitions.ts'

interface Taken {
  count: number
  paths: Set<string>
  failed: Set<string>
}

/** Counts the states, transitions and pairs that the paths of a machine went through. */
export function createCoverage(machine: AnyStateMachine) {
  const states = new Map(listNodes(machine).map(({ id }) => [id, 0]))
  const chart = readChart(machine)
  const taken = new Map<string, Taken>(
    chart.transitions.map(({ id }) => [id, { count: 0, paths: new Set(), failed: new Set() }]),
  )
  const pairs = new Set<string>()
  let steps = 0

  const enter = ({ id }: { id: string }) => states.set(id, (states.get(id) ?? 0) + 1)
  const take = (transitionId: string, path: string, passed: boolean) => {
    const transition = taken.get(transitionId)
    if (!transition) return
    transition.count += 1
    transition.paths.add(path)
    if (!passed) transition.failed.add(path)
    // A state that is left immediately is in no snapshot.
    const [source = '', event] = transitionId.split('|')
    if (event === '') enter({ id: source })
  }

  return {
    count(path: ModelPath, passed: boolean) {
      steps += path.caseNames.length
      for (const pair of listPairs(path.microsteps.flat())) pairs.add(pair)
      for (const { state } of path.steps) readActiveNodes(state).map(enter)
      for (const id of path.microsteps.flat(2)) take(id, path.name, passed)
    },

    report: (): MachineCoverage => ({
      hash: chart.fingerprint,
      states: Object.fromEntries(states),
      transitions: chart.transitions.map(({ id, source, event, targets, guard, index }) => {
        const { count, paths, failed } = taken.get(id) ?? noTaken
        return {
          source,
          event,
          target: targets[0] ?? null,
          index,
          count,
          guard: guard ? formatGuard(guard) : null,
          paths: paths.size,
          passed: paths.size - failed.size,
          failed: failed.size,
        }
      }),
    }),

    sums: (graph: StateGraph): Omit<Summary, 'machine' | 'paths' | 'seconds'> => ({
      states: formatShare([...states.values()].filter((count) => count > 0).length, states.size),
      transitions: formatShare(
        [...taken.values()].filter(({ count }) => count > 0).length,
        taken.size,
      ),
      pairs: formatShare(pairs.size, findReachablePairs(graph).size),
      steps,
    }),
  }
}

const noTaken: Taken = { count: 0, paths: new Set(), failed: new Set() }

const formatShare = (part: number, total: number) => `${part} of ${total}`
