/**
 * Throttles calls of `run`: it runs once, `milliseconds` after the first of the calls that come
 * meanwhile.
 * @returns asks for a run; its `cancel` calls off the one that is due
 */
export function throttle(run: () => void, milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined

  function request() {
    timer ??= setTimeout(() => {
      timer = undefined
      run()
    }, milliseconds)
  }

  return Object.assign(request, { cancel: () => clearTimeout(timer) })
}
