const ownChanges = new Map<string, { from: number; to: number }>()

/**
 * Sends a change to the given version of something. Two editors on one page may have been opened on
 * the same version: the later save then replaces the earlier one without a conflict, provided that
 * one was sent first.
 * @param id identifies the thing that has versions
 * @param version the version that the editor was opened on; 0 for something still being created
 * @param send sends the change with request headers that name the version it replaces
 */
export async function replaceVersion<Row extends { version: number }>(
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
