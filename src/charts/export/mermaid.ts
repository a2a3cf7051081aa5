import { type Chart, type ChartState, type ChartTransition, listStates } from '../chart.ts'
import { formatAction, formatGuard, toStateKey } from '../labels.ts'

/**
 * Converts a chart to a Mermaid state diagram. Mermaid's layout fails on many arrows from or to a state
 * with states inside. So the transitions of such a state are lines of text in it, and an arrow to it
 * leads to the innermost state that is entered.
 */
export function toMermaid(chart: Chart): string {
  const names = new Map<string, string>()
  assignIds(chart.root, names)
  return `stateDiagram-v2\n${formatState(chart.root, chart, names).join('\n')}\n`
}

// Mermaid gives most characters a meaning, so states get numbers as ids and show their names as text.
function assignIds({ id, states }: ChartState, names: Map<string, string>) {
  names.set(id, `s${names.size}`)
  for (const child of states) assignIds(child, names)
}

function formatState(state: ChartState, chart: Chart, names: Map<string, string>): string[] {
  const name = names.get(state.id)
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const inside = own.filter((transition) => isTextOnly(transition, state)).map(formatTextTransition)
  const details = [...formatDetails(state), ...inside].map(escapeText)
  if (state.states.length === 0) {
    return [
      `state "${escapeText(formatTitle(state))}" as ${name}`,
      ...details.map((detail) => `${name} : ${detail}`),
      ...formatArrows(state, own, listStates(chart.root), names),
    ]
  }
  const title = [`<b>${escapeText(formatTitle(state))}</b>`, ...details].join('<br/>')
  const [first, ...others] = state.states.map((child) => formatState(child, chart, names))
  const divide = state.kind === 'parallel' ? ['--'] : []
  const children = [...(first ?? []), ...others.flatMap((lines) => [...divide, ...lines])]
  return [
    `state "${title}" as ${name} {`,
    ...[...formatInitial(state, names), ...children].map((line) => `  ${line}`),
    '}',
    ...formatArrows(state, own, listStates(chart.root), names),
  ]
}

function formatInitial({ initial }: ChartState, names: Map<string, string>): string[] {
  if (!initial) return []
  const actions = initial.actions.map(formatAction).join(', ')
  const label = actions === '' ? '' : ` : ${escapeText(`/ ${actions}`)}`
  return [`[*] --> ${names.get(initial.target)}${label}`]
}

function formatArrows(
  state: ChartState,
  own: ChartTransition[],
  states: ChartState[],
  names: Map<string, string>,
): string[] {
  const from = names.get(state.id)
  const arrows = own
    .filter((transition) => !isTextOnly(transition, state))
    .flatMap((transition) =>
      transition.targets.map(
        (target) =>
          `${from} --> ${names.get(findEntered(target, states))} : ${escapeText(formatTransition(transition))}`,
      ),
    )
  return state.kind === 'final' ? [...arrows, `${from} --> [*]`] : arrows
}

/** Whether a transition is text in its state's box. */
function isTextOnly({ targets }: ChartTransition, state: ChartState): boolean {
  return targets.length === 0 || state.states.length > 0
}

/** Finds the innermost state that is entered with this one. */
function findEntered(id: string, states: ChartState[]): string {
  const state = states.find((one) => one.id === id)
  const next = state?.initial?.target ?? state?.states[0]?.id
  return next === undefined ? id : findEntered(next, states)
}

function formatTitle({ key, kind, history }: ChartState): string {
  if (kind !== 'history') return key
  return history === 'deep' ? `H* ${key}` : `H ${key}`
}

function formatDetails({ tags, entry, exit, invokes }: ChartState): string[] {
  return [
    ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
    ...(entry.length > 0 ? [`entry / ${entry.map(formatAction).join(', ')}`] : []),
    ...(exit.length > 0 ? [`exit / ${exit.map(formatAction).join(', ')}`] : []),
    ...invokes.map(({ id, src }) => `invoke ${src ?? id}`),
  ]
}

function formatTransition({ label, guard, actions }: ChartTransition): string {
  const parts = [
    label,
    ...(guard ? [`[${formatGuard(guard)}]`] : []),
    ...(actions.length > 0 ? [`/ ${actions.map(formatAction).join(', ')}`] : []),
  ]
  return parts.join(' ')
}

function formatTextTransition(transition: ChartTransition): string {
  const targets = transition.targets.map(toStateKey)
  return [formatTransition(transition), ...targets.map((target) => `→ ${target}`)].join(' ')
}

/** Escapes the characters that mean something to Mermaid, by their codes. */
function escapeText(text: string): string {
  return text.replace(/[#:;"<>{}%\\`]/g, (character) => `#${character.charCodeAt(0)};`)
}
