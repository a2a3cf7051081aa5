import { type Chart, type ChartState, type ChartTransition, statesOf } from '../chart.ts'
import { actionLabel, guardLabel } from '../chart-parts.ts'

type ItemDetailsProps = { chart: Chart; id: string }

/** What a state or a transition is for, in its author's words, and what it is made of. */
export function ItemDetails({ chart, id }: ItemDetailsProps) {
  const state = statesOf(chart.root).find((candidate) => candidate.id === id)
  const transition = chart.transitions.find((candidate) => candidate.id === id)
  if (state) return <StateDetails state={state} />
  return transition ? <TransitionDetails transition={transition} /> : null
}

const StateDetails = ({ state }: { state: ChartState }) => (
  <>
    <p className="font-semibold">{state.key}</p>
    {state.description !== '' && <p>{state.description}</p>}
    <Facts
      facts={[
        ['Kind', kindLabel(state)],
        ['Tags', state.tags.join(', ')],
        ['Entry', state.entry.map(actionLabel).join(', ')],
        ['Exit', state.exit.map(actionLabel).join(', ')],
        ['Invokes', state.invokes.map(({ id, src }) => src ?? id).join(', ')],
      ]}
    />
  </>
)

const TransitionDetails = ({ transition }: { transition: ChartTransition }) => (
  <>
    <p className="font-semibold">{transition.label}</p>
    {transition.description !== '' && <p>{transition.description}</p>}
    <Facts
      facts={[
        ['From', transition.source],
        ['To', transition.targets.join(', ') || 'stays'],
        ['If', transition.guard ? guardLabel(transition.guard) : ''],
        ['Does', transition.actions.map(actionLabel).join(', ')],
      ]}
    />
  </>
)

const Facts = ({ facts }: { facts: [string, string][] }) => (
  <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm text-ink-soft">
    {facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd className="text-ink">{value}</dd>
        </div>
      ))}
  </dl>
)

function kindLabel({ kind, history }: ChartState): string {
  if (kind === 'atomic') return ''
  return history === null ? kind : `${history} history`
}
