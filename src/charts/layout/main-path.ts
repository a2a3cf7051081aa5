import type { ChartState } from '../chart.ts'
import { toObject } from '../json.ts'
import type { Arrow, VisibleState } from './visible-chart.ts'

/**
 * Finds the main path of each frame. It starts at the initial state and continues with the children
 * that have `mainPath: true` in their `meta`, in document order. If none is marked, it follows each
 * state's first transition to a state not yet on the path; one to a shared target counts only if
 * it's the state's very first. Parallel states have no main path.
 */
export function findMainPaths(
  states: VisibleState[],
  arrows: Arrow[],
): Map<VisibleState, VisibleState[]> {
  const shared = findShared(arrows)
  const successors = findSuccessors(arrows)
  for (const [source, targets] of successors) {
    successors.set(
      source,
      targets.filter((target, index) => index === 0 || !shared.has(target)),
    )
  }
  return new Map(
    states
      .filter(({ state, children }) => children.length > 0 && state.kind !== 'parallel')
      .map((frame) => [frame, findMainPath(frame, successors)] as const),
  )
}

/** The maximum number of lines to a state; if there were more, each source names it as an exit. */
const maxSources = 6

/** Finds the states that are targets of too many arrows to tell the lines apart. */
export function findShared(arrows: Arrow[]): Set<VisibleState> {
  const counts = new Map<VisibleState, number>()
  for (const { targets } of arrows) {
    const [target] = targets
    if (target && targets.length === 1) counts.set(target, (counts.get(target) ?? 0) + 1)
  }
  return new Set([...counts].flatMap(([target, count]) => (count > maxSources ? [target] : [])))
}

function findMainPath(
  { state, children }: VisibleState,
  successors: Map<VisibleState, VisibleState[]>,
): VisibleState[] {
  const initial = children.find((child) => child.state.id === state.initial?.target)
  const path = new Set(initial ? [initial] : [])
  const marked = children.filter((child) => isMarked(child.state))
  if (marked.length > 0) return [...new Set([...path, ...marked])]
  for (const state of path) {
    const next = successors.get(state)?.find((target) => !path.has(target))
    if (next) path.add(next)
  }
  return [...path]
}

const isMarked = ({ meta }: ChartState) => toObject(meta).mainPath === true

/**
 * Lists the siblings that each state leads to: through its own transitions first, then through
 * those inside it.
 */
function findSuccessors(arrows: Arrow[]): Map<VisibleState, VisibleState[]> {
  const direct = new Map<VisibleState, VisibleState[]>()
  const inner = new Map<VisibleState, VisibleState[]>()
  for (const { source, targets } of arrows) {
    for (const target of targets) {
      const [from, to] = findSiblings(source, target)
      if (!from || !to || from === to) continue
      const successors = from === source ? direct : inner
      successors.set(from, [...(successors.get(from) ?? []), to])
    }
  }
  const sources = new Set([...direct.keys(), ...inner.keys()])
  return new Map(
    [...sources].map((source) => [
      source,
      [...(direct.get(source) ?? []), ...(inner.get(source) ?? [])],
    ]),
  )
}

/** Finds the children of the nearest common frame that contain the source and the target. */
function findSiblings(source: VisibleState, target: VisibleState): (VisibleState | undefined)[] {
  const [from, to] = [listAncestors(source), listAncestors(target)]
  const frame = from.slice(1).find((ancestor) => to.slice(1).includes(ancestor))
  const findChild = (line: VisibleState[]) => line.find(({ parent }) => parent === frame)
  return frame ? [findChild(from), findChild(to)] : []
}

function listAncestors(state: VisibleState): VisibleState[] {
  return state.parent ? [state, ...listAncestors(state.parent)] : [state]
}
