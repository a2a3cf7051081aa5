import { isolate } from '#shared/isolate.ts'
import { formatEvent } from '../labels.ts'
import type { LiveStep } from './live.ts'
import { type LiveHistory, listMessages } from './live-history.ts'

type SequenceViewProps = { history: LiveHistory; actorId: string; position: number | null }

const maxMessages = 40
const laneWidth = 92
const rowHeight = 34

/** A sequence diagram around one actor: a column for each actor, an arrow for each event. */
export function SequenceView({ history, actorId, position }: SequenceViewProps) {
  const steps = listMessages(history, actorId, position).slice(-maxMessages)
  const ids = [...new Set(steps.flatMap((step) => [readSender(step), step.actorId]))]
  if (steps.length === 0) return <p className="text-ink-soft">No messages yet.</p>
  const centerX = (id: string) => ids.indexOf(id) * laneWidth + laneWidth / 2
  const height = steps.length * rowHeight + 40
  return (
    <div className="max-h-80 overflow-auto rounded-md border border-line">
      <svg
        role="img"
        width={ids.length * laneWidth}
        height={height}
        aria-label={describeMessages(history, steps)}
      >
        {ids.map((id) => (
          <Lane key={id} x={centerX(id)} height={height} name={findName(history, id)} />
        ))}
        {steps.map((step, index) => (
          <Message
            key={step.number}
            from={centerX(readSender(step))}
            to={centerX(step.actorId)}
            y={48 + index * rowHeight}
            label={formatEvent(step.event)}
          />
        ))}
      </svg>
    </div>
  )
}

const Lane = ({ x, height, name }: { x: number; height: number; name: string }) => (
  <g>
    <text x={x} y={16} textAnchor="middle" fontSize={11} className="fill-ink">
      {isolate(truncate(name))}
    </text>
    <line x1={x} x2={x} y1={24} y2={height} className="stroke-line-strong/50" />
  </g>
)

type MessageProps = { from: number; to: number; y: number; label: string }

const Message = ({ from, to, y, label }: MessageProps) => (
  <g>
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
      {label}
    </text>
  </g>
)

const outside = 'outside'

const readSender = ({ senderId }: LiveStep) => senderId ?? outside

function findName({ actors }: LiveHistory, id: string): string {
  return id === outside ? 'the page' : (actors.get(id)?.name ?? 'another actor')
}

const truncate = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name)

function describeMessages(history: LiveHistory, steps: LiveStep[]): string {
  return steps
    .map((step) => {
      const [sender, receiver] = [readSender(step), step.actorId].map((id) => findName(history, id))
      return `${sender} sent ${formatEvent(step.event)} to ${receiver}`
    })
    .join('. ')
}
