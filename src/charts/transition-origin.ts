import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { ChartTransition } from './chart.ts'
import { nameInvokes } from './invoke-names.ts'
import { listNodes } from './xstate-internals.ts'

type Origin = Pick<ChartTransition, 'kind' | 'label' | 'delay' | 'invokeId'>

/**
 * Derives what triggers a transition from its event type: a timer, an invoked actor, and so on.
 */
export function readOrigin(node: AnyStateNode, event: string, machine: AnyStateMachine): Origin {
  return (
    readInvokeOrigin(node, event) ??
    readDelayOrigin(node, event, machine) ?? {
      ...readEventOrigin(node, event, machine),
      delay: null,
      invokeId: null,
    }
  )
}

function readEventOrigin(
  node: AnyStateNode,
  event: string,
  machine: AnyStateMachine,
): Pick<Origin, 'kind' | 'label'> {
  if (event === `${donePrefix}${node.id}`) return { kind: 'completed', label: 'completed' }
  if (event.startsWith(donePrefix)) {
    return { kind: 'event', label: `completed: ${event.slice(donePrefix.length)}` }
  }
  if (event === '') return { kind: 'always', label: 'always' }
  if (event === '*') return { kind: 'event', label: 'any event' }
  if (event === 'xstate.route' && hasRoutes(node, machine)) return { kind: 'route', label: 'route' }
  return { kind: 'event', label: event }
}

const donePrefix = 'xstate.done.state.'

/** Whether XState derived routes from states below this node; it does so only on the root. */
function hasRoutes(node: AnyStateNode, machine: AnyStateMachine): boolean {
  return !node.parent && listNodes(machine).some(({ config }) => config.route && config.id)
}

const invokeEvents = [
  { kind: 'done', prefix: 'xstate.done.actor.' },
  { kind: 'error', prefix: 'xstate.error.actor.' },
  { kind: 'snapshot', prefix: 'xstate.snapshot.' },
] as const

function readInvokeOrigin(node: AnyStateNode, event: string): Origin | undefined {
  const invokeEvent = invokeEvents.find(({ prefix }) => event.startsWith(prefix))
  if (!invokeEvent) return undefined
  const { kind, prefix } = invokeEvent
  const invokeId = event.slice(prefix.length)
  if (invokeId === '*') return undefined
  return { kind, label: `${kind}: ${readActorName(node, invokeId)}`, delay: null, invokeId }
}

function readActorName(node: AnyStateNode, invokeId: string): string {
  const invokes = node.invoke.map(({ id, src }) => ({ id, src: readSourceName(src) }))
  const index = invokes.findIndex(({ id }) => id === invokeId)
  return nameInvokes(node.id, invokes)[index] ?? invokeId
}

/** Returns the name of an actor's logic in `setup`; null for inline logic. */
export function readSourceName(src: unknown): string | null {
  return typeof src === 'string' && !src.startsWith('xstate.invoke.') ? src : null
}

function readDelayOrigin(
  node: AnyStateNode,
  event: string,
  machine: AnyStateMachine,
): Origin | undefined {
  const delayed = node.after.find(({ eventType }) => eventType === event)
  if (!delayed) return undefined
  const name = String(delayed.delay)
  const value: unknown = machine.implementations.delays[name] ?? delayed.delay
  const milliseconds = typeof value === 'number' ? value : null
  const label = typeof delayed.delay === 'number' ? formatDuration(delayed.delay) : name
  return { kind: 'after', label: `after ${label}`, delay: { name, milliseconds }, invokeId: null }
}

/** Formats milliseconds in the largest unit that fits, such as `30 s`. */
function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`
  if (milliseconds < 60_000) return `${milliseconds / 1_000} s`
  return `${milliseconds / 60_000} min`
}
