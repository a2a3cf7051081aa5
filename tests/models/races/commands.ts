import fc from 'fast-check'
import { expect } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
import { readSaved, type ShownVideo } from '#client/features/videos/fold-videos.ts'
import { type Direction, nextChange, operationsFor } from '#machines/history.ts'
import type { VideoEvent, VideoTag } from '#machines/video.machine.ts'
import type { Intent } from './intent.ts'
import {
  chapterIds,
  mediaIds,
  moveOutside,
  type Page,
  removeOutside,
  renameOutside,
} from './page.ts'

/** What somebody does, as plain JSON; `at` picks among the rows it can be done to. */
export type Action =
  | { type: 'add' | 'addFiles'; count: number }
  | { type: OutsideAction; at: number }
  | { type: 'type' | 'save'; at: number; text: string }
  | { type: 'move'; at: number; to: number; chapter: number }
  | { type: 'removeMany' | 'renameMany'; at: number; count: number }
  | { type: 'moveMany'; at: number; count: number; to: number; chapter: number }
  | { type: RowAction; at: number }
  | { type: PlainAction }
  | { type: 'timePasses'; milliseconds: number }

type OutsideAction = keyof typeof outsideActions

/** What others do to a row behind the page's back. */
const outsideActions = {
  outsideRename: (page: Page, row: ShownVideo) => renameOutside(page, row, 'Renamed elsewhere.mp4'),
  outsideRemove: removeOutside,
  outsideMoveUp: (page: Page, row: ShownVideo) => moveOutside(page, row, 'start'),
  outsideMoveDown: (page: Page, row: ShownVideo) => moveOutside(page, row, 'end'),
}

type PlainAction =
  | 'undo'
  | 'redo'
  | 'retryFailed'
  | 'finishUpload'
  | 'refetch'
  | 'goOffline'
  | 'goOnline'
  | 'leave'
  | 'return'
  | 'keep'
  | 'reload'
  | 'crash'
  | 'updateBuild'
  | 'closeChapter'

type RowAction = keyof typeof rowActions

/** What a row offers: the state it is offered in, and the event it sends. */
const rowActions = {
  edit: { tag: null, event: 'video.edit' },
  cancel: { tag: 'editing', event: 'video.cancel' },
  remove: { tag: null, event: 'video.remove' },
  restore: { tag: 'hidden', event: 'video.restore' },
  bringBack: { tag: null, event: 'video.restore' },
  retry: { tag: 'failed', event: 'video.retry' },
  retryNow: { tag: 'retrying', event: 'video.retry' },
  retryRename: { tag: 'unsaved', event: 'rename.retry' },
  discardRename: { tag: 'unsaved', event: 'rename.discard' },
  keepMine: { tag: 'conflict', event: 'rename.keepMine' },
  takeTheirs: { tag: 'conflict', event: 'rename.takeTheirs' },
} satisfies Record<string, { tag: VideoTag | 'hidden' | null; event: VideoEvent['type'] }>

const at = fc.nat(5)
const text = fc.constantFrom('Intro.mp4', 'Part two.mp4', 'Résumé.mp4', 'The end.mp4')
const count = fc.integer({ min: 2, max: 4 })
const onRow = (type: RowAction) => fc.record({ type: fc.constant(type), at })
const plainly = (type: PlainAction) => fc.constant({ type })

/** Everything that can be done, as arbitraries of fast-check. */
const actions: fc.Arbitrary<Action>[] = [
  fc.record({ type: fc.constant('add'), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('addFiles'), count: fc.integer({ min: 1, max: 2 }) }),
  // As types: the keys of the record above.
  fc.record({ type: fc.constantFrom(...(Object.keys(outsideActions) as OutsideAction[])), at }),
  ...Array.from({ length: 2 }, () =>
    fc.record({ type: fc.constantFrom('type', 'save'), at, text }),
  ),
  fc.record({ type: fc.constant('move'), at, to: fc.nat(5), chapter: fc.nat(1) }),
  fc.record({ type: fc.constantFrom('removeMany', 'renameMany'), at, count }),
  fc.record({ type: fc.constant('moveMany'), at, count, to: fc.nat(5), chapter: fc.nat(1) }),
  ...(Object.keys(rowActions) as RowAction[]).map(onRow),
  ...Array.from({ length: 2 }, () => [plainly('undo'), plainly('redo')]).flat(),
  ...(
    [
      'retryFailed',
      'finishUpload',
      'refetch',
      'goOffline',
      'goOnline',
      'leave',
      'return',
      'keep',
      'reload',
      'crash',
      'updateBuild',
    ] as const
  ).map(plainly),
  fc.record({
    type: fc.constant('timePasses'),
    milliseconds: fc.constantFrom(1_000, 9_000, 31_000),
  }),
]

/** What a person does on a page that nobody closes, while another has the same course open. */
export const anySharedAction = fc
  .oneof(...actions)
  .filter((action) => !isOutside(action) && !unshared.has(action.type))

/** The browser of both is online or not. */
const unshared = new Set<Action['type']>(['goOffline', 'goOnline'])

/** All that a person and others can do, a few times over, in any order. */
export const commands = fc.commands(
  // To close the chapter ends a race, so it is rare.
  [...actions, ...actions, plainly('closeChapter')].map((arbitrary) => arbitrary.map(commandOf)),
  { maxCommands: 16, size: 'max' },
)

/** An action as a command of fast-check's. */
function commandOf(action: Action): fc.AsyncCommand<Intent, Page> {
  return {
    check: () => true,
    run: async (intent, page) => {
      act(action, intent, page)
    },
    toString: () => JSON.stringify(action),
  }
}

/** Does it, if it can be done now; tells whether it could. */
export function act(action: Action, intent: Intent, page: Page): boolean {
  if (intent.isClosed) return false
  if (action.type === 'add') return add(action.count, intent, page)
  if (action.type === 'addFiles') return addFiles(action.count, intent, page)
  if (action.type === 'move') return move({ ...action, count: 1 }, intent, page)
  if (action.type === 'moveMany') return move(action, intent, page)
  if (isManyChange(action)) return changeMany(action, intent, page)
  if (isOutside(action)) return actOutside(action, intent, page)
  if ('at' in action) return actOnRow(action, intent, page)
  if (action.type === 'timePasses') page.passTime(action.milliseconds)
  else actOnPage(action.type, intent, page)
  return true
}

function actOnPage(type: PlainAction, intent: Intent, page: Page) {
  switch (type) {
    case 'refetch':
      return page.refetch()
    case 'goOffline':
    case 'goOnline':
      return page.setOnline(type === 'goOnline')
    case 'leave':
      if (intent.isShown) page.leave()
      intent.isShown = false
      return
    case 'return':
      if (!intent.isShown) page.return()
      intent.isShown = true
      return
    case 'keep':
      page.keep()
      return intent.stored()
    case 'reload':
      page.reload()
      intent.isShown = true
      return intent.stored()
    case 'crash':
      page.crash()
      intent.isShown = true
      return intent.resumed()
    case 'updateBuild':
      intent.isShown = true
      return updateBuild(intent, page)
    case 'retryFailed':
      return page.retryFailed()
    case 'finishUpload': {
      const [first] = page.uploading()
      if (first !== undefined) page.finishUpload(first)
      return
    }
    case 'undo':
    case 'redo':
      return travel(type, intent, page)
    case 'closeChapter':
      page.closeChapter()
      intent.isClosed = true
  }
}

/** What a page can't read, it shows: nothing that somebody typed is dropped. */
function updateBuild(intent: Intent, page: Page) {
  const typed = [...page.actors().values()].flatMap((actor) =>
    actor.getSnapshot().hasTag('editing') ? [page.draftIn(actor)] : [],
  )
  const { ids, texts } = page.updateBuild()
  expect(texts, 'what was typed can be copied').toEqual(expect.arrayContaining(typed))
  intent.forget(ids)
  intent.stored()
}

function add(count: number, intent: Intent, page: Page): boolean {
  const taken = new Set(page.rows().map(({ mediaId }) => mediaId))
  const picked = mediaIds.filter((mediaId) => !taken.has(mediaId)).slice(0, count)
  return addAll(picked, () => page.add(picked), intent, page)
}

/** A file is dropped once. */
function addFiles(count: number, intent: Intent, page: Page): boolean {
  const dropped = new Set([...intent.videos.values()].map(({ mediaId }) => mediaId))
  const files = page
    .uploading()
    .filter((id) => !dropped.has(id))
    .slice(0, count)
  return addAll(files, () => page.addFiles(files), intent, page)
}

function addAll(picked: readonly string[], run: () => void, intent: Intent, page: Page): boolean {
  if (picked.length === 0) return false
  const before = new Set(page.rows().map(({ id }) => id))
  run()
  intent.add(
    page.rows().filter(({ id }) => !before.has(id)),
    picked,
  )
  return true
}

type ManyAction = Extract<Action, { at: number; count: number }>

/** The rows from one on, as they are selected together. */
function selectRows(page: Page, { at, count }: Pick<ManyAction, 'at' | 'count'>): ShownVideo[] {
  const shown = page.rows()
  const start = shown.length > 0 ? at % shown.length : 0
  return shown.slice(start, start + count)
}

interface MoveAction {
  at: number
  count: number
  to: number
  chapter: number
}

/** Moves rows together behind another one of a chapter, or to its start. */
function move(action: MoveAction, intent: Intent, page: Page): boolean {
  const rows = selectRows(page, action)
  const chapterId = chapterIds[action.chapter]
  if (rows.length === 0 || chapterId === undefined) return false
  const there = page.rows().filter((one) => one.chapterId === chapterId)
  const after = there[(action.to % (there.length + 1)) - 1]?.id ?? null
  page.move(rows, { chapterId, after })
  for (const { id } of rows) intent.moved(id, chapterId)
  return true
}

type ManyChange = Extract<Action, { type: 'removeMany' | 'renameMany' }>

const isManyChange = (action: Action): action is ManyChange =>
  action.type === 'removeMany' || action.type === 'renameMany'

/** Removes rows together, or gives each a name of its own. */
function changeMany(action: ManyChange, intent: Intent, page: Page): boolean {
  const rows = selectRows(page, action)
  if (rows.length === 0) return false
  if (action.type === 'removeMany') {
    page.remove(rows)
    for (const row of rows) intent.asked(row, { type: 'video.remove' })
    return true
  }
  const renames = rows.map((video, index) => ({ video, filename: `${index + 1}. Renamed.mp4` }))
  page.rename(renames)
  for (const { video, filename } of renames) {
    if (filename !== video.filename) intent.renamed(video.id, filename)
  }
  return true
}

type Outside = Extract<Action, { type: OutsideAction }>

const isOutside = (action: Action): action is Outside => action.type in outsideActions

function actOutside({ type, at: place }: Outside, intent: Intent, page: Page) {
  const linked = page.rows().filter(({ id }) => intent.of(id).wanted)
  const row = linked[place % linked.length]
  if (!row) return false
  outsideActions[type](page, row)
  if (type === 'outsideRename')
    intent.changedOutside(row.id, { isRenamedOutside: true, wasRenamedOutside: true })
  else if (type === 'outsideRemove') intent.changedOutside(row.id, { isRemovedOutside: true })
  else intent.changedOutside(row.id, { wasMoved: true })
  return true
}

/** Undoes the last change or does the next one again, unless others are in its way. */
function travel(direction: Direction, intent: Intent, page: Page) {
  const change = nextChange(page.history(), direction)
  page.travel(direction)
  const { latest } = page.history()
  if (!change || latest?.change !== change || latest.obstacle) return
  for (const operation of operationsFor(change, direction)) intent.applied(operation)
}

type OnRow = Exclude<Extract<Action, { at: number }>, Outside | ManyAction | { type: 'move' }>

function actOnRow(action: OnRow, intent: Intent, page: Page): boolean {
  const rows = rowsFor(action.type, page)
  const found = rows[action.at % rows.length]
  if (!found) return false
  const { row, actor } = found
  if (action.type === 'type') {
    if (actor) page.type(actor, action.text)
    intent.typed(row.id, action.text)
    return true
  }
  const event = eventFor(action, row, page, actor)
  if (actor && closing.has(action.type)) page.closeEditor(actor)
  page.dispatch(row, event)
  intent.asked(row, event)
  const opened = page.actors().get(row.id)
  if (event.type === 'video.edit' && opened) intent.opened(row.id, page.draftIn(opened))
  return true
}

const closing = new Set(['save', 'cancel'])

interface FoundRow {
  row: ShownVideo
  actor: VideoActor | undefined
}

/** The rows, or the removal notices, that offer an action now. */
function rowsFor(type: OnRow['type'], page: Page): FoundRow[] {
  const actors = page.actors()
  const tag = type === 'type' || type === 'save' ? 'editing' : rowActions[type as RowAction].tag
  const hasTag = (actor: VideoActor | undefined, one: VideoTag | 'hidden') => {
    const snapshot = actor?.getSnapshot()
    if (one === 'hidden') return snapshot?.hasTag('removing') || snapshot?.hasTag('removed')
    return snapshot?.hasTag(one) ?? false
  }
  const shown = page.rows().map((row) => ({ row, actor: actors.get(row.id) }))
  if (type === 'bringBack') return shown.filter(({ row }) => row.isRemovedElsewhere)
  if (tag === 'hidden') {
    return [...actors.values()]
      .filter((actor) => hasTag(actor, 'hidden'))
      .map((actor) => ({ row: actor.getSnapshot().context as unknown as ShownVideo, actor }))
  }
  if (type === 'edit') return shown.filter(({ actor }) => !hasTag(actor, 'editing'))
  return tag ? shown.filter(({ actor }) => hasTag(actor, tag)) : shown
}

function eventFor(action: OnRow, row: ShownVideo, page: Page, actor?: VideoActor): VideoEvent {
  if (action.type === 'save') {
    const typed = actor ? page.draftIn(actor) : row.filename
    const isUnchanged = actor && page.isUnchanged(actor)
    return isUnchanged || typed === row.filename
      ? { type: 'video.cancel' }
      : { type: 'video.rename', filename: typed }
  }
  if (action.type === 'edit') {
    return {
      type: 'video.edit',
      saved: readSaved(row),
    }
  }
  return { type: rowActions[action.type as RowAction].event } as VideoEvent
}
