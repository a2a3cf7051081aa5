/** The version that a request names, if any, and the id of the page that sent it, if given. */
export type VersionedRequest = { version: number | undefined; page?: string | undefined }

/** A removal and its time. If it names a version, it applies to that version only. */
export type RemovalRequest = VersionedRequest & { now: Date }

/** Whether a request names another version than the row's. One that names none fits any. */
export const conflictsWithVersion = (
  version: number | undefined,
  row: { version: number },
): boolean => version !== undefined && version !== row.version
