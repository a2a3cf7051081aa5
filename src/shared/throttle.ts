/**
 * Throttles `run`: all calls within `milliseconds` of the first one share a single run, at the end
 * of that time.
 * @returns the throttled function; its `cancel` drops the pending run
 */
export function throttle(run: () => void, milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined

  function request() {
    timer ??= setTimeout(() => {
      timer = undefined
      run()
    }, milliseconds)
  }

  function cancel() {
    clearTimeout(timer)
    timer = undefined
  }

  return Object.assign(request, { cancel })
}
