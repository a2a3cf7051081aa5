import { type FunctionComponent, lazy, useState } from 'react'

export type LazyComponent<Props> = FunctionComponent<Props> & {
  /** Loads the code; rejects if that fails, and tries again on the next call. */
  preload: () => Promise<void>
  /** Lets the next render load again what could not be loaded. */
  forgetFailure: () => void
}

/**
 * A component whose code is loaded when it is rendered, or before. It suspends meanwhile; a failure
 * is thrown to the error boundary around it and never reloads the page.
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
        throw error
      },
    )
    return loading
  }

  // React keeps a failure for as long as it has the same lazy component.
  const createLazy = () => lazy(async () => ({ default: await loadOnce() }))
  let suspending = createLazy()

  // biome-ignore lint/correctness/noComponentHookFactories: created once, as its module is loaded
  function Lazy(props: Props) {
    // One that was loaded ahead doesn't suspend at all.
    const [Component] = useState<FunctionComponent<Props>>(() => loaded ?? suspending)
    return <Component {...props} />
  }

  return Object.assign(Lazy, {
    preload: async () => void (await loadOnce()),
    forgetFailure: () => {
      suspending = createLazy()
    },
  })
}
