import { computeOnce } from '#client/lib/compute-once.ts'
import type { Chapter } from '#contract/chapters.ts'
import { searchKey } from '#shared/search-key.ts'
import { matchesWords, searchWords } from '#shared/search-match.ts'
import type { ShownVideo } from './fold-videos.ts'

export interface ChapterVideos {
  chapter: Chapter
  /** In the order they are shown. */
  videos: readonly ShownVideo[]
}

export interface FoundVideo {
  chapter: Chapter
  video: ShownVideo
}

/**
 * Finds the videos whose names contain all words of the search, in course order. An empty search
 * finds none.
 */
export function searchVideos(chapters: readonly ChapterVideos[], search: string): FoundVideo[] {
  const words = searchWords(search)
  if (words.length === 0) return []
  return chapters.flatMap(({ chapter, videos }) => {
    const keys = readKeys(videos)
    return videos
      .filter((_, index) => matchesWords(keys[index] ?? '', words))
      .map((video) => ({ chapter, video }))
  })
}

/** The search keys of a list's names, cached for the same list. */
const keysByList = new WeakMap<readonly ShownVideo[], readonly string[]>()

const readKeys = (videos: readonly ShownVideo[]): readonly string[] =>
  computeOnce(keysByList, videos, () => videos.map(({ filename }) => searchKey(filename)))
