import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { ChartTransition } from './chart.ts'

type Origin = Pick<ChartTransition, 'kind' | 'label' | 'delay' | 'invokeId'>

/** What an event's name says to a person, and which timer or invoked actor it comes from. */
export function originOf(node: AnyStateNode, event: string, machine: AnyStateMachine): Origin {
  return (
    originOfInvoke(node, event) ??
    originOfDelay(node, event, machine) ??
    originOfCompletion(event) ?? { ...fromOutside, ...plainLabel(event) }
  )
}

const fromOutside = { delay: null, invokeId: null }

function plainLabel(event: string): Pick<Origin, 'kind' | 'label'> {
  if (event === '') return { kind: 'always', label: 'always' }
  if (event === '*') return { kind: 'event', label: 'any event' }
  if (event === 'xstate.route') return { kind: 'route', label: 'route' }
  return { kind: 'event', label: event }
}

const answers = {
  done: { prefix: 'xstate.done.actor.', word: 'done' },
  error: { prefix: 'xstate.error.actor.', word: 'error' },
  snapshot: { prefix: 'xstate.snapshot.', word: 'snapshot' },
} as const

function originOfInvoke(node: AnyStateNode, event: string): Origin | undefined {
  for (const kind of ['done', 'error', 'snapshot'] as const) {
    const { prefix, word } = answers[kind]
    if (!event.startsWith(prefix)) continue
    const invokeId = event.slice(prefix.length)
    return { kind, label: `${word}: ${actorName(node, invokeId)}`, delay: null, invokeId }
  }
  return undefined
}

// An id that XState made up says nothing to a person; the actor's name does.
function actorName(node: AnyStateNode, invokeId: string): string {
  const invoke = node.invoke.find(({ id }) => id === invokeId)
  if (!invoke || !/^\d+\./.test(invokeId)) return invokeId
  const src = String(invoke.src)
  return src.startsWith('xstate.invoke.') ? 'inline actor' : src
}

function originOfDelay(
  node: AnyStateNode,
  event: string,
  machine: AnyStateMachine,
): Origin | undefined {
  const delayed = node.after.find(({ eventType }) => eventType === event)
  if (!delayed) return undefined
  const name = String(delayed.delay)
  const known: unknown = machine.implementations.delays[name] ?? delayed.delay
  const milliseconds = typeof known === 'number' ? known : null
  const label = typeof delayed.delay === 'number' ? durationLabel(delayed.delay) : name
  return {
    ...{ kind: 'after', label: `after ${label}` },
    ...{ delay: { name, milliseconds }, invokeId: null },
  }
}

function originOfCompletion(event: string): Origin | undefined {
  if (!event.startsWith('xstate.done.state.')) return undefined
  return { kind: 'completed', label: 'completed', ...fromOutside }
}

/** A number of milliseconds in the unit that a person would say it in. */
function durationLabel(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`
  if (milliseconds < 60_000) return `${milliseconds / 1_000} s`
  return `${milliseconds / 60_000} min`
}
