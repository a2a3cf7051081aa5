import { useMemo, useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { Chart, Json } from '../chart.ts'
import type { ChartEntry } from '../chart-entry.ts'
import { JsonField } from './json-field.tsx'
import { isObject, objectOf } from './outcome.ts'
import { reactionsOf } from './reactions.ts'
import type { StepProps } from './step-props.ts'

type SimulatedEventsProps = StepProps & { entry: ChartEntry; chart: Chart }

/** The events of the chart: which are possible now, and why the others are not. */
export function SimulatedEvents({ entry, chart, state, onStep }: SimulatedEventsProps) {
  const [edited, setEdited] = useState<string | null>(null)
  const reactions = useMemo(
    () => reactionsOf(chart, state, (type) => ({ ...entry.payloads[type], type })),
    [chart, state, entry],
  )
  const payloadOf = (type: string): Record<string, Json> => entry.payloads[type] ?? {}
  return (
    <section aria-label="Events">
      <h2 className="mb-1 font-semibold">Events</h2>
      <ul className="flex flex-col gap-1">
        {reactions
          .toSorted((a, b) => Number(b.isPossible) - Number(a.isPossible))
          .map(({ type, isPossible, reason }) => (
            <li key={type}>
              <div className="flex flex-wrap items-center gap-2">
                <Button
                  size="small"
                  variant={isPossible ? 'secondary' : 'quiet'}
                  aria-disabled={!isPossible}
                  onClick={() =>
                    isPossible && onStep({ do: 'send', event: { ...payloadOf(type), type } })
                  }
                >
                  {type}
                </Button>
                <span className="min-w-0 flex-1 text-ink-soft">{reason}</span>
                <Button
                  size="small"
                  variant="quiet"
                  aria-expanded={edited === type}
                  aria-label={`Payload of ${type}`}
                  onClick={() => setEdited(edited === type ? null : type)}
                >
                  Payload
                </Button>
              </div>
              {edited === type && (
                <JsonField
                  label={`Payload of ${type}, as JSON`}
                  value={payloadOf(type)}
                  action="Send with it"
                  refuse={refusePayload}
                  onSubmit={(payload) =>
                    onStep({ do: 'send', event: { ...objectOf(payload), type } })
                  }
                />
              )}
            </li>
          ))}
      </ul>
    </section>
  )
}

const refusePayload = (payload: Json) =>
  isObject(payload)
    ? null
    : 'A payload is an object, such as { "id": 1 }: its parts go beside the type.'
