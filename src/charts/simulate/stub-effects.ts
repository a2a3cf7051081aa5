import { type AnyStateMachine, createMachine } from 'xstate'
import { readBuiltAction, replaceBuiltEffects, replaceSpawn } from '../xstate-internals.ts'
import { replaceInlineCode } from './replace-inline-code.ts'
import { stubActor } from './stub-actor.ts'

/** What a stubbed machine reports. */
export interface StubReports {
  /** An effect would have run. */
  onEffect?: (name: string) => void
  /** A guard or a delay has no implementation, and something stands in for it. */
  onStandIn?: (description: string) => void
  /** A function threw; the place names it and its state. */
  onFailure?: (place: string, cause: unknown) => void
}

/**
 * Copies a machine with its effects stubbed: invoked and spawned actors wait to be completed from
 * outside, and an action that is a plain function only reports its name, or `inline action`.
 * Guards, the context and XState's own actions (assign, raise, sendTo …) stay. What has no
 * implementation gets a stand-in: a guard passes, and a delay takes a second.
 */
export function stubEffects(machine: AnyStateMachine, reports: StubReports = {}): AnyStateMachine {
  const { onEffect = ignore, onStandIn = ignore } = reports
  const { actions, guards, delays } = machine.implementations
  const stub = createStubs(reports)
  const config = replaceInlineCode(machine.config, {
    action: (written, stateId) => stub.action(written, `inline action`, `an action of ${stateId}`),
    actor: nameActor,
    guard: (written, stateId) => stub.expression(written, `a guard of ${stateId}`),
    value: (written, name, stateId) => stub.expression(written, `the ${name} of ${stateId}`),
  })
  const { context } = config
  const stubbedContext = typeof context === 'function' ? stub.context(context) : context
  // The config keeps its shape, so it stays the config of a machine.
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

/**
 * The name of an actor; one that is inline gets a name, since XState finds it only by its state.
 */
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
    run(place, (): unknown => (compute as (...given: unknown[]) => unknown)(args, params))

  const stubExpression = (written: unknown, place: string): unknown => {
    // A guard that XState built carries its parts as properties.
    if (typeof written === 'function') return 'check' in written ? written : locate(written, place)
    return locateParams(written, place, locate)
  }
  const stubAction = (written: unknown, name: string, place: string): unknown => {
    if (typeof written !== 'function') return locateParams(written, place, locate)
    if (readBuiltAction(written)?.type === 'xstate.log') return () => onEffect('log')
    const built = replaceBuiltEffects(written, {
      actor: nameActor,
      action: (enqueued) => stubAction(enqueued, 'inline action', place),
      onMissingActor: () => onEffect('send to nobody'),
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
  written: unknown,
  place: string,
  locate: (compute: object, place: string) => unknown,
): unknown {
  if (typeof written !== 'object' || written === null) return written
  const { params } = written as { params?: unknown }
  return typeof params === 'function'
    ? { ...written, params: locate(params, `the params of ${place}`) }
    : written
}

type Named = Record<string, unknown>

/**
 * Replaces each implementation of a kind. The result is typed as the original: XState checks no
 * more.
 */
function mapNamed<Kind extends Named>(
  named: Kind,
  change: (implementation: unknown, name: string) => unknown,
): Kind {
  return Object.fromEntries(
    Object.entries(named).map(([name, implementation]) => [name, change(implementation, name)]),
  ) as Kind
}

/** Gives names without a value one of their own when they are read. */
function withFallback<Kind extends Named>(
  named: Kind,
  createFallback: (name: string) => Kind[string],
): Kind {
  return new Proxy(named, {
    get: (target, name) =>
      typeof name === 'symbol' ? undefined : (target[name] ?? createFallback(name)),
  })
}
