import type { ChartTransition } from '../chart.ts'

/** How SCXML matches a transition's event: descriptors, and a condition if they match too much. */
export interface EventMatch {
  descriptors: string
  condition: string | null
}

/** The SCXML names of XState's events. */
export interface EventNames {
  /** The events for a state that is done, by its XState id. */
  listDoneEvents: (id: string) => string[]
  /** The `done`, `error` or `snapshot` events of an actor. */
  listActorEvents: (kind: ActorEvent, id: string, source: string) => string[]
  /** The event that a state sends itself after a delay. */
  getDelayEvent: (source: string, event: string) => string
  /** The events that SCXML sends but XState does not. */
  unknown: string[]
}

export type ActorEvent = 'done' | 'error' | 'snapshot'

/** The prefixes of XState's own events, and of their SCXML equivalents. */
export const prefixes = {
  state: ['xstate.done.state.', 'done.state.'],
  done: ['xstate.done.actor.', 'done.invoke.'],
  error: ['xstate.error.actor.', 'error.platform.'],
  snapshot: ['xstate.snapshot.', 'snapshot.'],
} as const

/**
 * Matches the events that trigger a transition in XState. An SCXML descriptor matches all events
 * that start with it, so a condition compares the whole name.
 */
export function matchEvent(transition: ChartTransition, names: EventNames): EventMatch | null {
  const { event, kind, source, invokeId } = transition
  if (kind === 'always' || kind === 'history') return null
  if (kind === 'after') return matchNames([names.getDelayEvent(source, event)])
  if (kind === 'done' || kind === 'error' || kind === 'snapshot') {
    return matchNames(names.listActorEvents(kind, invokeId ?? '', source))
  }
  if (isWildcard(event)) return matchWildcard(event, names)
  const [done] = prefixes.state
  return matchNames(
    event.startsWith(done) ? names.listDoneEvents(event.slice(done.length)) : [event],
  )
}

/** Whether XState treats an event name as a pattern: `*`, or a name that ends with `.*`. */
export function isWildcard(event: string): boolean {
  return event === '*' || (event.endsWith('.*') && !event.slice(0, -1).includes('*'))
}

/** Sorts transitions as XState tries them: exact events first, then the longest pattern. */
export function sortByEvent(transitions: ChartTransition[]): ChartTransition[] {
  const rank = ({ event }: ChartTransition) => (isWildcard(event) ? -event.length : -Infinity)
  return transitions.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

function matchNames(events: string[]): EventMatch {
  const areDescriptors = events.every((event) => isDescriptor(event))
  return {
    descriptors: areDescriptors ? events.join(' ') : '*',
    condition: events.map((event) => `_event.name === ${quote(event)}`).join(' || '),
  }
}

function matchWildcard(event: string, names: EventNames): EventMatch {
  const { unknown } = names
  const condition = unknown.map((name) => `_event.name !== ${quote(name)}`).join(' && ') || null
  if (event === '*') return { descriptors: '*', condition }
  const prefix = event.slice(0, -1)
  const replaced = Object.values(prefixes)
    .filter(([xstate]) => xstate.startsWith(prefix))
    .map(([, scxml]) => `${scxml}*`)
  if (replaced.length > 0) {
    const own = prefix === 'xstate.' ? [event] : []
    return { descriptors: [...own, ...replaced].join(' '), condition }
  }
  const stem = event.slice(0, -2)
  if (isDescriptor(stem)) return { descriptors: event, condition: null }
  const [name, start] = [quote(stem), quote(prefix)]
  return {
    descriptors: '*',
    condition: `_event.name === ${name} || _event.name.startsWith(${start})`,
  }
}

/**
 * Whether SCXML allows an event name in a descriptor: words of letters, digits, `-`, `_` and `:`.
 */
const isDescriptor = (event: string) => /^[\w:-]+(?:\.[\w:-]+)*$/.test(event)

/** Quotes a text for ECMAScript, in single quotes if possible, since XML escapes double ones. */
export function quote(text: string): string {
  const quoted = JSON.stringify(text).replace(/[\uFFFE\uFFFF]/g, formatEscape)
  return /['"\\]/.test(quoted.slice(1, -1)) ? quoted : `'${quoted.slice(1, -1)}'`
}

const formatEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16)}`
