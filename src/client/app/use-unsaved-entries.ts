import type { Chapter } from '#contract/chapters.ts'
import { isolate } from '#shared/isolate.ts'
import { useGoTo } from './go-to.ts'
import { type Unsaved, useFindPlace } from './use-unsaved.ts'

/** A line of the list of unsaved changes. */
export interface UnsavedEntry {
  id: string
  name: string
  text: string
  isFailed: boolean
  /** Navigates to where it is shown; `undefined` if it is not. */
  reveal: (() => void) | undefined
  /** How to reach its row, if no page shows the chapter. */
  lost?: { chapterId: string; revealIn: (chapter: Chapter) => void } | undefined
}

/** Of several entries in a chapter that no page shows, only the first one offers to restore it. */
export function findFirstLost(entries: readonly UnsavedEntry[]): ReadonlySet<UnsavedEntry> {
  const byChapter = new Map<string, UnsavedEntry>()
  for (const entry of entries) {
    const { lost } = entry
    if (lost && !byChapter.has(lost.chapterId)) byChapter.set(lost.chapterId, entry)
  }
  return new Set(byChapter.values())
}

/** One for each change, failures first. */
export function useUnsavedEntries({ videos, titles, failedChanges }: Unsaved): UnsavedEntry[] {
  const findPlace = useFindPlace()
  const { goToVideo, goToChapter, goToCourse } = useGoTo()
  const titleEntries = titles.map(({ id, title, isFailed }) => {
    const { chapter } = findPlace(id)
    return {
      id,
      name: title,
      text: describeTitle(chapter ? 'chapter' : 'course', isFailed),
      isFailed,
      reveal: () => (chapter ? goToChapter(chapter) : goToCourse(id)),
    }
  })
  const videoEntries = videos.map(({ id, chapterId, filename, text, isFailed, hasRow }) => {
    const { chapter } = findPlace(chapterId)
    return {
      id,
      name: filename,
      text: chapter ? `${text} · ${isolate(chapter.title)}` : text,
      isFailed,
      reveal: hasRow && chapter ? () => goToVideo(chapter, id) : undefined,
      lost:
        hasRow && !chapter
          ? { chapterId, revealIn: (restored: Chapter) => void goToVideo(restored, id) }
          : undefined,
    }
  })
  const changeEntries = failedChanges.map(({ number, placeId, name, text }) => {
    const { chapter } = findPlace(placeId)
    return {
      id: `change ${number}`,
      name,
      text,
      isFailed: true,
      reveal: () => (chapter ? goToChapter(chapter) : goToCourse(placeId)),
    }
  })
  return [...changeEntries, ...titleEntries, ...videoEntries].sort(
    (a, b) => Number(b.isFailed) - Number(a.isFailed),
  )
}

const describeTitle = (thing: 'chapter' | 'course', isFailed: boolean): string =>
  isFailed
    ? `${thing === 'chapter' ? 'Chapter' : 'Course'} title not saved`
    : `Saving ${thing} title`
