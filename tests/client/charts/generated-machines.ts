import fc from 'fast-check'
import { type AnyStateMachine, createActor, createMachine, stateIn } from 'xstate'

/** Keys that mean something to XState, XML or Mermaid, beside plain ones. */
const keys = ['a', 'b', 'c', 'end', 'v1.0', 'in progress', '2', 'x:y', 'ü--🙂', 'back\\slash']

/** Events that are prefixes of each other, with spaces, and wildcards. */
export const events = ['go', 'go.on', 'go.on.now', 'video', 'video.edit', 'go to 北京', 'other']
const descriptors = [...events, '*', 'go.*', 'video.*']

/** What the guards of a generated machine answer. */
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
  /** The state that the guard `in` asks for. */
  within: number
  reenter: boolean
  kind: 'on' | 'on' | 'on' | 'none' | 'always' | 'onDone'
}

const { tree } = fc.letrec<{ tree: Tree; children: Tree[] }>((tie) => ({
  tree: fc.record({
    key: fc.constantFrom(...keys),
    kind: fc.constantFrom<Kind>('atomic', 'compound', 'parallel', 'final', 'history'),
    isDeep: fc.boolean(),
    children: tie('children'),
  }),
  children: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constant<Tree[]>([]),
    fc.uniqueArray(tie('tree'), { minLength: 1, maxLength: 3, selector: ({ key }) => key }),
  ),
}))

const link: fc.Arbitrary<Link> = fc.record({
  source: fc.nat(30),
  target: fc.nat(30),
  descriptor: fc.constantFrom(...descriptors),
  guard: fc.constantFrom('yes', 'no', 'none', 'in'),
  within: fc.nat(30),
  reenter: fc.boolean(),
  kind: fc.constantFrom('on', 'on', 'on', 'none', 'always', 'onDone'),
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
  // An integer-like key comes first, whatever its place.
  const first = Object.keys(nested).find(
    (one) => children.find((child) => child.key === one)?.kind !== 'history',
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

/** A machine, events to send to it, and the states that it is in after each. */
interface GeneratedMachine {
  machine: AnyStateMachine
  sent: string[]
  steps: string[]
  /** How a failed property shows it. */
  toString: () => string
}

/**
 * Generates machines with every kind of state and transition, and with names that the exports must
 * escape. A machine that never comes to rest is left out.
 */
export function generateMachines({ hasStateIn }: { hasStateIn: boolean }) {
  return fc
    .record({
      rootId: fc.constantFrom('m', 'my.app', '(a machine)', '9 lives'),
      root: tree,
      links: fc.array(link, { maxLength: 12 }),
      sent: fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 8 }),
    })
    .map(({ rootId, root, links, sent }): GeneratedMachine | null => {
      const kind = root.kind === 'parallel' ? 'parallel' : 'compound'
      const states = buildState({ ...root, kind }, rootId)
      for (const one of links.filter(({ guard }) => hasStateIn || guard !== 'in')) {
        addLink(one, states)
      }
      const config = { id: rootId, ...states[0]?.config, options: { maxIterations: 50 } }
      const machine = createMachine(config, { guards })
      const steps = runMachine(machine, sent)
      return steps && { machine, sent, steps, toString: () => JSON.stringify({ config, sent }) }
    })
    .filter((generated) => generated !== null)
}

/** The states that are active at the start and after each event; null if the machine fails. */
export function runMachine(machine: AnyStateMachine, sent: readonly string[]): string[] | null {
  let hasFailed = false
  const actor = createActor(machine)
  actor.subscribe({
    error: () => {
      hasFailed = true
    },
  })
  actor.start()
  const describe = () => JSON.stringify([actor.getSnapshot().status, actor.getSnapshot().value])
  const steps = [describe()]
  for (const type of sent) {
    if (actor.getSnapshot().status === 'active') actor.send({ type })
    steps.push(describe())
  }
  return hasFailed ? null : steps
}
