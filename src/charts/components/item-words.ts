import {
  type Chart,
  type ChartAction,
  type ChartState,
  type ChartTransition,
  isForbidding,
  statesOf,
} from '../chart.ts'
import { actionLabel, guardLabel } from '../chart-parts.ts'

/** What a state or a transition is for, in its author's words, and what it is made of. */
export interface ItemWords {
  title: string
  description: string
  facts: Fact[]
}

type Fact = [name: string, value: string]

export function itemWords(chart: Chart, id: string): ItemWords | null {
  const state = statesOf(chart.root).find((candidate) => candidate.id === id)
  if (state) return stateWords(state)
  const transition = chart.transitions.find((candidate) => candidate.id === id)
  return transition ? transitionWords(transition) : null
}

/** The same in sentences, for who is told of it by a screen reader; empty where there is nothing to tell. */
export function descriptionOf(chart: Chart, id: string): string {
  const words = itemWords(chart, id)
  if (!words) return ''
  const facts = words.facts.map(([name, value]) => `${name}: ${value.replace(/\.$/, '')}.`)
  return [words.description, ...facts].filter((sentence) => sentence !== '').join(' ')
}

/** What kind of state it is; empty for the plain kind. */
export function kindLabel({ kind, history }: ChartState): string {
  if (kind === 'atomic') return ''
  return history === null ? kind : `${history} history`
}

function stateWords(state: ChartState): ItemWords {
  const { key, description, tags, initial, entry, exit, invokes, states } = state
  const first = states.find(({ id }) => id === initial?.target)
  return {
    title: key,
    description,
    facts: known([
      ['Kind', kindLabel(state)],
      ['Begins in', first?.key ?? ''],
      ['Begins by', actionsLabel(initial?.actions ?? [])],
      ['Beginning', initial?.description ?? ''],
      ['Tags', tags.join(', ')],
      ['Entry', actionsLabel(entry)],
      ['Exit', actionsLabel(exit)],
      ['Invokes', invokes.map(({ id, src }) => src ?? id).join(', ')],
    ]),
  }
}

function transitionWords(transition: ChartTransition): ItemWords {
  const { label, description, source, guard, actions } = transition
  return {
    title: label,
    description,
    facts: known([
      ['From', source],
      ['To', targetsLabel(transition)],
      ['If', guard ? guardLabel(guard) : ''],
      ['Does', isForbidding(transition) ? 'nothing' : actionsLabel(actions)],
    ]),
  }
}

function targetsLabel({ targets, reenter }: ChartTransition): string {
  if (targets.length === 0) return 'stays'
  return `${targets.join(', ')}${reenter ? ', which is entered anew' : ''}`
}

const actionsLabel = (actions: ChartAction[]) => actions.map(actionLabel).join(', ')

const known = (facts: Fact[]) => facts.filter(([, value]) => value !== '')
