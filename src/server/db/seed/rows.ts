import { generateKeyBetween } from 'fractional-indexing'
import type { Chapter } from '#contract/chapters.ts'
import type { LinkContent } from '#contract/videos.ts'
import { searchKey } from '#shared/search-key.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import { linkFingerprint } from '../link-fingerprint.ts'
import type { courses, mediaAssets } from '../schema.ts'

export type CourseRow = Omit<typeof courses.$inferInsert, 'fingerprint' | 'removedAt'>
export type ChapterRow = Chapter
export type AssetRow = typeof mediaAssets.$inferInsert
export type VideoRow = LinkContent & {
  id: string
  workspaceId: string
  chapterId: string
  fingerprint: string
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

/** What it takes to create new rows. */
export type SeedContext = { workspaceId: string; newId: () => string; now: Date }

/** Creates an asset of the library from a file. */
export function createAssetRow(
  { workspaceId, newId, now }: SeedContext,
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
    keyVersion,
    createdAt: now,
  }
}

export const createCourseRow = (
  { workspaceId, newId, now }: SeedContext,
  title: string,
): CourseRow => ({
  id: newId(),
  workspaceId,
  title,
  createdAt: now,
})

/** Creates the chapters of a course, in order. */
export function createChapterRows(
  { newId }: SeedContext,
  courseId: string,
  titles: readonly string[],
): ChapterRow[] {
  const nextPosition = createPositions()
  return titles.map((title) => ({
    id: newId(),
    courseId,
    title,
    position: nextPosition(),
    version: 1,
  }))
}

/** Links assets to a chapter, in order, as the page would. */
export function createVideoRows(
  { workspaceId, newId, now }: SeedContext,
  chapterId: string,
  assets: readonly AssetRow[],
): VideoRow[] {
  const nextPosition = createPositions()
  return assets.map(({ id: mediaId, filename }) => {
    const content = { mediaId, filename, position: nextPosition() }
    const fingerprint = linkFingerprint(chapterId, content)
    return { id: newId(), workspaceId, chapterId, ...content, fingerprint, linkedAt: now }
  })
}

function createPositions() {
  let last: string | null = null
  return () => {
    last = generateKeyBetween(last, null)
    return last
  }
}
