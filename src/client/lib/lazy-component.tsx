import { type FunctionComponent, lazy, useState } from 'react'

export type LazyComponent<Props> = FunctionComponent<Props> & {
  /** Loads the code. Rejects if that fails; the next call retries. */
  preload: () => Promise<void>
}

const failures = new Set<() => void>()

/**
 * Lets the next render retry every load that has failed, when an error boundary is reset. Until
 * then the failure has to last: React may render a component again before the boundary shows it.
 */
export function forgetFailures(): void {
  for (const forget of failures) forget()
  failures.clear()
}

/**
 * A component whose code is loaded when it is first rendered, or ahead by `preload`. It suspends
 * meanwhile; a failure is thrown to the nearest error boundary and never reloads the page.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): LazyComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined
  let loading: Promise<FunctionComponent<Props>> | undefined

  function loadOnce(): Promise<FunctionComponent<Props>> {
    loading ??= load().then(
      (component) => {
        loaded = component
        return component
      },
      (error: unknown) => {
        loading = undefined
        failures.add(forget)
        throw error
      },
    )
    return loading
  }

  // React remembers a failure for as long as it gets the same lazy component.
  const createLazy = () => lazy(async () => ({ default: await loadOnce() }))
  let suspending = createLazy()
  const forget = () => {
    suspending = createLazy()
  }

  // biome-ignore lint/correctness/noComponentHookFactories: created once, when its module is loaded
  function Lazy(props: Props) {
    // A preloaded component doesn't suspend at all.
    const [Component] = useState<FunctionComponent<Props>>(() => loaded ?? suspending)
    return <Component {...props} />
  }

  return Object.assign(Lazy, { preload: async () => void (await loadOnce()) })
}
