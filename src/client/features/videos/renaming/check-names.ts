import { filenameSchema } from '#contract/names.ts'
import type { ShownVideo } from '../fold-videos.ts'

/** A row and the name that it would get. */
export interface PlannedName {
  video: ShownVideo
  /** As it would be saved: trimmed. */
  filename: string
  /** A `taken` name can be used anyway: a chapter may have the same name twice. */
  status: 'unchanged' | 'changed' | 'taken' | 'invalid'
  /** What is wrong with an invalid name. */
  problem?: string | undefined
}

type Named = Pick<ShownVideo, 'chapterId' | 'filename'>

/**
 * Checks the names that rows would get.
 * @param filenames one for each video
 * @param others the other rows of their chapters, whose names stay
 */
export function checkNames(
  videos: readonly ShownVideo[],
  filenames: readonly string[],
  others: readonly Named[],
): PlannedName[] {
  const planned = videos.map((video, index) => checkName(video, filenames[index] ?? video.filename))
  const counts = countNames([
    ...others,
    ...planned.map(({ video: { chapterId }, filename }) => ({ chapterId, filename })),
  ])
  return planned.map((name) =>
    name.status === 'changed' && (counts.get(toKey(name.video.chapterId, name.filename)) ?? 0) > 1
      ? { ...name, status: 'taken' }
      : name,
  )
}

/**
 * Splits a pasted list into names, one per line. An empty line stands for a row that keeps its
 * name; empty lines at the end are dropped.
 */
export const splitNames = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((name) => name.trim())

function checkName(video: ShownVideo, filename: string): PlannedName {
  // An unchanged name needs no check, even if it would not pass one.
  if (filename === video.filename) return { video, filename, status: 'unchanged' }
  const parsed = filenameSchema.safeParse(filename)
  if (!parsed.success) {
    return { video, filename, status: 'invalid', problem: parsed.error.issues[0]?.message }
  }
  const status = parsed.data === video.filename ? 'unchanged' : 'changed'
  return { video, filename: parsed.data, status }
}

/** Counts how often each chapter has each name. */
function countNames(rows: readonly Named[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { chapterId, filename } of rows) {
    const key = toKey(chapterId, filename)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

const toKey = (chapterId: string, filename: string) => `${chapterId} ${filename}`
