import { type Chart, type ChartState, type ChartTransition, statesOf } from '../chart.ts'
import { actionLabel, guardLabel, shortName } from '../chart-parts.ts'

/**
 * A chart as a Mermaid state diagram. Mermaid's layout fails on many arrows from and to a state that holds
 * others: such a state's own transitions are lines of text in it, and an arrow to it leads to what is entered.
 */
export function mermaidOf(chart: Chart): string {
  const names = new Map<string, string>()
  nameStates(chart.root, names)
  return `stateDiagram-v2\n${stateLines(chart.root, chart, names).join('\n')}\n`
}

// Mermaid reads most signs as its own, so that states go by number and show their names as text.
function nameStates({ id, states }: ChartState, names: Map<string, string>) {
  names.set(id, `s${names.size}`)
  for (const child of states) nameStates(child, names)
}

function stateLines(state: ChartState, chart: Chart, names: Map<string, string>): string[] {
  const name = names.get(state.id)
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const inside = own.filter((transition) => isText(transition, state)).map(textWithTargets)
  const details = [...detailsOf(state), ...inside].map(escaped)
  if (state.states.length === 0) {
    return [
      `state "${escaped(titleOf(state))}" as ${name}`,
      ...details.map((detail) => `${name} : ${detail}`),
      ...arrowsOf(state, own, statesOf(chart.root), names),
    ]
  }
  const title = [`<b>${escaped(titleOf(state))}</b>`, ...details].join('<br/>')
  const [first, ...others] = state.states.map((child) => stateLines(child, chart, names))
  const divide = state.kind === 'parallel' ? ['--'] : []
  const children = [...(first ?? []), ...others.flatMap((lines) => [...divide, ...lines])]
  return [
    `state "${title}" as ${name} {`,
    ...[...initialLines(state, names), ...children].map((line) => `  ${line}`),
    '}',
    ...arrowsOf(state, own, statesOf(chart.root), names),
  ]
}

function initialLines({ initial }: ChartState, names: Map<string, string>): string[] {
  if (!initial) return []
  const actions = initial.actions.map(actionLabel).join(', ')
  const label = actions === '' ? '' : ` : ${escaped(`/ ${actions}`)}`
  return [`[*] --> ${names.get(initial.target)}${label}`]
}

function arrowsOf(
  state: ChartState,
  own: ChartTransition[],
  states: ChartState[],
  names: Map<string, string>,
): string[] {
  const from = names.get(state.id)
  const arrows = own
    .filter((transition) => !isText(transition, state))
    .flatMap((transition) =>
      transition.targets.map(
        (target) =>
          `${from} --> ${names.get(entered(target, states))} : ${escaped(transitionText(transition))}`,
      ),
    )
  return state.kind === 'final' ? [...arrows, `${from} --> [*]`] : arrows
}

/** Tells a transition that is text in its state's box. */
function isText({ targets }: ChartTransition, state: ChartState): boolean {
  return targets.length === 0 || state.states.length > 0
}

/** The innermost state that is entered with this one. */
function entered(id: string, states: ChartState[]): string {
  const state = states.find((one) => one.id === id)
  const next = state?.initial?.target ?? state?.states[0]?.id
  return next === undefined ? id : entered(next, states)
}

function titleOf({ key, kind, history }: ChartState): string {
  if (kind !== 'history') return key
  return history === 'deep' ? `H* ${key}` : `H ${key}`
}

function detailsOf({ tags, entry, exit, invokes }: ChartState): string[] {
  return [
    ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
    ...(entry.length > 0 ? [`entry / ${entry.map(actionLabel).join(', ')}`] : []),
    ...(exit.length > 0 ? [`exit / ${exit.map(actionLabel).join(', ')}`] : []),
    ...invokes.map(({ id, src }) => `invoke ${src ?? id}`),
  ]
}

function transitionText({ label, guard, actions }: ChartTransition): string {
  const parts = [
    label,
    ...(guard ? [`[${guardLabel(guard)}]`] : []),
    ...(actions.length > 0 ? [`/ ${actions.map(actionLabel).join(', ')}`] : []),
  ]
  return parts.join(' ')
}

function textWithTargets(transition: ChartTransition): string {
  const targets = transition.targets.map(shortName)
  return [transitionText(transition), ...targets.map((target) => `→ ${target}`)].join(' ')
}

/** Writes signs that Mermaid would read as its own as their character codes. */
function escaped(text: string): string {
  return text.replace(/[#:;"<>{}%\\`]/g, (sign) => `#${sign.charCodeAt(0)};`)
}
