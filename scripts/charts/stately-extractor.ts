import Module, { createRequire } from 'node:module'

/** A state as Stately's extractor reads it from a machine's source, in the terms of XState 4. */
export interface ExtractedState {
  type?: string
  initial?: string
  history?: string
  description?: string
  tags?: OneOrMany<string>
  entry?: OneOrMany<ExtractedAction>
  exit?: OneOrMany<ExtractedAction>
  invoke?: OneOrMany<ExtractedInvoke>
  on?: Record<string, OneOrMany<ExtractedTransition>>
  after?: Record<string, OneOrMany<ExtractedTransition>>
  always?: OneOrMany<ExtractedTransition>
  onDone?: OneOrMany<ExtractedTransition>
  states?: Record<string, ExtractedState>
}

export type OneOrMany<T> = T | T[]

export interface ExtractedAction {
  action: { type: string; params?: Record<string, unknown> } | string
}

export interface ExtractedInvoke {
  id?: string
  src: string
  onDone?: OneOrMany<ExtractedTransition>
  onError?: OneOrMany<ExtractedTransition>
}

export interface ExtractedTransition {
  target?: OneOrMany<string>
  cond?: { type?: string; params?: Record<string, unknown> }
  actions?: OneOrMany<ExtractedAction>
  description?: string
}

type Extractor = {
  extractMachinesFromFile: (
    source: string,
  ) => { machines: ({ toConfig: () => ExtractedState } | undefined)[] } | null
}

/** Reads the machine from a file's source, as Stately does; throws unless there is exactly one. */
export function extractMachine(source: string): ExtractedState {
  const [machine, ...others] = extractor.extractMachinesFromFile(source)?.machines ?? []
  if (!machine || others.length > 0) throw new Error('A machine file must have exactly one machine')
  return machine.toConfig()
}

const extractor = loadExtractor()

// The extractor requires files of XState 4 as `xstate`, which here is XState 5: redirect them.
function loadExtractor(): Extractor {
  const require = createRequire(import.meta.url)
  const resolver = Module as unknown as { _resolveFilename: (...args: unknown[]) => string }
  const resolve = resolver._resolveFilename
  resolver._resolveFilename = (request, ...rest) =>
    resolve(String(request).replace(/^xstate\/lib\//, 'xstate-4/lib/'), ...rest)
  try {
    return require('@xstate/machine-extractor')
  } finally {
    resolver._resolveFilename = resolve
  }
}
