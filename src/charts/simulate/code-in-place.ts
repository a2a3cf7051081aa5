import type { AnyStateMachine } from 'xstate'

/** What takes the place of an action or an actor that a machine's config holds as code. */
export interface InPlace {
  action: (written: unknown) => unknown
  actor: (written: unknown) => unknown
}

type Config = AnyStateMachine['config']
type Part = Record<string, unknown>
type Change = (value: unknown) => unknown

/** The same config with its actions and invoked actors replaced, wherever they stand. */
export function replaceInPlace(config: Config, { action, actor }: InPlace): Config {
  const actions = each(action)
  const transitions = each(whereObject((part) => changed(part, { actions })))
  const transitionsByName = whereObject((part) => everyValue(part, transitions))
  const invokes = each(
    whereObject((part) =>
      changed(part, {
        src: actor,
        onDone: transitions,
        onError: transitions,
        onSnapshot: transitions,
      }),
    ),
  )
  const state: Change = whereObject((part) =>
    changed(part, {
      entry: actions,
      exit: actions,
      invoke: invokes,
      on: transitionsByName,
      after: transitionsByName,
      always: transitions,
      onDone: transitions,
      initial: transitions,
      route: transitions,
      states: whereObject((states) => everyValue(states, state)),
    }),
  )
  return state(config) as Config
}

const each =
  (change: Change): Change =>
  (value) =>
    Array.isArray(value) ? value.map(change) : change(value)

const whereObject =
  (change: (part: Part) => Part): Change =>
  (value) =>
    typeof value === 'object' && value !== null ? change(value as Part) : value

function changed(part: Part, changes: Record<string, Change>): Part {
  const known = Object.entries(changes).filter(([key]) => part[key] !== undefined)
  return {
    ...part,
    ...Object.fromEntries(known.map(([key, change]) => [key, change(part[key])])),
  }
}

function everyValue(part: Part, change: Change): Part {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, change(value)]))
}
