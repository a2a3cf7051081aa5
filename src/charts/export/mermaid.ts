import { type Chart, type ChartState, type ChartTransition, listStates } from '../chart.ts'
import { formatInvokes } from '../invoke-names.ts'
import { formatAction, formatGuard } from '../labels.ts'
import { replaceInvalidCharacters } from './xml.ts'

/**
 * Converts a chart to a Mermaid state diagram. Mermaid fails on arrows that cross a frame, lead
 * from one region to another, or end at a state with states inside
 * (https://github.com/mermaid-js/mermaid/issues/4052). So arrows only connect siblings that have no
 * states inside; every other transition is a line of text in its state.
 */
export function toMermaid(chart: Chart): string {
  const names = new Map<string, string>()
  assignIds(chart.root, names)
  const keys = new Map(listStates(chart.root).map(({ id, key }) => [id, key]))
  const arrows = listArrows(chart.root, chart)
  return `stateDiagram-v2\n${formatState(chart.root, { chart, names, keys, arrows }).join('\n')}\n`
}

interface Diagram {
  chart: Chart
  names: ReadonlyMap<string, string>
  /** The states' keys, by their ids. */
  keys: ReadonlyMap<string, string>
  arrows: Arrow[]
}

/** A transition to one of its targets, drawn as an arrow. */
interface Arrow {
  transition: ChartTransition
  target: string
}

// Most special characters have a meaning in Mermaid, so states get numbered ids and show their
// names as text.
function assignIds({ id, states }: ChartState, names: Map<string, string>) {
  names.set(id, `s${names.size}`)
  for (const child of states) assignIds(child, names)
}

function listArrows(state: ChartState, chart: Chart): Arrow[] {
  const drawable = state.states.filter(({ states }) => states.length === 0).map(({ id }) => id)
  const isDrawn = ({ transition: { source }, target }: Arrow) =>
    drawable.includes(source) &&
    drawable.includes(target) &&
    (state.kind !== 'parallel' || source === target)
  const own = chart.transitions
    .flatMap((transition) => transition.targets.map((target) => ({ transition, target })))
    .filter(isDrawn)
  return [...own, ...state.states.flatMap((child) => listArrows(child, chart))]
}

function formatState(state: ChartState, diagram: Diagram): string[] {
  const { chart, names, keys, arrows } = diagram
  const name = names.get(state.id)
  const inside = chart.transitions
    .filter(({ source }) => source === state.id)
    .flatMap((transition) => formatTextTransition(transition, diagram))
  const details = [...formatDetails(state), ...formatInitialText(state, keys), ...inside].map(
    escapeText,
  )
  if (state.states.length === 0) {
    return [
      `state "${escapeText(formatTitle(state))}" as ${name}`,
      ...details.map((detail) => `${name} : ${detail}`),
      ...(state.kind === 'final' ? [`${name} --> [*]`] : []),
    ]
  }
  const title = [`<b>${escapeText(formatTitle(state))}</b>`, ...details].join('<br/>')
  // A region's self-transition has to be inside the region, before the next divider.
  const [first, ...others] = state.states.map((child) => [
    ...formatState(child, diagram),
    ...arrows
      .filter(({ transition }) => transition.source === child.id)
      .map((arrow) => formatArrow(arrow, names)),
  ])
  const divide = state.kind === 'parallel' ? ['--'] : []
  const children = [...(first ?? []), ...others.flatMap((lines) => [...divide, ...lines])]
  return [
    `state "${title}" as ${name} {`,
    ...[...formatInitial(state, names), ...children].map((line) => `  ${line}`),
    '}',
  ]
}

function formatInitial(state: ChartState, names: Diagram['names']): string[] {
  const { initial } = state
  if (!initial || isFrame(initial.target, state)) return []
  const label = formatInitialActions(initial)
  return [`[*] --> ${names.get(initial.target)}${label && ` : ${escapeText(label)}`}`]
}

// Mermaid can't draw an arrow from the start dot to a state with states inside.
function formatInitialText(state: ChartState, keys: Diagram['keys']): string[] {
  const { initial } = state
  if (!initial || !isFrame(initial.target, state)) return []
  return [`starts in ${keys.get(initial.target)} ${formatInitialActions(initial)}`.trim()]
}

const isFrame = (id: string, { states }: ChartState) =>
  states.some((child) => child.id === id && child.states.length > 0)

function formatInitialActions({ actions }: NonNullable<ChartState['initial']>): string {
  return actions.length === 0 ? '' : `/ ${actions.map(formatAction).join(', ')}`
}

function formatArrow({ transition, target }: Arrow, names: Diagram['names']): string {
  const [from, to] = [names.get(transition.source), names.get(target)]
  return `${from} --> ${to} : ${escapeText(formatTransition(transition))}`
}

/** A state may have an empty key, which Mermaid can't parse as a title. */
function formatTitle({ key, kind, history }: ChartState): string {
  if (kind !== 'history') return key || '(no name)'
  return history === 'deep' ? `H* ${key}` : `H ${key}`
}

function formatDetails(state: ChartState): string[] {
  const { tags, entry, exit } = state
  return [
    ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
    ...(entry.length > 0 ? [`entry / ${entry.map(formatAction).join(', ')}`] : []),
    ...(exit.length > 0 ? [`exit / ${exit.map(formatAction).join(', ')}`] : []),
    ...formatInvokes(state).map((invoke) => `invoke ${invoke}`),
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

/** Formats a transition and its targets without an arrow as a line in its state's box. */
function formatTextTransition(transition: ChartTransition, { arrows, keys }: Diagram): string[] {
  const drawn = arrows.filter((arrow) => arrow.transition === transition)
  const targets = transition.targets.filter((id) => !drawn.some(({ target }) => target === id))
  if (targets.length === 0 && transition.targets.length > 0) return []
  const ends = targets.map((target) => `→ ${keys.get(target)}`)
  return [[formatTransition(transition), ...ends].join(' ')]
}

/** Escapes Mermaid's special characters by their codes, and keeps the text on one line. */
function escapeText(text: string): string {
  return replaceInvalidCharacters(text.replace(/\s+/g, ' ')).replace(
    /[#:;"<>{}%\\`&*]|_(?=_)|(?<=_)_/g,
    (character) => `#${character.charCodeAt(0)};`,
  )
}
