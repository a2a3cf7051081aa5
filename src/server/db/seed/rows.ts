import { generateKeyBetween } from 'fractional-indexing'
import type { LinkContent } from '#contract/videos.ts'
import { searchKey, sortKey } from '#shared/sort-key.ts'
import { linkedAs } from '../linked-as.ts'
import type { chapters, courses, mediaAssets } from '../schema.ts'

export type CourseRow = typeof courses.$inferInsert
export type ChapterRow = typeof chapters.$inferInsert
export type AssetRow = typeof mediaAssets.$inferInsert
export type VideoRow = LinkContent & {
  id: string
  workspaceId: string
  chapterId: string
  linkedAs: string
  linkedAt: Date
}

/** A video file as `demo/media.json` describes it. */
export type DemoFile = Pick<
  AssetRow,
  | 'file'
  | 'thumbnail'
  | 'filename'
  | 'sizeBytes'
  | 'durationSeconds'
  | 'width'
  | 'height'
  | 'codec'
  | 'mimeType'
>

/** What rows are made with. */
export type Making = { workspaceId: string; newId: () => string; now: Date }

/** One of the files as an asset of the library, under a name of its own if one is given. */
export function assetRow(
  { workspaceId, newId, now }: Making,
  file: DemoFile,
  filename = file.filename,
): AssetRow {
  return {
    ...file,
    id: newId(),
    workspaceId,
    filename,
    sortKey: sortKey(filename),
    searchKey: searchKey(filename),
    createdAt: now,
  }
}

export const courseRow = ({ workspaceId, newId, now }: Making, title: string): CourseRow => ({
  id: newId(),
  workspaceId,
  title,
  createdAt: now,
})

/** Chapters of a course, in order. */
export function chapterRows(
  { newId }: Making,
  courseId: string,
  titles: readonly string[],
): ChapterRow[] {
  const nextPosition = positions()
  return titles.map((title) => ({ id: newId(), courseId, title, position: nextPosition() }))
}

/** Links of assets to a chapter, in order, as if they had been made by the page. */
export function videoRows(
  { workspaceId, newId, now }: Making,
  chapterId: string,
  assets: readonly AssetRow[],
): VideoRow[] {
  const nextPosition = positions()
  return assets.map(({ id: mediaId, filename }) => {
    const content = { mediaId, filename, position: nextPosition() }
    const made = { linkedAs: linkedAs(chapterId, content), linkedAt: now }
    return { id: newId(), workspaceId, chapterId, ...content, ...made }
  })
}

function positions() {
  let last: string | null = null
  return () => {
    last = generateKeyBetween(last, null)
    return last
  }
}
