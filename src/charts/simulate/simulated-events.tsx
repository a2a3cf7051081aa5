import { useMemo, useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { Chart } from '../chart.ts'
import type { ChartEntry } from '../chart-entry.ts'
import { isObject, type Json, toObject } from '../json.ts'
import { JsonField } from './json-field.tsx'
import { listReactions, type Reaction } from './reactions.ts'
import type { SimulationStep, StepProps } from './simulation.ts'

type SimulatedEventsProps = StepProps & { entry: ChartEntry; chart: Chart }

/** The chart's events, possible ones first, each with its effect or why it is impossible. */
export function SimulatedEvents({ entry, chart, state, onStep }: SimulatedEventsProps) {
  const [editedType, setEditedType] = useState<string | null>(null)
  const reactions = useMemo(
    () =>
      listReactions(chart, state, (type) => ({ ...entry.payloads[type], type })).toSorted(
        (a, b) => Number(b.isPossible) - Number(a.isPossible),
      ),
    [chart, state, entry],
  )
  return (
    <section aria-label="Events">
      <h2 className="mb-1 font-semibold">Events</h2>
      <ul className="flex flex-col gap-1">
        {reactions.map((reaction) => (
          <EventItem
            key={reaction.type}
            reaction={reaction}
            payload={entry.payloads[reaction.type] ?? {}}
            isEdited={editedType === reaction.type}
            onEdit={(isEdited) => setEditedType(isEdited ? reaction.type : null)}
            onStep={onStep}
          />
        ))}
      </ul>
    </section>
  )
}

type EventItemProps = {
  reaction: Reaction
  payload: Record<string, Json>
  isEdited: boolean
  onEdit: (isEdited: boolean) => void
  onStep: (step: SimulationStep) => void
}

const EventItem = ({ reaction, payload, isEdited, onEdit, onStep }: EventItemProps) => {
  const { type, isPossible, reason } = reaction
  const send = (content: Record<string, Json>) =>
    onStep({ do: 'send', event: { ...content, type } })
  return (
    <li>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="small"
          variant={isPossible ? 'secondary' : 'quiet'}
          aria-disabled={!isPossible}
          onClick={() => isPossible && send(payload)}
        >
          {type}
        </Button>
        <span className="min-w-0 flex-1 text-ink-soft">{reason}</span>
        <Button
          size="small"
          variant="quiet"
          aria-expanded={isEdited}
          aria-label={`Payload of ${type}`}
          onClick={() => onEdit(!isEdited)}
        >
          Payload
        </Button>
      </div>
      {isEdited && (
        <JsonField
          label={`Payload of ${type}, as JSON`}
          value={payload}
          submitLabel="Send with this payload"
          validate={validatePayload}
          onSubmit={(edited) => send(toObject(edited))}
        />
      )}
    </li>
  )
}

const validatePayload = (payload: Json) =>
  isObject(payload) ? null : 'A payload must be an object, such as { "id": 1 }.'
