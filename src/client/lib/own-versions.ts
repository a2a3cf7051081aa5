const ownChanges = new Map<string, { from: number; to: number }>()

/**
 * Sends a change to the given version of something. Two editors on one page may have been opened on
 * the same version: the later save then replaces the earlier one without a conflict, provided that
 * one was sent first.
 * @param id identifies the thing that has versions
 * @param version the version that the editor was opened on; 0 for something still being created
 * @param send sends the change with request headers that name the version it replaces
 */
async function replaceVersion<Row extends { version: number }>(
  id: string,
  version: number,
  send: (headers: { 'if-match': string }) => Promise<Row>,
): Promise<Row> {
  const own = ownChanges.get(id)
  // What is still being created gets version 1.
  const replaced = own?.from === version ? own.to : Math.max(version, 1)
  const row = await send({ 'if-match': `"${replaced}"` })
  ownChanges.set(id, { from: version, to: row.version })
  return row
}

/** A name from an editor that was opened on a version. */
export interface VersionedName {
  name: string
  version: number
  /** The names that it may also replace in a later version. */
  known: readonly string[]
}

/**
 * Saves a typed name over the version that its editor was opened on, and over later ones in which
 * nobody else has changed the name, but something else, such as the position.
 * @param send as for `replaceVersion`
 * @param readOther reads the name that someone else has set meanwhile from an error
 * @returns `undefined` if the item already has the name
 */
export async function replaceName<Row extends { version: number }>(
  id: string,
  typed: VersionedName,
  send: (headers: { 'if-match': string }) => Promise<Row>,
  readOther: (error: unknown) => { name: string; version: number } | undefined,
): Promise<Row | undefined> {
  const { name, version, known } = typed
  try {
    return await replaceVersion(id, version, send)
  } catch (error) {
    const other = readOther(error)
    // Both set the same name, or the response to an earlier attempt was lost.
    if (other?.name === name) return undefined
    if (!other || !known.includes(other.name) || other.version === version) throw error
    return await replaceName(id, { ...typed, version: other.version }, send, readOther)
  }
}
