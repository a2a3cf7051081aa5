import { z } from '#contract/zod.ts'
import { emptyHistory, type History } from '#machines/history.ts'
import type { KeptName } from '#ui/name-draft.ts'
import type { NewSlot } from '../../features/chapters/new-chapters.store.ts'
import { type KeptVideo, keptVideoSchema } from '../../features/videos/kept-videos.ts'
import type { OutboxRecord } from '../../lib/outbox-database.ts'

/** The version of what this page writes. A record of another one is migrated here, or shown. */
export const recordVersion = 1

/** How long the changes of a page can be undone on a later one, in ms. */
const historyAge = 24 * 60 * 60 * 1000

import { type KeptChanges, keptChangesSchema, placeSchema } from './kept-changes.ts'

const changeSchema = z.object({
  number: z.number(),
  kind: z.string(),
  name: z.string().exactOptional(),
  chapterIds: z.array(z.string()),
  operations: z.array(z.looseObject({ entity: z.string(), field: z.string(), id: z.string() })),
})

const tabSchema = z.object({
  savedAt: z.number(),
  history: z.object({
    past: z.array(changeSchema),
    future: z.array(changeSchema),
    count: z.number(),
    latest: z.looseObject({ number: z.number(), change: changeSchema }).nullable(),
  }),
  picks: z.record(
    z.string(),
    z.array(z.object({ mediaId: z.string(), filename: z.string(), durationSeconds: z.number() })),
  ),
  changes: keptChangesSchema,
  newChapters: z.array(
    z.object({
      id: z.string(),
      courseId: z.string(),
      after: z.string(),
      place: placeSchema.exactOptional(),
    }),
  ),
  names: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      initial: z.string(),
      version: z.number(),
      isNew: z.boolean(),
    }),
  ),
})

/** What a tab keeps beside its videos. */
export interface KeptTab {
  /** In ms since 1970. */
  savedAt: number
  history: History
  /** The picks that were not added yet, by chapter. */
  picks: z.infer<typeof tabSchema>['picks']
  changes: KeptChanges
  /** The places of the chapters that are being titled. */
  newChapters: readonly NewSlot[]
  /** The titles that are being typed. */
  names: readonly KeptName[]
}

/** What an earlier page has left, as far as this one can read it. */
export interface Resumable {
  videos: KeptVideo[]
  tab: Omit<KeptTab, 'savedAt'>
  /** What another version of the page has written. */
  unreadable: OutboxRecord[]
}

/**
 * Reads records that are of no open tab.
 * @param now in ms since 1970
 */
export function readRecords(
  records: Record<'videos' | 'tabs', readonly OutboxRecord[]>,
  now: number,
): Resumable {
  const videos = records.videos.map((record) => parse(record, keptVideoSchema))
  const tabs = records.tabs.map((record) => parse(record, tabSchema))
  return {
    videos: videos.flatMap(({ value }) => value ?? []),
    // A page of this version has written it: its operations are what the schema says and more.
    tab: mergeTabs(
      tabs.flatMap(({ value }) => (value as KeptTab | null) ?? []),
      now,
    ),
    unreadable: [...videos, ...tabs].flatMap(({ record, value }) => (value ? [] : [record])),
  }
}

function parse<Value>(record: OutboxRecord, schema: z.ZodType<Value>) {
  const value = record.version === recordVersion ? schema.safeParse(record).data : undefined
  return { record, value: value ?? null }
}

/** Of several tabs, the last one's changes can be undone. */
function mergeTabs(tabs: readonly KeptTab[], now: number): Resumable['tab'] {
  const inOrder = tabs.toSorted((one, other) => one.savedAt - other.savedAt)
  const last = inOrder.findLast(({ history }) => history.count > 0)
  return {
    history: last && now - last.savedAt < historyAge ? last.history : emptyHistory,
    picks: Object.assign({}, ...inOrder.map(({ picks }) => picks)),
    changes: {
      courses: inOrder.flatMap(({ changes }) => changes.courses),
      chapters: inOrder.flatMap(({ changes }) => changes.chapters),
    },
    newChapters: inOrder.flatMap(({ newChapters }) => newChapters),
    names: inOrder.flatMap(({ names }) => names),
  }
}

/** The texts in a record that can't be read, to be copied out. */
export function listTexts(record: OutboxRecord): string[] {
  const texts = new Set<string>()
  const collect = (value: unknown, key = '') => {
    if (typeof value === 'string' && textKeys.has(key)) texts.add(value)
    if (typeof value !== 'object' || value === null) return
    for (const [name, part] of Object.entries(value))
      collect(part, Array.isArray(value) ? key : name)
  }
  collect(record)
  return [...texts]
}

const textKeys = new Set(['filename', 'text', 'name', 'title', 'to'])
