import type { AnyStateMachine } from 'xstate'

/** Replaces the code in a machine's config. `stateId` is the state whose config has the code. */
interface Replacements {
  /** Replaces an action, named or inline. */
  action: (original: unknown, stateId: string) => unknown
  /** Replaces the source of an invoked actor, named or inline. */
  actor: (original: unknown) => unknown
  guard: (original: unknown, stateId: string) => unknown
  /** Replaces a value that may be computed by a function, such as an input. */
  value: (original: unknown, name: string, stateId: string) => unknown
}

type Config = AnyStateMachine['config']
type Part = Record<string, unknown>
type Change = (value: unknown) => unknown

/** Copies a machine's config with its actions, invoked actors, guards and expressions replaced. */
export function replaceInlineCode(config: Config, replacements: Replacements): Config {
  const rootId = config.id ?? '(machine)'
  return replaceInState(config, rootId, replacements) as Config
}

function replaceInState(config: unknown, stateId: string, replacements: Replacements): unknown {
  const { actor, value } = replacements
  const actions = mapItems((original) => replacements.action(original, stateId))
  const guard: Change = (original) => replacements.guard(original, stateId)
  const transitions = mapItems(whereObject((part) => changeKeys(part, { actions, guard })))
  const transitionsByName = whereObject((part) => mapValues(part, transitions))
  const [onDone, onError, onSnapshot] = [transitions, transitions, transitions]
  const input: Change = (original) => value(original, 'input', stateId)
  const invokes = mapItems(
    whereObject((part) => ({
      ...changeKeys(part, { input, onDone, onError, onSnapshot }),
      src: actor(part.src),
    })),
  )
  return whereObject((part) =>
    changeKeys(part, {
      entry: actions,
      exit: actions,
      invoke: invokes,
      on: transitionsByName,
      after: transitionsByName,
      always: transitions,
      onDone,
      initial: transitions,
      route: transitions,
      output: (original) => value(original, 'output', stateId),
      states: whereObject((states) =>
        Object.fromEntries(
          Object.entries(states).map(([key, child]) => {
            const childId = readId(child) ?? `${stateId}.${key}`
            return [key, replaceInState(child, childId, replacements)]
          }),
        ),
      ),
    }),
  )(config)
}

function readId(state: unknown): string | undefined {
  const { id } = (state ?? {}) as { id?: unknown }
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** Changes each item of an array, or a single value. */
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
