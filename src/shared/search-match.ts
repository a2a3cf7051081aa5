import { searchKey } from './search-key.ts'

/** A part of a text, in UTF-16 code units from `start` up to `end`. */
export interface TextRange {
  start: number
  end: number
}

/** The words of a search, folded by `searchKey`: a text is found if it has all of them. */
export const searchWords = (search: string): string[] =>
  searchKey(search).split(/\s+/).filter(Boolean)

/**
 * Whether a search finds a text.
 * @param key the text, folded by `searchKey`
 * @param words folded, as `searchWords` returns them
 */
export const hasWords = (key: string, words: readonly string[]): boolean =>
  words.every((word) => key.includes(word))

/**
 * Finds the parts of a text that a search has found, to highlight them.
 * @param words folded, as `searchWords` returns them
 * @returns the first place of each word, in order and without overlaps; whole characters as people
 *   count them, so that no letter loses its accent
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

/** The part of the text whose keys cover a part of the joined key. */
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
  for (const range of [...ranges].sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else merged.push({ ...range })
  }
  return merged
}
