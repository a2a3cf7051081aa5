import { type Chart, type ChartState, type ChartTransition, listStates } from '../chart.ts'
import { findMainPaths, findShared } from './main-path.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

const noChoices: ReadonlyMap<string, boolean> = new Map()

/**
 * Builds the visible part of a chart, given the ids of its collapsed states. Transitions to a state
 * that more than six others lead to become named exits instead of lines, unless they are steps of a
 * main path; `exits` overrides this per state id.
 */
export function buildVisibleChart(
  chart: Chart,
  collapsed: ReadonlySet<string>,
  exits: ReadonlyMap<string, boolean> = noChoices,
): VisibleChart {
  const visibleById = new Map<string, VisibleState>()
  const root = buildVisibleState(chart.root, null, collapsed, visibleById)
  const arrows = new Map<string, Arrow>()
  for (const transition of chart.transitions) {
    const source = visibleById.get(transition.source)
    const targets = transition.targets.flatMap((id) => visibleById.get(id) ?? [])
    if (!source || isInsideCollapsed(source, targets, transition)) continue
    if (targets.every((target) => target === source)) source.own.push(transition)
    else addToArrow(arrows, source, targets, transition)
  }
  const all = [...arrows.values()]
  const mainPaths = findMainPaths(listVisibleStates(root), all)
  return { root, arrows: nameExits(all, mainPaths, exits), mainPaths }
}

// A collapsed state represents all states inside, so `visibleById` maps their ids to it.
function buildVisibleState(
  state: ChartState,
  parent: VisibleState | null,
  collapsed: ReadonlySet<string>,
  visibleById: Map<string, VisibleState>,
): VisibleState {
  const isCollapsed = state.states.length > 0 && collapsed.has(state.id)
  const visible: VisibleState = {
    state,
    parent,
    isCollapsed,
    own: [],
    exits: [],
    entrances: 0,
    children: [],
  }
  visibleById.set(state.id, visible)
  if (isCollapsed) for (const { id } of listStates(state)) visibleById.set(id, visible)
  else {
    visible.children = state.states.map((child) =>
      buildVisibleState(child, visible, collapsed, visibleById),
    )
  }
  return visible
}

function isInsideCollapsed(
  source: VisibleState,
  targets: VisibleState[],
  transition: ChartTransition,
) {
  return transition.source !== source.state.id && targets.every((target) => target === source)
}

function addToArrow(
  arrows: Map<string, Arrow>,
  source: VisibleState,
  targets: VisibleState[],
  transition: ChartTransition,
) {
  const id = [source, ...targets].map(({ state }) => state.id).join('→')
  const arrow = arrows.get(id) ?? { id, source, targets: [...new Set(targets)], transitions: [] }
  arrow.transitions.push(transition)
  arrows.set(id, arrow)
}

/** Turns arrows to shared targets into exits named in their sources' boxes; returns the others. */
function nameExits(
  arrows: Arrow[],
  mainPaths: VisibleChart['mainPaths'],
  exits: ReadonlyMap<string, boolean>,
): Arrow[] {
  const previous = new Map(
    [...mainPaths.values()].flatMap((path) =>
      path.slice(1).map((state, index) => [state, path[index]] as const),
    ),
  )
  const shared = findShared(arrows)
  return arrows.filter((arrow) => {
    const [target] = arrow.targets
    if (!target || arrow.targets.length > 1 || previous.get(target) === arrow.source) return true
    if (!(exits.get(target.state.id) ?? shared.has(target))) return true
    arrow.source.exits.push(...arrow.transitions.map((transition) => ({ transition, target })))
    target.entrances += 1
    return false
  })
}
