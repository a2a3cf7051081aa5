import fc from 'fast-check'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import type { VideoActor } from '#client/features/videos/workspace.tsx'
import type { VideoEvent, VideoTag } from '#machines/video.machine.ts'
import type { Intent } from './intent.ts'
import { mediaIds, type Page, removeOutside, renameOutside } from './page.ts'

/** What somebody does, as plain JSON; `at` picks among the rows it can be done to. */
export type Action =
  | { type: 'add'; count: number }
  | { type: 'outsideRename' | 'outsideRemove'; at: number }
  | { type: 'type' | 'save'; at: number; text: string }
  | { type: RowAction; at: number }
  | { type: 'retryFailed' | 'refetch' | 'goOffline' | 'goOnline' | 'leave' | 'return' }
  | { type: 'timePasses'; milliseconds: number }

type RowAction = keyof typeof rowActions

/** What a row offers: the state it is offered in, and the command it gives. */
const rowActions = {
  edit: { tag: null, command: 'video.edit' },
  cancel: { tag: 'editing', command: 'video.cancel' },
  remove: { tag: null, command: 'video.remove' },
  restore: { tag: 'undoable', command: 'video.restore' },
  bringBack: { tag: null, command: 'video.restore' },
  forget: { tag: 'undoable', command: 'video.forget' },
  retry: { tag: 'failed', command: 'video.retry' },
  retryNow: { tag: 'retrying', command: 'video.retry' },
  retryRename: { tag: 'unsaved', command: 'rename.retry' },
  discardRename: { tag: 'unsaved', command: 'rename.discard' },
  keepMine: { tag: 'conflict', command: 'rename.keepMine' },
  takeTheirs: { tag: 'conflict', command: 'rename.takeTheirs' },
} satisfies Record<string, { tag: VideoTag | null; command: VideoEvent['type'] }>

const at = fc.nat(5)
const text = fc.constantFrom('Intro.mp4', 'Part two.mp4', 'Résumé.mp4', 'The end.mp4')
const onRow = (type: RowAction) => fc.record({ type: fc.constant(type), at })
const plainly = (type: 'retryFailed' | 'refetch' | 'goOffline' | 'goOnline' | 'leave' | 'return') =>
  fc.constant({ type })

/** Everything that can be done, as arbitraries of fast-check. */
const actions: fc.Arbitrary<Action>[] = [
  fc.record({ type: fc.constant('add'), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constantFrom('outsideRename', 'outsideRemove'), at }),
  ...Array.from({ length: 2 }, () =>
    fc.record({ type: fc.constantFrom('type', 'save'), at, text }),
  ),
  // As types: the keys of the record above.
  ...(Object.keys(rowActions) as RowAction[]).map(onRow),
  ...(['retryFailed', 'refetch', 'goOffline', 'goOnline', 'leave', 'return'] as const).map(plainly),
  fc.record({
    type: fc.constant('timePasses'),
    milliseconds: fc.constantFrom(1_000, 9_000, 31_000),
  }),
]

/** All that a person and others can do, a few times over, in any order. */
export const commands = fc.commands(
  actions.map((arbitrary) => arbitrary.map(commandOf)),
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
  if (action.type === 'add') return add(action.count, intent, page)
  if (action.type === 'outsideRename' || action.type === 'outsideRemove') {
    return actOutside(action, intent, page)
  }
  if ('at' in action) return actOnRow(action, intent, page)
  if (action.type === 'timePasses') page.passTime(action.milliseconds)
  if (action.type === 'refetch') page.refetch()
  if (action.type === 'goOffline' || action.type === 'goOnline') {
    page.setOnline(action.type === 'goOnline')
  }
  if (action.type === 'leave' && intent.isShown) page.leave()
  if (action.type === 'return' && !intent.isShown) page.return()
  if (action.type === 'leave' || action.type === 'return') intent.isShown = action.type === 'return'
  if (action.type === 'retryFailed') page.chapter.send({ type: 'videos.retryFailed' })
  return true
}

function add(count: number, intent: Intent, page: Page): boolean {
  const taken = new Set(page.rows().map(({ mediaId }) => mediaId))
  const picked = mediaIds.filter((mediaId) => !taken.has(mediaId)).slice(0, count)
  if (picked.length === 0) return false
  const before = new Set(page.rows().map(({ id }) => id))
  page.add(picked)
  intent.add(
    page.rows().filter(({ id }) => !before.has(id)),
    picked,
  )
  return true
}

function actOutside({ type, at: place }: { type: string; at: number }, intent: Intent, page: Page) {
  const linked = page.rows().filter(({ id }) => intent.of(id).wanted)
  const row = linked[place % linked.length]
  if (!row) return false
  if (type === 'outsideRename') renameOutside(page, row, 'Renamed elsewhere.mp4')
  else removeOutside(page, row)
  intent.changedOutside(row.id, type === 'outsideRemove')
  return true
}

type OnRow = Extract<Action, { at: number }>

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
  const command = commandFor(action, row, page, actor)
  if (actor && closing.has(action.type)) page.closeEditor(actor)
  page.chapter.send({ type: 'video.act', video: row, command })
  intent.asked(row, command)
  const opened = page.actors().get(row.id)
  if (command.type === 'video.edit' && opened) intent.opened(row.id, page.draftIn(opened))
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
  const hasTag = (actor: VideoActor | undefined, one: VideoTag) =>
    actor?.getSnapshot().hasTag(one) ?? false
  const shown = page.rows().map((row) => ({ row, actor: actors.get(row.id) }))
  if (type === 'bringBack') return shown.filter(({ row }) => row.isRemovedElsewhere)
  if (tag === 'undoable') {
    return [...actors.values()]
      .filter((actor) => hasTag(actor, 'undoable') && hasTag(actor, 'hidden'))
      .map((actor) => ({ row: actor.getSnapshot().context as unknown as ShownVideo, actor }))
  }
  if (type === 'edit') return shown.filter(({ actor }) => !hasTag(actor, 'editing'))
  return tag ? shown.filter(({ actor }) => hasTag(actor, tag)) : shown
}

function commandFor(action: OnRow, row: ShownVideo, page: Page, actor?: VideoActor): VideoEvent {
  if (action.type === 'save') {
    const typed = actor ? page.draftIn(actor) : row.filename
    return typed === row.filename
      ? { type: 'video.cancel' }
      : { type: 'video.rename', filename: typed }
  }
  if (action.type === 'edit') {
    return { type: 'video.edit', base: { filename: row.savedFilename, version: row.version } }
  }
  return { type: rowActions[action.type as RowAction].command } as VideoEvent
}
