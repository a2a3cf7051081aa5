import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

// A row's `fingerprint` stands for the content of the request that created the row, by which a repeat
// is recognized. Its column says which kind of request: `created_as`, `uploaded_as` or `linked_as`.

/** Text compared byte by byte, regardless of the database's locale. */
const bytewise = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const workspaces = pgTable('workspaces', { id: text().primaryKey() })

const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/**
 * The columns of rows that are created under a client's id, changed by version, and can be removed
 * and restored.
 */
const history = () => ({
  // Null in rows that are older than the column.
  fingerprint: text('created_as'),
  version: integer().notNull().default(1),
  removedAt: moment('removed_at'),
})

export const courses = pgTable(
  'courses',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    title: text().notNull(),
    ...history(),
    createdAt: moment('created_at').notNull(),
  },
  (course) => [index('courses_by_age').on(course.workspaceId, course.createdAt, course.id)],
)

export const chapters = pgTable(
  'chapters',
  {
    id: uuid().primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    position: bytewise().notNull(),
    ...history(),
  },
  (chapter) => [index('chapters_in_order').on(chapter.courseId, chapter.position, chapter.id)],
)

export const mediaAssets = pgTable(
  'media_assets',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    filename: text().notNull(),
    sortKey: bytewise('sort_key').notNull(),
    searchKey: text('search_key').notNull(),
    // The version of the rules that made both keys; see `refreshKeys`.
    keyVersion: integer('key_version').notNull().default(0),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    durationSeconds: doublePrecision('duration_seconds').notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    codec: text().notNull(),
    // Null without a sound track, or for a file that was not uploaded.
    audioCodec: text('audio_codec'),
    // The clockwise rotation in degrees, which the width and height already include.
    rotation: integer().notNull().default(0),
    mimeType: text('mime_type').notNull(),
    status: text({ enum: ['ready'] })
      .notNull()
      .default('ready'),
    file: text().notNull(),
    thumbnail: text(),
    // The SHA-256 of an uploaded file, in hexadecimal.
    contentHash: text('content_hash'),
    fingerprint: text('uploaded_as'),
    createdAt: moment('created_at').notNull(),
    version: integer().notNull().default(1),
    removedAt: moment('removed_at'),
    // In natural order, each in the workspace's one spelling. Adding and removing a tag commute, so
    // they don't change the version.
    tags: text().array().notNull().default(sql`'{}'::text[]`),
  },
  (asset) => [
    index('media_assets_by_name').on(asset.workspaceId, asset.sortKey, asset.id),
    index('media_assets_by_age').on(asset.workspaceId, asset.createdAt, asset.id),
    index('media_assets_by_length').on(asset.workspaceId, asset.durationSeconds, asset.id),
    index('media_assets_by_tag').using('gin', asset.tags),
  ],
)

/** Captions of media assets, as WebVTT. */
export const mediaCaptions = pgTable(
  'media_captions',
  {
    mediaId: uuid('media_id')
      .notNull()
      .references(() => mediaAssets.id, { onDelete: 'cascade' }),
    language: text().notNull(),
    text: text().notNull(),
    cueCount: integer('cue_count').notNull(),
  },
  (captions) => [primaryKey({ columns: [captions.mediaId, captions.language] })],
)

/**
 * Linked videos and, without content, ids that were removed before their link arrived: in one
 * table, so that the primary key serializes the link and the removal of an id. Such an id is a
 * tombstone while `removedAt` is set. Once restored it is vacant, since `vacantSince`, and can be
 * linked.
 */
export const linkedVideos = pgTable(
  'linked_videos',
  {
    id: uuid().primaryKey(),
    // No foreign key: every link would lock its workspace's row, which all links share.
    workspaceId: text('workspace_id').notNull(),
    chapterId: uuid('chapter_id').references(() => chapters.id, { onDelete: 'cascade' }),
    mediaId: uuid('media_id').references(() => mediaAssets.id, { onDelete: 'cascade' }),
    filename: text(),
    position: bytewise(),
    fingerprint: text('linked_as'),
    version: integer().notNull().default(1),
    // The last applied change, and the page that requested it, if the request named one.
    revision: integer().notNull().default(0),
    revisedBy: uuid('revised_by'),
    linkedAt: moment('linked_at'),
    removedAt: moment('removed_at'),
    vacantSince: moment('vacant_since'),
  },
  (video) => [
    check(
      'whole_or_empty',
      sql`num_nulls(${video.chapterId}, ${video.mediaId}, ${video.filename}, ${video.position}, ${video.fingerprint}, ${video.linkedAt}) = 0
        OR num_nonnulls(${video.chapterId}, ${video.mediaId}, ${video.filename}, ${video.position}, ${video.fingerprint}, ${video.linkedAt}) = 0`,
    ),
    uniqueIndex('an_asset_once_in_a_chapter')
      .on(video.chapterId, video.mediaId)
      .where(sql`${video.removedAt} IS NULL`),
    index('linked_videos_in_order').on(video.chapterId, video.position, video.id),
    index('linked_videos_by_asset').on(video.mediaId),
    index('linked_videos_by_removal')
      .on(video.removedAt)
      .where(sql`${video.removedAt} IS NOT NULL`),
    index('linked_videos_by_vacancy')
      .on(video.vacantSince)
      .where(sql`${video.vacantSince} IS NOT NULL`),
  ],
)

/**
 * The changes to courses, chapters and linked videos, in commit order. Each is logged by the
 * transaction that makes it; see `change-log.ts`.
 */
export const changeLog = pgTable(
  'change_log',
  {
    sequence: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    // No foreign key: every change would lock its workspace's row.
    workspaceId: text('workspace_id').notNull(),
    courseId: uuid('course_id'),
    entity: text({ enum: ['course', 'chapter', 'video'] }).notNull(),
    entityId: uuid('entity_id').notNull(),
    kind: text({ enum: ['created', 'changed', 'removed', 'restored'] }).notNull(),
    // The row's version; for a removal, the last version that was shown, or a later one.
    version: integer().notNull(),
    // The row as the API returns it; null for a removal.
    row: jsonb(),
    // The page that requested it, if the request named one.
    changedBy: uuid('changed_by'),
    changedAt: moment('changed_at').notNull().defaultNow(),
  },
  (change) => [index('change_log_by_age').on(change.changedAt)],
)
