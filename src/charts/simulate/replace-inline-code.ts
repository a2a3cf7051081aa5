import type { AnyStateMachine } from 'xstate'

/** What replaces an action or an actor in a machine's config, named or inline. */
interface Replacements {
  action: (written: unknown) => unknown
  actor: (written: unknown) => unknown
}

type Config = AnyStateMachine['config']
type Part = Record<string, unknown>
type Change = (value: unknown) => unknown

/** Copies a machine's config with all its actions and invoked actors replaced. */
export function replaceInlineCode(config: Config, { action, actor }: Replacements): Config {
  const actions = mapItems(action)
  const transitions = mapItems(whereObject((part) => changeKeys(part, { actions })))
  const transitionsByName = whereObject((part) => mapValues(part, transitions))
  const invokes = mapItems(
    whereObject((part) =>
      changeKeys(part, {
        src: actor,
        onDone: transitions,
        onError: transitions,
        onSnapshot: transitions,
      }),
    ),
  )
  const state: Change = whereObject((part) =>
    changeKeys(part, {
      entry: actions,
      exit: actions,
      invoke: invokes,
      on: transitionsByName,
      after: transitionsByName,
      always: transitions,
      onDone: transitions,
      initial: transitions,
      route: transitions,
      states: whereObject((states) => mapValues(states, state)),
    }),
  )
  return state(config) as Config
}

/** Changes each item of an array, or a value that stands alone. */
const mapItems =
  (change: Change): Change =>
  (value) =>
    Array.isArray(value) ? value.map(change) : change(value)

const whereObject =
  (change: (part: Part) => Part): Change =>
  (value) =>
    typeof value === 'object' && value !== null ? change(value as Part) : value

function changeKeys(part: Part, changes: Record<string, Change>): Part {
  const present = Object.entries(changes).filter(([key]) => part[key] !== undefined)
  return {
    ...part,
    ...Object.fromEntries(present.map(([key, change]) => [key, change(part[key])])),
  }
}

function mapValues(part: Part, change: Change): Part {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, change(value)]))
}
