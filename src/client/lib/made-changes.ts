/** A change as it was made on this page, and what has become of it. */
export interface MadeChange<Change> {
  number: number
  status: 'idle' | 'pending' | 'success' | 'error'
  error: Error | null
  change: Change
}

/** Those that the server has not confirmed yet, in the order in which they were made. */
export const listPending = <Change>(changes: readonly MadeChange<Change>[]): Change[] =>
  changes.filter(({ status }) => status === 'pending').map(({ change }) => change)

/** The ids of what was removed here, and not brought back since. */
export function listRemoved<Change extends { kind: string }>(
  changes: readonly MadeChange<Change>[],
  idOf: (change: Change) => string,
): string[] {
  const removed = new Set<string>()
  for (const { change, status } of changes) {
    if (status === 'error') continue
    if (change.kind === 'remove') removed.add(idOf(change))
    else if (change.kind === 'restore') removed.delete(idOf(change))
  }
  return [...removed]
}

/**
 * The changes that a later page has to make again: those that are not confirmed, and those that
 * failed and are still shown.
 * @param placeOf as for `findFailures`
 */
export function listUnfinished<Change>(
  changes: readonly MadeChange<Change>[],
  placeOf: (change: Change) => string | undefined,
): Change[] {
  const failures = new Set(findFailures(changes, placeOf).values())
  return changes
    .filter((made) => made.status === 'pending' || failures.has(made))
    .map(({ change }) => change)
}

/**
 * The failed changes that nothing was done about yet.
 * @param placeOf the id of what is to show it; a change without one is shown elsewhere
 */
export function findFailures<Change>(
  changes: readonly MadeChange<Change>[],
  placeOf: (change: Change) => string | undefined,
): ReadonlyMap<string, MadeChange<Change>> {
  const failures = new Map<string, MadeChange<Change>>()
  for (const made of changes) {
    const place = placeOf(made.change)
    if (place === undefined) continue
    if (made.status === 'error') failures.set(place, made)
    else failures.delete(place)
  }
  return failures
}
