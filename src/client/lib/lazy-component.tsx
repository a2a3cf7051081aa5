import { type FunctionComponent, use } from 'react'

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
  let Loaded: FunctionComponent<Props> | undefined
  let loading: Promise<void> | undefined
  // A render that suspends has to be given the same promise again, even after it was rejected.
  let rendered: Promise<void> | undefined

  function preload(): Promise<void> {
    loading ??= load().then(
      (component) => {
        Loaded = component
      },
      (error: unknown) => {
        loading = undefined
        throw error
      },
    )
    return loading
  }

  function render(props: Props) {
    if (!Loaded) {
      rendered ??= preload()
      use(rendered)
    }
    return Loaded && <Loaded {...props} />
  }

  return Object.assign(render, {
    preload,
    forgetFailure: () => {
      rendered = undefined
    },
  })
}
