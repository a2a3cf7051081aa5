let first: number | undefined

/** Notes the number of the newest change that an answer has. */
export function noteFirstSequence(header: string | null): void {
  if (header !== null) first ??= Number(header)
}

/**
 * The number of a change that everything has that this page has read; `undefined` before it has
 * read anything. Its stream of events goes on from there, so that it misses none in between.
 */
export const readFirstSequence = (): number | undefined => first
