import type { Video } from '#contract/videos.ts'
import { compareCodeUnits } from '#shared/compare-places.ts'

export type SortKey = 'name' | 'duration' | 'added'
export type SortDirection = 'ascending' | 'descending'

export type SortableVideo = Pick<Video, 'id' | 'filename' | 'durationSeconds'>

/**
 * Sorts rows. Equal ones keep their order, in both directions.
 * @param locale a BCP 47 tag, whose rules apply to comparing names
 */
export function sortVideos<Row extends SortableVideo>(
  rows: readonly Row[],
  key: SortKey,
  direction: SortDirection,
  locale: string,
): Row[] {
  const compare = createCompare(key, locale)
  const sign = direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => sign * compare(a, b))
}

type Compare = (a: SortableVideo, b: SortableVideo) => number

function createCompare(key: SortKey, locale: string): Compare {
  switch (key) {
    case 'name': {
      const { compare } = new Intl.Collator(locale, { numeric: true })
      return (a, b) => compare(a.filename, b.filename)
    }
    case 'duration':
      return (a, b) => a.durationSeconds - b.durationSeconds
    case 'added':
      return (a, b) => compareCodeUnits(readAge(a), readAge(b))
  }
}

/** A UUIDv7 starts with its creation time. Ids of other kinds count as the newest. */
const readAge = ({ id }: SortableVideo) => (id.charAt(14) === '7' ? id.toLowerCase() : 'z')
