import {
  type Chart,
  type ChartAction,
  type ChartState,
  type ChartTransition,
  statesOf,
} from '#charts/chart.ts'
import { actionLabel, guardLabel } from '#charts/chart-parts.ts'
import type {
  ExtractedAction,
  ExtractedState,
  ExtractedTransition,
  OneOrMany,
} from './stately-extractor.ts'

/** What Stately would show otherwise than the machine runs, one sentence a fact; empty where both are the same. */
export function differenceOf(chart: Chart, extract: ExtractedState): string[] {
  const runs = factsOfChart(chart)
  const parents = parentsOf(chart.machineId, extract)
  const reads = extractedFacts(chart.machineId, extract, parents)
  return [
    ...runs.filter((fact) => !reads.includes(fact)).map((fact) => `- runs:  ${fact}`),
    ...reads.filter((fact) => !runs.includes(fact)).map((fact) => `- reads: ${fact}`),
  ]
}

function factsOfChart(chart: Chart): string[] {
  return [...statesOf(chart.root).flatMap(stateFacts), ...chart.transitions.map(transitionFact)]
}

function stateFacts(state: ChartState): string[] {
  return [
    stateFact(state.id, {
      ...state,
      initial: state.initial?.target ?? '',
      entry: state.entry.map(actionLabel),
      exit: state.exit.map(actionLabel),
    }),
    ...state.invokes.map(({ id, src }) => `${state.id} invokes ${id}: ${src}`),
  ]
}

interface StateWords {
  kind: string
  initial: string
  tags: string[]
  entry: string[]
  exit: string[]
  description: string
}

function stateFact(id: string, words: StateWords): string {
  const { kind, initial, tags, entry, exit, description } = words
  const parts = { initial, tags: tags.join(), entry: entry.join(), exit: exit.join(), description }
  return sentence(`${id} is ${kind}`, parts)
}

function transitionFact(transition: ChartTransition): string {
  const { source, kind, label, index, targets, guard, actions, description } = transition
  return sentence(`${source} on ${kind} ${label} (${index})`, {
    targets: targets.join(),
    guard: guard ? guardLabel(guard) : '',
    actions: actions.map(actionLabel).join(),
    description,
  })
}

function sentence(subject: string, parts: Record<string, string>): string {
  const said = Object.entries(parts).filter(([, value]) => value !== '')
  return [subject, ...said.map(([name, value]) => `${name} ${value}`)].join('; ')
}

type Parents = ReadonlyMap<string, { parentId: string; extract: ExtractedState }>

function parentsOf(id: string, extract: ExtractedState, parentId = ''): Parents {
  const below = Object.entries(extract.states ?? {}).flatMap(([key, child]) => [
    ...parentsOf(`${id}.${key}`, child, id),
  ])
  return new Map([[id, { parentId, extract }], ...below])
}

function extractedFacts(id: string, extract: ExtractedState, parents: Parents): string[] {
  const { states = {}, invoke, on = {}, after = {}, always, onDone } = extract
  const invokes = listOf(invoke)
  const taken = (label: string, transitions: OneOrMany<ExtractedTransition> | undefined) =>
    listOf(transitions).map((one, index) => extractedFact(id, `${label} (${index})`, one, parents))
  return [
    stateFact(id, {
      kind: extract.type ?? (extract.states ? 'compound' : 'atomic'),
      initial: extract.initial ? `${id}.${extract.initial}` : '',
      tags: listOf(extract.tags),
      entry: listOf(extract.entry).map(extractedAction),
      exit: listOf(extract.exit).map(extractedAction),
      description: extract.description ?? '',
    }),
    ...invokes.map((one) => `${id} invokes ${one.id}: ${one.src}`),
    ...Object.entries(on).flatMap(([event, transitions]) => taken(`event ${event}`, transitions)),
    ...taken('completed completed', onDone),
    ...invokes.flatMap((one) => [
      ...taken(`done done: ${one.id}`, one.onDone),
      ...taken(`error error: ${one.id}`, one.onError),
    ]),
    ...Object.entries(after).flatMap(([delay, transitions]) =>
      taken(`after after ${delay}`, transitions),
    ),
    ...taken('always always', always),
    ...Object.entries(states).flatMap(([key, child]) =>
      extractedFacts(`${id}.${key}`, child, parents),
    ),
  ]
}

function extractedFact(
  id: string,
  label: string,
  { target, cond, actions, description = '' }: ExtractedTransition,
  parents: Parents,
): string {
  return sentence(`${id} on ${label}`, {
    targets: listOf(target)
      .map((name) => targetId(id, name, parents))
      .join(),
    guard: cond ? named(cond.type ?? 'inline guard', cond.params) : '',
    actions: listOf(actions).map(extractedAction).join(),
    description,
  })
}

function targetId(source: string, target: string, parents: Parents): string {
  if (target.startsWith('#')) return target.slice(1)
  if (target.startsWith('.')) return `${source}${target}`
  return `${parents.get(source)?.parentId}.${target}`
}

function extractedAction({ action }: ExtractedAction): string {
  return typeof action === 'string' ? action : named(action.type, action.params)
}

function named(name: string, params: Record<string, unknown> = {}): string {
  // What the extractor hands on is read from literals.
  const given = params as ChartAction['params'] & object
  return actionLabel({ name, params: Object.keys(params).length === 0 ? null : given })
}

function listOf<T>(value: OneOrMany<T> | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[])
}
