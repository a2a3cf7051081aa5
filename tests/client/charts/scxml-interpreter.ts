import { Statechart } from '@scion-scxml/core'
import type { XmlElement } from './scxml-document.ts'

type Implementations = Record<string, () => unknown>

/** A function that SCION calls with the current event. */
type Callback = (event: { name: string; data?: unknown } | undefined) => unknown

interface Model {
  $type: string
  id?: string
  type?: string
  initial?: string
  isDeep?: boolean
  states: Model[]
  transitions: { event?: string; target?: string[]; type?: string; cond?: Callback }[]
}

/** The part of SCION that the tests use; its own types lack it. */
interface Interpreter {
  start: () => void
  gen: (event: string) => void
  getFullConfiguration: () => string[]
  _internalEventQueue: { name: string }[]
}

/**
 * Runs an SCXML document in SCION, an interpreter of the W3C's algorithm that shares no code with
 * XState. SCION reads JSON, into which this converts the document, element by element. Guards are
 * called by name; actions are not called.
 */
export function runScxml(document: XmlElement, implementations: Implementations) {
  const errors: unknown[] = []
  const createModel = (
    _x: unknown,
    _session: unknown,
    _processors: unknown,
    isIn: (id: string) => boolean,
  ) => toModel(document, (code) => compile(code, implementations, isIn))
  // SCION's types lack the constructor that takes a function.
  const interpreter = new (
    Statechart as unknown as new (
      model: unknown,
    ) => Interpreter & {
      on: (event: string, listener: (error: unknown) => void) => void
    }
  )(createModel)
  interpreter.on('onError', (error) => errors.push(error))
  let steps = 0
  const raised = new Set<string>()
  interpreter.on('onSmallStepBegin', () => {
    steps += 1
    raised.clear()
    if (steps > 1_000) throw new Error('The document loops endlessly')
  })
  const finals = document.children.flatMap(({ name, attributes }) =>
    name === 'final' ? [attributes.id ?? ''] : [],
  )
  const readIsFinal = () => finals.some((id) => interpreter.getFullConfiguration().includes(id))
  // SCION ends when every active state is final, at any depth. By the recommendation, a document
  // ends only in a final state that is a child of <scxml>.
  Object.defineProperty(interpreter, '_isInFinalState', { get: readIsFinal, set: () => {} })
  // If several regions end in the same step, SCION raises done for their parent with each region
  // instead of only with the last.
  interpreter._internalEventQueue.push = function (this: { name: string }[], ...events) {
    for (const { name } of events) {
      const isDone = name.startsWith('done.state.')
      if (isDone && raised.has(name))
        this.splice(this.map((event) => event.name).lastIndexOf(name), 1)
      raised.add(name)
    }
    return Array.prototype.push.apply(this, events)
  }
  interpreter.start()
  return {
    send: (event: string) => {
      if (!readIsFinal()) interpreter.gen(event)
    },
    isFinal: readIsFinal,
    readActive: () => interpreter.getFullConfiguration(),
    errors,
  }
}

/**
 * Whether SCION would deviate from the recommendation: its deep history forgets final states, and a
 * parallel state with a history is never done.
 */
export function isBeyondScion({ name, children }: XmlElement): boolean {
  const histories = children.filter((child) => child.name === 'history')
  const hasFinal = children.some(containsFinal)
  const isForgotten = histories.some(({ attributes }) => attributes.type === 'deep') && hasFinal
  const isNeverDone = name === 'parallel' && histories.length > 0 && hasFinal
  return isForgotten || isNeverDone || children.some(isBeyondScion)
}

const containsFinal = ({ name, children }: XmlElement): boolean =>
  name === 'final' || children.some(containsFinal)

function toModel(element: XmlElement, compileCode: (code: string) => Callback): Model {
  const { name, attributes, children } = element
  const { id, type, initial } = attributes
  return {
    $type: name,
    ...(id !== undefined && { id }),
    ...(initial !== undefined && { initial }),
    ...(name === 'history' && { isDeep: type === 'deep' }),
    states: children
      .filter((child) => ['state', 'parallel', 'final', 'history', 'initial'].includes(child.name))
      .map((child) => toModel(child, compileCode)),
    transitions: children
      .filter((child) => child.name === 'transition')
      .map((child) => toTransition(child, compileCode)),
  }
}

function toTransition({ attributes }: XmlElement, compileCode: (code: string) => Callback) {
  const { event, target, type, cond } = attributes
  return {
    ...(event !== undefined && { event }),
    ...(target !== undefined && { target: target.split(' ') }),
    ...(type !== undefined && { type }),
    ...(cond !== undefined && { cond: compileCode(cond) }),
  }
}

function compile(
  code: string,
  implementations: Implementations,
  isIn: (id: string) => boolean,
): Callback {
  const names = Object.keys(implementations).filter((name) => /^\w+$/.test(name))
  const run = new Function('_event', 'In', ...names, `return (${code})`)
  const functions = names.map((name) => implementations[name])
  return (event) => run.call(implementations, event, isIn, ...functions)
}
