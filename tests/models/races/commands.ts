import fc from 'fast-check'
import { expect } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
import { readSaved, type ShownVideo } from '#client/features/videos/fold-videos.ts'
import { type Direction, listOperationsFor, peekChange } from '#machines/history.ts'
import { getDepartingChapterId } from '#machines/pending-videos.ts'
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

/** An action as plain JSON; `at` picks one of the rows that it applies to. */
export type Action =
  | { type: 'add'; count: number; chapter: number }
  | { type: 'addFiles'; count: number }
  | { type: OutsideAction; at: number }
  | { type: 'type' | 'save'; at: number; text: string }
  | { type: 'move'; at: number; to: number; chapter: number }
  | { type: 'removeMany' | 'renameMany'; at: number; count: number }
  | { type: 'moveMany'; at: number; count: number; to: number; chapter: number }
  | { type: RowAction; at: number }
  | { type: PlainAction }
  | { type: 'timePasses'; milliseconds: number }

type OutsideAction = keyof typeof outsideActions

/** Changes by others that the page is not notified of. */
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
  | 'store'
  | 'reload'
  | 'crash'
  | 'updateBuild'
  | 'closeChapter'

type RowAction = keyof typeof rowActions

/** The actions of a row: the tag of the state that offers each, and the event that it sends. */
const rowActions = {
  edit: { tag: null, event: 'video.edit' },
  cancel: { tag: 'editing', event: 'video.cancel' },
  remove: { tag: null, event: 'video.remove' },
  restore: { tag: 'hidden', event: 'video.restore' },
  restoreRow: { tag: null, event: 'video.restore' },
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
const createRowAction = (type: RowAction) => fc.record({ type: fc.constant(type), at })
const createAction = (type: PlainAction) => fc.constant({ type })

/** Every action, as a fast-check arbitrary. */
const actions: fc.Arbitrary<Action>[] = [
  fc.record({
    type: fc.constant('add'),
    count: fc.integer({ min: 1, max: 3 }),
    chapter: fc.nat(1),
  }),
  fc.record({ type: fc.constant('addFiles'), count: fc.integer({ min: 1, max: 2 }) }),
  // As types: the keys of the record above.
  fc.record({ type: fc.constantFrom(...(Object.keys(outsideActions) as OutsideAction[])), at }),
  ...Array.from({ length: 2 }, () =>
    fc.record({ type: fc.constantFrom('type', 'save'), at, text }),
  ),
  fc.record({ type: fc.constant('move'), at, to: fc.nat(5), chapter: fc.nat(1) }),
  fc.record({ type: fc.constantFrom('removeMany', 'renameMany'), at, count }),
  fc.record({ type: fc.constant('moveMany'), at, count, to: fc.nat(5), chapter: fc.nat(1) }),
  ...(Object.keys(rowActions) as RowAction[]).map(createRowAction),
  ...Array.from({ length: 2 }, () => [createAction('undo'), createAction('redo')]).flat(),
  ...(
    [
      'retryFailed',
      'finishUpload',
      'refetch',
      'goOffline',
      'goOnline',
      'leave',
      'return',
      'store',
      'reload',
      'crash',
      'updateBuild',
    ] as const
  ).map(createAction),
  fc.record({
    type: fc.constant('timePasses'),
    milliseconds: fc.constantFrom(1_000, 9_000, 31_000),
  }),
]

/** Actions on one of two pages that show the same course. */
export const sharedActionArbitrary = fc
  .oneof(...actions)
  .filter((action) => !isOutside(action) && !singlePageActions.has(action.type))

/** Actions that only change what undo can restore, or the connection. */
export const ownActionArbitrary = fc
  .oneof(...actions)
  .filter((action) => undoableActions.has(action.type))

const undoableActions = new Set<Action['type']>([
  'add',
  'move',
  'moveMany',
  'remove',
  'removeMany',
  'renameMany',
  'edit',
  'type',
  'save',
  'cancel',
  'undo',
  'redo',
  'retry',
  'retryFailed',
  'goOffline',
  'goOnline',
  'timePasses',
])

/** Two pages share the browser's connection. */
const singlePageActions = new Set<Action['type']>(['goOffline', 'goOnline'])

/** The actions of a person and of others, in any order. */
export const commandsArbitrary = fc.commands(
  // Closing the chapter ends a race, so keep it rare.
  [...actions, ...actions, createAction('closeChapter')].map((arbitrary) =>
    arbitrary.map(toCommand),
  ),
  { maxCommands: 16, size: 'max' },
)

/** Turns an action into a command of fast-check. */
function toCommand(action: Action): fc.AsyncCommand<Intent, Page> {
  return {
    check: () => true,
    run: async (intent, page) => {
      act(action, intent, page)
    },
    toString: () => JSON.stringify(action),
  }
}

/** Runs an action if it applies; returns whether it did. */
export function act(action: Action, intent: Intent, page: Page): boolean {
  if (intent.isClosed) return false
  if (action.type === 'add') return add(action, intent, page)
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
    case 'store':
      page.store()
      return intent.store()
    case 'reload':
      page.reload()
      intent.isShown = true
      return intent.store()
    case 'crash':
      page.crash()
      intent.isShown = true
      return intent.resume()
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
      return undoOrRedo(type, intent, page)
    case 'closeChapter':
      page.closeChapters()
      intent.isClosed = true
  }
}

/** A page shows the text of records that it can't read, so that nothing typed is lost. */
function updateBuild(intent: Intent, page: Page) {
  const typed = [...page.actors().values()].flatMap((actor) =>
    actor.getSnapshot().hasTag('editing') ? [page.readDraft(actor)] : [],
  )
  const { ids, texts } = page.updateBuild()
  expect(texts, 'typed text can be copied').toEqual(expect.arrayContaining(typed))
  intent.forget(ids)
  intent.store()
}

function add(
  { count, chapter }: Extract<Action, { type: 'add' }>,
  intent: Intent,
  page: Page,
): boolean {
  const chapterId = chapterIds[chapter]
  if (chapterId === undefined) return false
  const rows = page.rows().filter((row) => row.chapterId === chapterId)
  const taken = new Set(rows.map(({ mediaId }) => mediaId))
  const picked = mediaIds.filter((mediaId) => !taken.has(mediaId)).slice(0, count)
  const leaving = [...page.reports().values()].filter(
    (report) => getDepartingChapterId(report) === chapterId,
  )
  const added = addAll(picked, () => page.add(picked, chapterId), intent, page)
  for (const { id, mediaId } of added) {
    const blocker = leaving.find((video) => video.mediaId === mediaId)
    if (blocker) intent.wait(id, { blocker: blocker.id, chapterId })
  }
  return added.length > 0
}

/** Drops files that have not been dropped yet. */
function addFiles(count: number, intent: Intent, page: Page): boolean {
  const dropped = new Set([...intent.videos.values()].map(({ mediaId }) => mediaId))
  const files = page
    .uploading()
    .filter((id) => !dropped.has(id))
    .slice(0, count)
  return addAll(files, () => page.addFiles(files), intent, page).length > 0
}

/** Adds picks; returns their rows. */
function addAll(
  picked: readonly string[],
  run: () => void,
  intent: Intent,
  page: Page,
): readonly ShownVideo[] {
  if (picked.length === 0) return []
  const before = new Set(page.rows().map(({ id }) => id))
  run()
  const added = page.rows().filter(({ id }) => !before.has(id))
  intent.add(added, picked)
  return added
}

type ManyAction = Extract<Action, { at: number; count: number }>

/** Selects consecutive rows. */
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

/** Moves rows together to the place after another row of a chapter, or to its start. */
function move(action: MoveAction, intent: Intent, page: Page): boolean {
  const rows = selectRows(page, action)
  const chapterId = chapterIds[action.chapter]
  if (rows.length === 0 || chapterId === undefined) return false
  const siblings = page.rows().filter((row) => row.chapterId === chapterId)
  const after = siblings[(action.to % (siblings.length + 1)) - 1]?.id ?? null
  page.move(rows, { chapterId, after })
  for (const { id } of rows) intent.move(id, chapterId)
  return true
}

type ManyChange = Extract<Action, { type: 'removeMany' | 'renameMany' }>

const isManyChange = (action: Action): action is ManyChange =>
  action.type === 'removeMany' || action.type === 'renameMany'

/** Removes rows together, or gives each its own name. */
function changeMany(action: ManyChange, intent: Intent, page: Page): boolean {
  const rows = selectRows(page, action)
  if (rows.length === 0) return false
  if (action.type === 'removeMany') {
    page.remove(rows)
    for (const row of rows) intent.dispatch(row, { type: 'video.remove' })
    return true
  }
  const renames = rows.map((video, index) => ({ video, filename: `${index + 1}. Renamed.mp4` }))
  page.rename(renames)
  for (const { video, filename } of renames) {
    if (filename !== video.filename) intent.rename(video.id, filename)
  }
  return true
}

type Outside = Extract<Action, { type: OutsideAction }>

const isOutside = (action: Action): action is Outside => action.type in outsideActions

function actOutside({ type, at }: Outside, intent: Intent, page: Page) {
  const linked = page.rows().filter(({ id }) => intent.getVideo(id).wanted)
  const row = linked[at % linked.length]
  if (!row) return false
  outsideActions[type](page, row)
  if (type === 'outsideRename')
    intent.changeOutside(row.id, { isRenamedOutside: true, wasRenamedOutside: true })
  else if (type === 'outsideRemove') intent.changeOutside(row.id, { isRemovedOutside: true })
  else intent.changeOutside(row.id, { wasMoved: true })
  return true
}

/** Undoes the last change or redoes the next one, unless someone else's change prevents it. */
function undoOrRedo(direction: Direction, intent: Intent, page: Page) {
  const change = peekChange(page.history(), direction)
  page.undoOrRedo(direction)
  const { latest } = page.history()
  if (!change || latest?.change !== change || latest.obstacle) return
  for (const operation of listOperationsFor(change, direction)) intent.apply(operation)
}

type OnRow = Exclude<Extract<Action, { at: number }>, Outside | ManyAction | { type: 'move' }>

function actOnRow(action: OnRow, intent: Intent, page: Page): boolean {
  const rows = findRows(action.type, page)
  const found = rows[action.at % rows.length]
  if (!found) return false
  const { row, actor } = found
  if (action.type === 'type') {
    if (actor) page.type(actor, action.text)
    intent.setDraft(row.id, action.text)
    return true
  }
  const event = createEvent(action, row, page, actor)
  if (actor && closingActions.has(action.type)) page.closeEditor(actor)
  page.dispatch(row, event)
  intent.dispatch(row, event)
  const opened = page.actors().get(row.id)
  if (event.type === 'video.edit' && opened) intent.setDraft(row.id, page.readDraft(opened))
  return true
}

const closingActions = new Set(['save', 'cancel'])

interface FoundRow {
  row: ShownVideo
  actor: VideoActor | undefined
}

/** Finds the rows, or the removal notices, that offer an action. */
function findRows(type: OnRow['type'], page: Page): FoundRow[] {
  const actors = page.actors()
  const tag = type === 'type' || type === 'save' ? 'editing' : rowActions[type as RowAction].tag
  const matchesTag = (actor: VideoActor | undefined, tag: VideoTag | 'hidden') => {
    const snapshot = actor?.getSnapshot()
    if (tag === 'hidden') return snapshot?.hasTag('removing') || snapshot?.hasTag('removed')
    return snapshot?.hasTag(tag) ?? false
  }
  const shown = page.rows().map((row) => ({ row, actor: actors.get(row.id) }))
  if (type === 'restoreRow') return shown.filter(({ row }) => row.isRemovedElsewhere)
  if (tag === 'hidden') {
    return [...actors.values()]
      .filter((actor) => matchesTag(actor, 'hidden'))
      .map((actor) => ({ row: actor.getSnapshot().context as unknown as ShownVideo, actor }))
  }
  if (type === 'edit') return shown.filter(({ actor }) => !matchesTag(actor, 'editing'))
  return tag ? shown.filter(({ actor }) => matchesTag(actor, tag)) : shown
}

function createEvent(action: OnRow, row: ShownVideo, page: Page, actor?: VideoActor): VideoEvent {
  if (action.type === 'save') {
    const typed = actor ? page.readDraft(actor) : row.filename
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
