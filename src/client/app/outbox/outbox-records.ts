import { z } from '#contract/zod.ts'
import { type Change, emptyHistory, type History } from '#machines/history.ts'
import type { KeptName } from '#ui/name-draft.ts'
import type { NewSlot } from '../../features/chapters/new-chapters.store.ts'
import { type KeptVideo, keptVideoSchema } from '../../features/videos/kept-video-schema.ts'
import { listUnsettled } from '../../features/videos/kept-videos.ts'
import { type KeptRename, keptRenameSchema } from '../../features/videos/renaming/rename-draft.ts'
import type { KeptCreation } from '../../lib/creation-id.ts'
import type { OutboxRecord } from '../../lib/outbox-database.ts'
import { type GoneNotice, noGoneNotice } from '../change-notice.store.ts'
import { type KeptChanges, keptChangesSchema, placeSchema } from './kept-changes.ts'

/** The version of the records that this page writes. Others are migrated here, or shown. */
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
      sent: z.array(z.string()).exactOptional(),
    }),
  ),
  creations: z
    .array(z.object({ field: z.string(), id: z.string(), title: z.string() }))
    .default([]),
  renames: z.array(keptRenameSchema).default([]),
  goneNotice: z.object({ step: z.number(), change: z.number() }).default(noGoneNotice),
  texts: z.array(z.string()).default([]),
})

/** What a tab stores besides its videos. */
export interface KeptTab {
  /** In ms since 1970. */
  savedAt: number
  history: History
  /** The picks that have not been added yet, by chapter. */
  picks: z.infer<typeof tabSchema>['picks']
  changes: KeptChanges
  /** The positions of new chapters whose titles are being typed. */
  newChapters: readonly NewSlot[]
  /** The titles that are being typed. */
  names: readonly KeptName[]
  /** The creations from those titles whose outcome is not known. */
  creations: readonly KeptCreation[]
  /** The settings of the latest bulk rename, if there is one. */
  renames: readonly KeptRename[]
  /** The last notice of a change that has gone. */
  goneNotice: GoneNotice
  /** Texts that were not restored, as something else is being typed in their place. */
  texts: readonly string[]
}

/** The work that earlier pages have left, as far as this one can read it. */
export interface Resumable {
  videos: KeptVideo[]
  tab: Omit<KeptTab, 'savedAt'>
  /** Records that another version of the page has written. */
  unreadable: OutboxRecord[]
}

/**
 * Parses the records of tabs that are gone.
 * @param now in ms since 1970
 */
export function readRecords(
  records: Record<'videos' | 'tabs', readonly OutboxRecord[]>,
  now: number,
): Resumable {
  const videos = records.videos.map((record) => parse(record, keptVideoSchema))
  const tabs = records.tabs.map((record) => parse(record, tabSchema))
  // A page of this version wrote it, so its operations also have the fields not in the schema.
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

/** Merges what several tabs have left. Only the last one's changes can be undone. */
function mergeTabs(tabs: readonly KeptTab[], now: number): Resumable['tab'] {
  const inOrder = tabs.toSorted((a, b) => a.savedAt - b.savedAt)
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
    creations: inOrder.flatMap(({ creations }) => creations),
    renames: inOrder.flatMap(({ renames }) => renames),
    goneNotice: last?.goneNotice ?? noGoneNotice,
    texts: inOrder.flatMap(({ texts }) => texts),
  }
}

/** Drops changes that were made long ago, so that nobody undoes them by mistake. */
function dropOld(history: History, now: number): History {
  const isRecent = ({ madeAt = 0 }: Change) => now - madeAt < historyAge
  const past = history.past.filter(isRecent)
  const future = history.future.filter(isRecent)
  if (past.length + future.length === 0) return emptyHistory
  const { count, latest } = history
  return { past, future, count, latest: latest && isRecent(latest.change) ? latest : null }
}

/** Collects the texts in an unreadable record, to be copied. */
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
