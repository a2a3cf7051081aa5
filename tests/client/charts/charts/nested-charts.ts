import fc from 'fast-check'
import { type AnyStateMachine, createMachine } from 'xstate'

interface Shape {
  isParallel: boolean
  children: Shape[]
}

const createShapes = (depth: number): fc.Arbitrary<Shape[]> =>
  fc.array(
    fc.record({
      isParallel: fc.boolean(),
      children: depth === 0 ? fc.constant([]) : createShapes(depth - 1),
    }),
    { maxLength: 4 },
  )

interface StateConfig {
  initial?: string
  type?: 'parallel'
  states?: Record<string, StateConfig>
  on?: Record<string, { target: string }>
}

/** Machines with nested states and regions, and transitions between any two of them. */
export const nestedMachines: fc.Arbitrary<AnyStateMachine> = fc
  .tuple(createShapes(3), fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(12)), { maxLength: 24 }))
  .map(([children, links]) => {
    const paths: { path: string; config: StateConfig }[] = []
    const build = ({ isParallel, children: childShapes }: Shape, path: string): StateConfig => {
      const config: StateConfig = {}
      paths.push({ path, config })
      if (childShapes.length === 0) return config
      const keys = childShapes.map((_, index) => 'abcd'.charAt(index))
      const states = childShapes.map((child, index) => build(child, `${path}.${keys[index]}`))
      config.states = Object.fromEntries(keys.map((key, index) => [key, states[index] ?? {}]))
      if (isParallel) config.type = 'parallel'
      else config.initial = 'a'
      return config
    }
    const root = build({ isParallel: false, children }, 'chart')
    for (const [index, [from, to, length]] of links.entries()) {
      const [source, target] = [paths[from % paths.length], paths[to % paths.length]]
      if (!source || !target) continue
      source.config.on ??= {}
      source.config.on[`${'x'.repeat(length)}${index}`] = { target: `#${target.path}` }
    }
    return createMachine({ id: 'chart', ...root })
  })
