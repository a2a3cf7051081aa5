import type { Video } from '#contract/videos.ts'

export type SortKey = 'name' | 'duration' | 'added'
export type SortDirection = 'ascending' | 'descending'

export type SortableVideo = Pick<Video, 'id' | 'filename' | 'durationSeconds'>

/**
 * Sorts rows. Those that are equal stay in their order, in both directions.
 * @param locale a BCP 47 tag, by whose rules names are compared
 */
export function sortVideos<Row extends SortableVideo>(
  rows: readonly Row[],
  key: SortKey,
  direction: SortDirection,
  locale: string,
): Row[] {
  const compare = createCompare(key, locale)
  const sign = direction === 'ascending' ? 1 : -1
  return [...rows].sort((one, other) => sign * compare(one, other))
}

type Compare = (one: SortableVideo, other: SortableVideo) => number

function createCompare(key: SortKey, locale: string): Compare {
  switch (key) {
    case 'name': {
      const { compare } = new Intl.Collator(locale, { numeric: true })
      return (one, other) => compare(one.filename, other.filename)
    }
    case 'duration':
      return (one, other) => one.durationSeconds - other.durationSeconds
    case 'added':
      return (one, other) => compareText(readAge(one), readAge(other))
  }
}

/** A UUIDv7 begins with the time at which it was made. Ids of other kinds count as the newest. */
const readAge = ({ id }: SortableVideo) => (id.charAt(14) === '7' ? id.toLowerCase() : 'z')

const compareText = (one: string, other: string) => Number(one > other) - Number(one < other)
