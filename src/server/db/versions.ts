/** A removal at a time. One that names a version changes no other. */
export type RemovalRequest = { now: Date; version: number | undefined }

/** Whether a request is about another version of a row. One that names none is about any. */
export const isOtherVersion = (version: number | undefined, row: { version: number }): boolean =>
  version !== undefined && version !== row.version
