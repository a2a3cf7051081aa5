import { z } from '#contract/zod.ts'
import { type Change, emptyHistory, type History } from '#machines/history.ts'
import type { KeptName } from '#ui/name-draft.ts'
import type { NewSlot } from '../../features/chapters/new-chapters.store.ts'
import {
  type KeptVideo,
  keptVideoSchema,
  listUnsettled,
} from '../../features/videos/kept-videos.ts'
import { type KeptRename, keptRenameSchema } from '../../features/videos/renaming/rename-draft.ts'
import type { OutboxRecord } from '../../lib/outbox-database.ts'
import { type GoneNotice, noGoneNotice } from '../change-notice.store.ts'
import { type KeptChanges, keptChangesSchema, placeSchema } from './kept-changes.ts'

/** The version of what this page writes. A record of another one is migrated here, or shown. */
export const recordVersion = 1

/** How long a change can be undone on a later page, in ms. */
const historyAge = 24 * 60 * 60 * 1000

const changeSchema = z.object({
  number: z.number(),
  madeAt: z.number().exactOptional(),
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
  renames: z.array(keptRenameSchema).default([]),
  goneNotice: z.object({ step: z.number(), change: z.number() }).default(noGoneNotice),
  texts: z.array(z.string()).default([]),
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
  /** What is set for the latest bulk rename, if there is one. */
  renames: readonly KeptRename[]
  /** The notice of a change that was closed. */
  goneNotice: GoneNotice
  /** What was typed in a place where something else is typed now. */
  texts: readonly string[]
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
  // A page of this version has written it: its operations are what the schema says and more.
  const tab = mergeTabs(
    tabs.flatMap(({ value }) => (value as KeptTab | null) ?? []),
    now,
  )
  return {
    videos: listUnsettled(
      videos.flatMap(({ value }) => value ?? []),
      tab.history,
    ),
    tab,
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
    history: last ? dropOld(last.history, now) : emptyHistory,
    picks: Object.assign({}, ...inOrder.map(({ picks }) => picks)),
    changes: {
      courses: inOrder.flatMap(({ changes }) => changes.courses),
      chapters: inOrder.flatMap(({ changes }) => changes.chapters),
    },
    newChapters: inOrder.flatMap(({ newChapters }) => newChapters),
    names: inOrder.flatMap(({ names }) => names),
    renames: inOrder.flatMap(({ renames }) => renames),
    goneNotice: last?.goneNotice ?? noGoneNotice,
    texts: inOrder.flatMap(({ texts }) => texts),
  }
}

/** What was done long ago is not undone by mistake. */
function dropOld(history: History, now: number): History {
  const isRecent = ({ madeAt = 0 }: Change) => now - madeAt < historyAge
  const past = history.past.filter(isRecent)
  const future = history.future.filter(isRecent)
  if (past.length + future.length === 0) return emptyHistory
  const { count, latest } = history
  return { past, future, count, latest: latest && isRecent(latest.change) ? latest : null }
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
