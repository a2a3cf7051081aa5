import { eventLabel } from './event-label.ts'
import { type LiveHistory, messagesAround } from './live-history.ts'

type SequenceViewProps = { history: LiveHistory; actorId: string; position: number | null }

const mostShown = 40
const lane = 92
const row = 34

/** Who sent what to whom around one actor: a column for each actor, an arrow for each event. */
export function SequenceView({ history, actorId, position }: SequenceViewProps) {
  const steps = messagesAround(history, actorId, position).slice(-mostShown)
  const ids = [...new Set(steps.flatMap((step) => [senderOf(step), step.actorId]))]
  if (steps.length === 0) return <p className="text-ink-soft">Nothing was sent yet.</p>
  const middleOf = (id: string) => ids.indexOf(id) * lane + lane / 2
  const height = steps.length * row + 40
  return (
    <div className="max-h-80 overflow-auto rounded-md border border-line">
      <svg
        role="img"
        width={ids.length * lane}
        height={height}
        aria-label={inWords(history, steps)}
      >
        {ids.map((id) => (
          <g key={id}>
            <text x={middleOf(id)} y={16} textAnchor="middle" fontSize={11} className="fill-ink">
              {shorten(nameOf(history, id))}
            </text>
            <line
              x1={middleOf(id)}
              x2={middleOf(id)}
              y1={24}
              y2={height}
              className="stroke-line-strong/50"
            />
          </g>
        ))}
        {steps.map((step, index) => {
          const [from, to] = [middleOf(senderOf(step)), middleOf(step.actorId)]
          const y = 48 + index * row
          return (
            <g key={step.number}>
              {from === to ? (
                <circle cx={to} cy={y} r={4} className="fill-accent" />
              ) : (
                <path
                  d={`M${from} ${y}H${to}m${to > from ? '-6 -4l6 4-6 4' : '6 -4l-6 4 6 4'}`}
                  className="fill-none stroke-accent"
                />
              )}
              <text
                x={(from + to) / 2 + (from === to ? 8 : 0)}
                y={y - 6}
                textAnchor={from === to ? 'start' : 'middle'}
                fontSize={10}
                strokeWidth={3}
                paintOrder="stroke"
                className="fill-ink-soft stroke-surface"
              >
                {eventLabel(step.event)}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

type Step = LiveHistory['steps'][number]

const outside = 'outside'

const senderOf = ({ senderId }: Step) => senderId ?? outside

function nameOf({ actors }: LiveHistory, id: string): string {
  return id === outside ? 'the page' : (actors.get(id)?.name ?? 'a helper')
}

const shorten = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name)

function inWords(history: LiveHistory, steps: Step[]): string {
  return steps
    .map(
      (step) =>
        `${nameOf(history, senderOf(step))} sent ${eventLabel(step.event)} to ${nameOf(history, step.actorId)}`,
    )
    .join('. ')
}
