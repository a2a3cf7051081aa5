/** A change that was made on this page, and its status. */
export interface MadeChange<Change> {
  number: number
  status: 'idle' | 'pending' | 'success' | 'error'
  error: Error | null
  change: Change
}

/** The changes that the server has not confirmed yet, in the order in which they were made. */
export const listPending = <Change>(changes: readonly MadeChange<Change>[]): Change[] =>
  changes.filter(({ status }) => status === 'pending').map(({ change }) => change)

/** The ids of what was removed here and has not been restored since. */
export function listRemoved<Change extends { kind: string }>(
  changes: readonly MadeChange<Change>[],
  getId: (change: Change) => string,
): string[] {
  const removed = new Set<string>()
  for (const { change, status } of changes) {
    if (status === 'error') continue
    if (change.kind === 'remove') removed.add(getId(change))
    else if (change.kind === 'restore') removed.delete(getId(change))
  }
  return [...removed]
}

/**
 * The changes that a later page has to make again: those that are not confirmed, and those whose
 * failure is still shown.
 * @param getPlace as for `findFailures`
 */
export function listUnfinished<Change>(
  changes: readonly MadeChange<Change>[],
  getPlace: (change: Change) => string | undefined,
): Change[] {
  const failures = new Set(findFailures(changes, getPlace).values())
  return changes
    .filter((made) => made.status === 'pending' || failures.has(made))
    .map(({ change }) => change)
}

/**
 * The failed changes that no later change has replaced, by the id of what shows them.
 * @param getPlace returns that id, or `undefined` if the failure is shown elsewhere
 */
export function findFailures<Change>(
  changes: readonly MadeChange<Change>[],
  getPlace: (change: Change) => string | undefined,
): ReadonlyMap<string, MadeChange<Change>> {
  const failures = new Map<string, MadeChange<Change>>()
  for (const made of changes) {
    const place = getPlace(made.change)
    if (place === undefined) continue
    if (made.status === 'error') failures.set(place, made)
    else failures.delete(place)
  }
  return failures
}
