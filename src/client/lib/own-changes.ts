const changes = new Map<string, { from: number; to: number }>()

/**
 * The version that a change has to replace. Two editors of one page may have been opened over the same
 * version: the one that is saved later replaces what the other has just saved, without a conflict.
 */
export function versionToReplace(id: string, version: number): number {
  const change = changes.get(id)
  return change?.from === version ? change.to : version
}

/** Notes that this page has replaced a version. */
export function noteOwnChange(id: string, from: number, to: number): void {
  changes.set(id, { from, to })
}
