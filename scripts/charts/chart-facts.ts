import {
  type Chart,
  type ChartAction,
  type ChartState,
  type ChartTransition,
  listStates,
} from '#charts/chart.ts'
import { formatAction, formatGuard } from '#charts/labels.ts'
import type {
  ExtractedAction,
  ExtractedState,
  ExtractedTransition,
  OneOrMany,
} from './stately-extractor.ts'

/** Lists what Stately would show differently from what runs, one fact per line. */
export function findDifferences(chart: Chart, extract: ExtractedState): string[] {
  const actual = listChartFacts(chart)
  const parents = mapParents(chart.machineId, extract)
  const extracted = listExtractedFacts(chart.machineId, extract, parents)
  return [
    ...actual.filter((fact) => !extracted.includes(fact)).map((fact) => `- runs:  ${fact}`),
    ...extracted.filter((fact) => !actual.includes(fact)).map((fact) => `- reads: ${fact}`),
  ]
}

function listChartFacts(chart: Chart): string[] {
  return [
    ...listStates(chart.root).flatMap(listStateFacts),
    ...chart.transitions.map(formatTransitionFact),
  ]
}

function listStateFacts(state: ChartState): string[] {
  return [
    formatStateFact(state.id, {
      ...state,
      initial: state.initial?.target ?? '',
      entry: state.entry.map(formatAction),
      exit: state.exit.map(formatAction),
    }),
    ...state.invokes.map(({ id, src }) => `${state.id} invokes ${id}: ${src}`),
  ]
}

interface StateFacts {
  kind: string
  initial: string
  tags: string[]
  entry: string[]
  exit: string[]
  description: string
}

function formatStateFact(id: string, facts: StateFacts): string {
  const { kind, initial, tags, entry, exit, description } = facts
  const parts = { initial, tags: tags.join(), entry: entry.join(), exit: exit.join(), description }
  return formatFact(`${id} is ${kind}`, parts)
}

function formatTransitionFact(transition: ChartTransition): string {
  const { source, kind, label, index, targets, guard, actions, description } = transition
  return formatFact(`${source} on ${kind} ${label} (${index})`, {
    targets: targets.join(),
    guard: guard ? formatGuard(guard) : '',
    actions: actions.map(formatAction).join(),
    description,
  })
}

function formatFact(subject: string, parts: Record<string, string>): string {
  const present = Object.entries(parts).filter(([, value]) => value !== '')
  return [subject, ...present.map(([name, value]) => `${name} ${value}`)].join('; ')
}

type Parents = ReadonlyMap<string, { parentId: string; extract: ExtractedState }>

function mapParents(id: string, extract: ExtractedState, parentId = ''): Parents {
  const below = Object.entries(extract.states ?? {}).flatMap(([key, child]) => [
    ...mapParents(`${id}.${key}`, child, id),
  ])
  return new Map([[id, { parentId, extract }], ...below])
}

function listExtractedFacts(id: string, extract: ExtractedState, parents: Parents): string[] {
  const { states = {}, invoke, on = {}, after = {}, always, onDone } = extract
  const invokes = toList(invoke)
  const formatAll = (label: string, transitions: OneOrMany<ExtractedTransition> | undefined) =>
    toList(transitions).map((transition, index) =>
      formatExtractedFact(id, `${label} (${index})`, transition, parents),
    )
  return [
    formatStateFact(id, {
      kind: extract.type ?? (extract.states ? 'compound' : 'atomic'),
      initial: extract.initial ? `${id}.${extract.initial}` : '',
      tags: toList(extract.tags),
      entry: toList(extract.entry).map(formatExtractedAction),
      exit: toList(extract.exit).map(formatExtractedAction),
      description: extract.description ?? '',
    }),
    ...invokes.map((actor) => `${id} invokes ${actor.id}: ${actor.src}`),
    ...Object.entries(on).flatMap(([event, transitions]) =>
      formatAll(`event ${event}`, transitions),
    ),
    ...formatAll('completed completed', onDone),
    ...invokes.flatMap((actor) => [
      ...formatAll(`done done: ${actor.id}`, actor.onDone),
      ...formatAll(`error error: ${actor.id}`, actor.onError),
    ]),
    ...Object.entries(after).flatMap(([delay, transitions]) =>
      formatAll(`after after ${delay}`, transitions),
    ),
    ...formatAll('always always', always),
    ...Object.entries(states).flatMap(([key, child]) =>
      listExtractedFacts(`${id}.${key}`, child, parents),
    ),
  ]
}

function formatExtractedFact(
  id: string,
  label: string,
  { target, cond, actions, description = '' }: ExtractedTransition,
  parents: Parents,
): string {
  return formatFact(`${id} on ${label}`, {
    targets: toList(target)
      .map((name) => resolveTarget(id, name, parents))
      .join(),
    guard: cond ? formatCall(cond.type ?? 'inline guard', cond.params) : '',
    actions: toList(actions).map(formatExtractedAction).join(),
    description,
  })
}

function resolveTarget(source: string, target: string, parents: Parents): string {
  if (target.startsWith('#')) return target.slice(1)
  if (target.startsWith('.')) return `${source}${target}`
  return `${parents.get(source)?.parentId}.${target}`
}

function formatExtractedAction({ action }: ExtractedAction): string {
  return typeof action === 'string' ? action : formatCall(action.type, action.params)
}

function formatCall(name: string, params: Record<string, unknown> = {}): string {
  // The extractor reads params from literals, so they are JSON.
  const json = params as ChartAction['params'] & object
  return formatAction({ name, params: Object.keys(params).length === 0 ? null : json })
}

function toList<T>(value: OneOrMany<T> | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[])
}
