import { searchKey } from './search-key.ts'

/** A range of a text, in UTF-16 code units from `start` up to `end` (exclusive). */
export interface TextRange {
  start: number
  end: number
}

/** Splits a search into words, folded by `searchKey`. A text matches if it contains all of them. */
export const searchWords = (search: string): string[] =>
  searchKey(search).split(/\s+/).filter(Boolean)

/**
 * Whether a text matches a search.
 * @param key the text, folded by `searchKey`
 * @param words folded, as `searchWords` returns them
 */
export const matchesWords = (key: string, words: readonly string[]): boolean =>
  words.every((word) => key.includes(word))

/**
 * Finds the ranges of a text that match a search, to highlight them.
 * @param words folded, as `searchWords` returns them
 * @returns the first match of each word, sorted and without overlaps; whole grapheme clusters, so
 *   that no letter loses its accent
 */
export function findMatches(text: string, words: readonly string[]): TextRange[] {
  const parts = [...segmenter.segment(text)].map(({ segment, index }) => ({
    key: searchKey(segment),
    start: index,
    end: index + segment.length,
  }))
  const key = parts.map((part) => part.key).join('')
  const ranges = words.flatMap((word) => {
    const at = key.indexOf(word)
    return at < 0 ? [] : [coverParts(parts, at, at + word.length)]
  })
  return mergeRanges(ranges)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Returns the range of the text whose keys cover a range of the joined key. */
function coverParts(parts: readonly (TextRange & { key: string })[], from: number, to: number) {
  let at = 0
  const covered = parts.filter(({ key }) => {
    const isCovered = at < to && at + key.length > from
    at += key.length
    return isCovered
  })
  return { start: covered[0]?.start ?? 0, end: covered.at(-1)?.end ?? 0 }
}

function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else merged.push({ ...range })
  }
  return merged
}
