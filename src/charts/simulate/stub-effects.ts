import { type AnyStateMachine, createMachine } from 'xstate'
import { readBuiltAction, replaceBuiltEffects, replaceSpawn } from '../xstate-internals.ts'
import { replaceInlineCode } from './replace-inline-code.ts'
import { stubActor } from './stub-actor.ts'

/** Callbacks for what a stubbed machine reports. */
export interface StubReports {
  /** Called instead of running an effect. */
  onEffect?: (name: string) => void
  /** Called when a stand-in replaces a guard or a delay without an implementation. */
  onStandIn?: (description: string) => void
  /** Called when a function throws; `place` names it and, if inline, its state. */
  onFailure?: (place: string, cause: unknown) => void
}

/**
 * Copies a machine with its effects stubbed: invoked and spawned actors wait to be completed from
 * outside, and an action that is a plain function only reports its name, or `inline action`.
 * Guards, the context and XState's own actions (assign, raise, sendTo …) stay. Anything without an
 * implementation gets a stand-in: a guard passes, and a delay takes one second.
 */
export function stubEffects(machine: AnyStateMachine, reports: StubReports = {}): AnyStateMachine {
  const { onEffect = ignore, onStandIn = ignore } = reports
  const { actions, guards, delays } = machine.implementations
  const stub = createStubs(reports)
  const config = replaceInlineCode(machine.config, {
    action: (original, stateId) =>
      stub.action(original, `inline action`, `an action of ${stateId}`),
    actor: nameActor,
    guard: (original, stateId) => stub.expression(original, `a guard of ${stateId}`),
    value: (original, name, stateId) => stub.expression(original, `the ${name} of ${stateId}`),
  })
  const { context } = config
  const stubbedContext = typeof context === 'function' ? stub.context(context) : context
  // The config keeps its shape, so it is still a machine config.
  return createMachine({ ...config, context: stubbedContext } as typeof config, {
    guards: withFallback(
      mapNamed(guards, (guard, name) => stub.expression(guard, `the guard ${name}`)),
      (name) => () => {
        onStandIn(`guard ${name} (passes)`)
        return true
      },
    ),
    delays: withFallback(
      mapNamed(delays, (delay, name) => stub.expression(delay, `the delay ${name}`)),
      (name) => () => {
        onStandIn(`delay ${name} (1 s)`)
        return 1_000
      },
    ),
    actions: withFallback(
      mapNamed(actions, (action, name) => stub.action(action, name, `the action ${name}`)),
      (name) => () => onEffect(name),
    ),
    actors: withFallback({}, () => stubActor),
  })
}

const ignore = () => {}

/** Names an actor. An inline one needs a name, because XState finds it only through its state. */
const nameActor = (source: unknown) => (typeof source === 'string' ? source : 'inline actor')

function createStubs({ onEffect = ignore, onFailure = ignore }: StubReports) {
  const run = <Result>(place: string, compute: () => Result): Result => {
    try {
      return compute()
    } catch (cause) {
      onFailure(place, cause)
      throw cause
    }
  }
  const locate = (compute: object, place: string) => (args: unknown, params: unknown) =>
    run(place, (): unknown => (compute as (...args: unknown[]) => unknown)(args, params))

  const stubExpression = (original: unknown, place: string): unknown => {
    // A guard that XState built carries its parts as properties.
    if (typeof original === 'function')
      return 'check' in original ? original : locate(original, place)
    return locateParams(original, place, locate)
  }
  const stubAction = (original: unknown, name: string, place: string): unknown => {
    if (typeof original !== 'function') return locateParams(original, place, locate)
    if (readBuiltAction(original)?.type === 'xstate.log') return () => onEffect('log')
    const built = replaceBuiltEffects(original, {
      actor: nameActor,
      action: (enqueued) => stubAction(enqueued, 'inline action', place),
      onMissingActor: () => onEffect('send without a target'),
      run: (compute) => run(place, compute),
    })
    return built ?? (() => onEffect(name))
  }
  return {
    action: stubAction,
    expression: stubExpression,
    context: (compute: object) => locate(replaceSpawn(compute, nameActor), 'the context'),
  }
}

function locateParams(
  original: unknown,
  place: string,
  locate: (compute: object, place: string) => unknown,
): unknown {
  if (typeof original !== 'object' || original === null) return original
  const { params } = original as { params?: unknown }
  return typeof params === 'function'
    ? { ...original, params: locate(params, `the params of ${place}`) }
    : original
}

type Named = Record<string, unknown>

/**
 * Replaces each implementation of a kind. The result is typed like the original, because XState
 * doesn't check any further.
 */
function mapNamed<Kind extends Named>(
  named: Kind,
  change: (implementation: unknown, name: string) => unknown,
): Kind {
  return Object.fromEntries(
    Object.entries(named).map(([name, implementation]) => [name, change(implementation, name)]),
  ) as Kind
}

/** Wraps a record so that reading a missing name creates a value for it. */
function withFallback<Kind extends Named>(
  named: Kind,
  createFallback: (name: string) => Kind[string],
): Kind {
  return new Proxy(named, {
    get: (target, name) =>
      typeof name === 'symbol' ? undefined : (target[name] ?? createFallback(name)),
  })
}
