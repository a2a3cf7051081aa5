import { filenameSchema } from '#contract/names.ts'
import type { ShownVideo } from '../fold-videos.ts'

/** A row and the name that it would get. */
export interface PlannedName {
  video: ShownVideo
  /** As it would be saved: trimmed. */
  filename: string
  /** Names that are taken can be given anyway: a chapter may have one name twice. */
  status: 'unchanged' | 'changed' | 'taken' | 'invalid'
  /** What is wrong with an invalid name. */
  problem?: string | undefined
}

/**
 * Checks the names that rows would get.
 * @param filenames one for each video
 * @param others the names of the rows beside them, which stay
 */
export function checkNames(
  videos: readonly ShownVideo[],
  filenames: readonly string[],
  others: readonly string[],
): PlannedName[] {
  const planned = videos.map((video, index) => checkName(video, filenames[index] ?? video.filename))
  const counts = countNames([...others, ...planned.map(({ filename }) => filename)])
  return planned.map((name) =>
    name.status === 'changed' && (counts.get(name.filename) ?? 0) > 1
      ? { ...name, status: 'taken' }
      : name,
  )
}

/**
 * The names of a list that was pasted, a name a line. Empty lines stand for rows that keep theirs,
 * but for those at the end.
 */
export const splitNames = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((name) => name.trim())

function checkName(video: ShownVideo, filename: string): PlannedName {
  // A name as it is needs no check, whenever it was given.
  if (filename === video.filename) return { video, filename, status: 'unchanged' }
  const parsed = filenameSchema.safeParse(filename)
  if (!parsed.success) {
    return { video, filename, status: 'invalid', problem: parsed.error.issues[0]?.message }
  }
  const status = parsed.data === video.filename ? 'unchanged' : 'changed'
  return { video, filename: parsed.data, status }
}

function countNames(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
