let first: number | undefined

/** Records the number of the newest change in a response; only the page's first response counts. */
export function noteFirstSequence(header: string | null): void {
  if (header !== null) first ??= Number(header)
}

/**
 * The number of a change that every response to this page includes; `undefined` before the first
 * response. The page's event stream resumes after it, so that it misses nothing in between.
 */
export const readFirstSequence = (): number | undefined => first
