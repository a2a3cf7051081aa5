/** Stands for a lock in a browser without Web Locks. */
export const noLocks = Symbol('no locks')

/**
 * Runs `run` while it holds a lock. Where the browser lacks or forbids the API, Lectern
 * assumes a single tab, and `run` starts at once.
 */
export async function holdLock<Value>(
  name: string,
  options: LockOptions,
  run: (lock: Lock | null | typeof noLocks) => Value | Promise<Value>,
): Promise<Value> {
  if (!navigator.locks) return run(noLocks)
  let hasStarted = false
  const start = async (lock: Lock | null) => {
    hasStarted = true
    return run(lock)
  }
  try {
    return await navigator.locks.request(name, options, start)
  } catch (error) {
    if (hasStarted || options.signal?.aborted || isUnloading(error)) throw error
    return run(noLocks)
  }
}

/** A page that is being unloaded gets no locks, but is not alone. */
const isUnloading = (error: unknown) =>
  error instanceof DOMException && error.name === 'InvalidStateError'
