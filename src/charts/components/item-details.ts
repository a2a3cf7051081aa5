import {
  type Chart,
  type ChartState,
  type ChartTransition,
  isForbidden,
  listStates,
} from '../chart.ts'
import { formatInvokes } from '../invoke-names.ts'
import { formatActions, formatGuard } from '../labels.ts'

/** What the details card shows for a state or a transition. */
export interface ItemDetails {
  title: string
  description: string
  facts: Fact[]
}

type Fact = [name: string, value: string]

/** Finds the details of a state or a transition by its id; null for an unknown id. */
export function findItemDetails(chart: Chart, id: string): ItemDetails | null {
  const state = listStates(chart.root).find((candidate) => candidate.id === id)
  if (state) return toStateDetails(state)
  const transition = chart.transitions.find((candidate) => candidate.id === id)
  return transition ? toTransitionDetails(transition) : null
}

/**
 * Formats the details as sentences for screen readers; empty if there is nothing to add to the
 * title.
 */
export function describeItem(chart: Chart, id: string): string {
  const details = findItemDetails(chart, id)
  if (!details) return ''
  const facts = details.facts.map(([name, value]) => `${name}: ${value.replace(/\.$/, '')}.`)
  return [details.description, ...facts].filter((sentence) => sentence !== '').join(' ')
}

/** Formats the kind of a state, such as `deep history`; empty for an atomic one. */
export function formatKind({ kind, history }: ChartState): string {
  if (kind === 'atomic') return ''
  return history === null ? kind : `${history} history`
}

function toStateDetails(state: ChartState): ItemDetails {
  const { key, description, tags, initial, entry, exit, states } = state
  const initialState = states.find(({ id }) => id === initial?.target)
  return {
    title: key,
    description,
    facts: withoutEmpty([
      ['Kind', formatKind(state)],
      ['Initial state', initialState?.key ?? ''],
      ['Initial actions', formatActions(initial?.actions ?? [])],
      ['Initial transition', initial?.description ?? ''],
      ['Tags', tags.join(', ')],
      ['Entry', formatActions(entry)],
      ['Exit', formatActions(exit)],
      ['Invokes', formatInvokes(state).join(', ')],
    ]),
  }
}

function toTransitionDetails(transition: ChartTransition): ItemDetails {
  const { label, description, source, guard, actions } = transition
  return {
    title: label,
    description,
    facts: withoutEmpty([
      ['From', source],
      ['To', formatTargets(transition)],
      ['If', guard ? formatGuard(guard) : ''],
      ['Actions', isForbidden(transition) ? 'none: the event is ignored' : formatActions(actions)],
    ]),
  }
}

function formatTargets({ targets, reenter }: ChartTransition): string {
  if (targets.length === 0) return 'stays'
  return `${targets.join(', ')}${reenter ? ', re-entered' : ''}`
}

const withoutEmpty = (facts: Fact[]) => facts.filter(([, value]) => value !== '')
