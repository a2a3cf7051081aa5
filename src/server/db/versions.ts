/** The version that a request names, if any, and the page that it comes from, if it says so. */
export type VersionedRequest = { version: number | undefined; page?: string | undefined }

/** A removal at a time. One that names a version changes no other. */
export type RemovalRequest = VersionedRequest & { now: Date }

/** Whether a request is about another version of a row. One that names none is about any. */
export const isOtherVersion = (version: number | undefined, row: { version: number }): boolean =>
  version !== undefined && version !== row.version
