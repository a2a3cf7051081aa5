import fc from 'fast-check'
import { type AnyStateMachine, createActor, createMachine, stateIn } from 'xstate'
import { readActiveStates } from '#charts/xstate-internals.ts'

/** Keys with special characters for XState, XML or Mermaid, and plain ones. */
const keys = ['a', 'b', 'c', 'end', 'v1.0', 'in progress', '2', 'x:y', 'ü--🙂', 'back\\slash']

/** Events that are prefixes of each other or contain spaces, and wildcards. */
const events = ['go', 'go.on', 'go.on.now', 'video', 'video.edit', 'go to 北京', 'other']
const descriptors = [...events, '*', 'go.*', 'video.*']

/** The guards of a generated machine. */
export const guards = { yes: () => true, no: () => false }

type Kind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

interface Tree {
  key: string
  kind: Kind
  isDeep: boolean
  children: Tree[]
}

interface Link {
  source: number
  target: number
  descriptor: string
  guard: 'yes' | 'no' | 'none' | 'in'
  /** The state that the guard `in` checks. */
  within: number
  reenter: boolean
  kind: 'on' | 'none' | 'always' | 'onDone'
}

const kinds = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Kind>('atomic') },
  { weight: 4, arbitrary: fc.constant<Kind>('compound') },
  { weight: 2, arbitrary: fc.constant<Kind>('parallel') },
  { weight: 2, arbitrary: fc.constant<Kind>('final') },
  { weight: 1, arbitrary: fc.constant<Kind>('history') },
)

const uniqueKeys = { selector: ({ key }: Tree) => key }

/** Generates trees of states, at most this deep. */
function generateTree(depth: number): fc.Arbitrary<Tree> {
  return fc.record({
    key: fc.constantFrom(...keys),
    kind: kinds,
    isDeep: fc.boolean(),
    children:
      depth === 0
        ? fc.constant([])
        : fc.uniqueArray(generateTree(depth - 1), { ...uniqueKeys, minLength: 1, maxLength: 3 }),
  })
}

const rootTree: fc.Arbitrary<Tree> = fc.record({
  key: fc.constant(''),
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Kind>('compound') },
    { weight: 1, arbitrary: fc.constant<Kind>('parallel') },
  ),
  isDeep: fc.constant(false),
  children: fc.uniqueArray(generateTree(3), { ...uniqueKeys, minLength: 2, maxLength: 4 }),
})

const link: fc.Arbitrary<Link> = fc.record({
  source: fc.nat(60),
  target: fc.nat(60),
  descriptor: fc.constantFrom(...descriptors),
  guard: fc.constantFrom('none', 'none', 'none', 'yes', 'no', 'in'),
  within: fc.nat(60),
  reenter: fc.boolean(),
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Link['kind']>('on') },
    { weight: 1, arbitrary: fc.constantFrom<Link['kind'][]>('none', 'always') },
    { weight: 2, arbitrary: fc.constant<Link['kind']>('onDone') },
  ),
})

type Config = Record<string, unknown>

interface GeneratedState {
  id: string
  kind: Kind
  config: Config
}

const escapeId = (id: string) => id.replace(/[.\\]/g, '\\$&')

function buildState({ kind, isDeep, children }: Tree, id: string): GeneratedState[] {
  const states = children.map((child) => buildState(child, `${id}.${child.key}`))
  const isEmpty = children.every((child) => child.kind === 'history')
  if (kind === 'history') {
    return [{ id, kind, config: { type: kind, history: isDeep ? 'deep' : 'shallow' } }]
  }
  if (kind === 'final') return [{ id, kind, config: { type: kind } }]
  if (isEmpty || kind === 'atomic') return [{ id, kind: 'atomic', config: {} }]
  const nested = Object.fromEntries(
    children.map((child, index) => [child.key, states[index]?.[0]?.config]),
  )
  // Integer-like keys come first in an object, whatever their position.
  const first = Object.keys(nested).find(
    (key) => children.find((child) => child.key === key)?.kind !== 'history',
  )
  const config = kind === 'parallel' ? { type: kind } : { initial: first }
  const own: GeneratedState = { id, kind, config: { ...config, states: nested } }
  return [own, ...states.flat()]
}

function addLink(link: Link, states: GeneratedState[]) {
  const sources = states.filter(({ kind }) => kind !== 'history' && kind !== 'final')
  const source = sources[link.source % sources.length]
  const target = states[link.target % states.length]
  if (!source || !target) return
  const isRoot = target === states[0]
  const transition = {
    ...(link.kind !== 'none' && { target: `#${escapeId(target.id)}` }),
    ...buildGuard(link, states),
    ...(link.reenter && !isRoot && { reenter: true }),
  }
  if (link.kind === 'always' || link.kind === 'onDone') push(source.config, link.kind, transition)
  else push(toConfig(source.config, 'on'), link.descriptor, transition)
}

function buildGuard({ guard, within }: Link, states: GeneratedState[]): Config {
  if (guard === 'none') return {}
  if (guard !== 'in') return { guard }
  const real = states.filter(({ kind }) => kind !== 'history')
  const state = real[within % real.length]
  return state ? { guard: stateIn(`#${escapeId(state.id)}`) } : {}
}

function toConfig(config: Config, key: string): Config {
  const part: Config = {}
  config[key] ??= part
  return config[key] as Config
}

function push(config: Config, key: string, transition: Config) {
  config[key] = [...((config[key] as Config[] | undefined) ?? []), transition]
}

/** Whether the machine is done, and the sorted ids of its active states. */
export interface Step {
  isDone: boolean
  active: string[]
}

/** A machine, events to send to it, and its states after each. */
interface GeneratedMachine {
  machine: AnyStateMachine
  sent: string[]
  steps: Step[]
  /** How fast-check prints it when a property fails. */
  toString: () => string
}

/**
 * Generates machines with every kind of state and transition, and with names that the exports must
 * escape. Machines with an endless loop are left out.
 */
export function generateMachines({ hasStateIn }: { hasStateIn: boolean }) {
  return fc
    .record({
      rootId: fc.constantFrom('m', 'my.app', '(a machine)', '9 lives'),
      root: rootTree,
      links: fc.array(link, { maxLength: 30, size: 'max' }),
      sent: fc.array(fc.constantFrom(...events), { minLength: 4, maxLength: 12 }),
    })
    .map(({ rootId, root, links, sent }): GeneratedMachine | null => {
      const states = buildState(root, rootId)
      for (const link of links.filter(({ guard }) => hasStateIn || guard !== 'in')) {
        addLink(link, states)
      }
      const config = { id: rootId, ...states[0]?.config, options: { maxIterations: 50 } }
      const machine = createMachine(config, { guards })
      const steps = runMachine(machine, sent)
      return steps && { machine, sent, steps, toString: () => JSON.stringify({ config, sent }) }
    })
    .filter((generated) => generated !== null)
}

/** Returns the active states at the start and after each event; null if the machine fails. */
export function runMachine(machine: AnyStateMachine, sent: readonly string[]): Step[] | null {
  let hasFailed = false
  const actor = createActor(machine)
  actor.subscribe({
    error: () => {
      hasFailed = true
    },
  })
  actor.start()
  const readStep = (): Step => ({
    isDone: actor.getSnapshot().status === 'done',
    active: readActiveStates(actor.getSnapshot()).sort(),
  })
  const steps = [readStep()]
  for (const type of sent) {
    if (actor.getSnapshot().status === 'active') actor.send({ type })
    steps.push(readStep())
  }
  return hasFailed ? null : steps
}
