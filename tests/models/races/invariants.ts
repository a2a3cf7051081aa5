import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import type { RequestKind } from '#machines/next-request.ts'
import { describeVideo, isMoving } from '#machines/video.context.ts'
import type { VideoTag } from '#machines/video.machine.ts'
import type { Intent, WantedVideo } from './intent.ts'
import { chapterIds, type Page } from './page.ts'

/** Asks vitest only where it has to explain a difference: this runs a million times. */
function holds(rule: string, found: unknown, expected: unknown) {
  if (Object.is(found, expected) || isDeepStrictEqual(found, expected)) return
  expect(found, rule).toEqual(expected)
}

/** A page at one moment: its rows and actors are looked up once for all that must hold. */
interface Moment {
  page: Page
  rows: readonly ShownVideo[]
  actors: ReadonlyMap<string, VideoActor>
}

/** What holds at every moment, whatever is under way. */
export function expectInvariants(page: Page, intent: Intent) {
  const actors = page.actors()
  expectNoIdleRequests(page, actors, intent)
  expectReadyFiles(page)
  if (intent.isClosed) return
  const moment = { page, rows: page.rows(), actors }
  const ids = moment.rows.map(({ id }) => id)
  holds('no row is shown twice', new Set(ids).size, ids.length)
  for (const [id, video] of intent.videos) expectVideo(moment, id, video)
  expectPickOrder(ids, intent)
  expectCounts(moment)
  expectReports(moment)
}

/**
 * What holds at every moment on a page, whatever others do to the same rows.
 * @param rows what the page shows now
 */
export function expectSharedInvariants(page: Page, rows: readonly ShownVideo[], intent: Intent) {
  expectReadyFiles(page)
  const moment = { page, rows, actors: page.actors() }
  const ids = rows.map(({ id }) => id)
  holds('no row is shown twice', new Set(ids).size, ids.length)
  for (const [id, { wanted, draft }] of intent.videos) {
    const actor = moment.actors.get(id)
    if (draft !== null && (wanted || actor)) expectDraft(moment, actor, draft)
  }
  expectCounts(moment)
  expectReports(moment)
}

/** No link is sent before the library has its file. */
function expectReadyFiles({ network, server }: Page) {
  for (const { mediaIds } of network.open) {
    holds('a file is linked once it is there', mediaIds.every(server.hasMedia), true)
  }
}

/** What holds for a video by what was done to it. */
function expectVideo(moment: Moment, id: string, video: WantedVideo) {
  const row = moment.rows.find((one) => one.id === id)
  const actor = moment.actors.get(id)
  const isGone = !video.wanted && !actor
  if (video.draft !== null && !isGone) expectDraft(moment, actor, video.draft)
  if (video.isUncertain) return
  if (video.wanted && !video.isRemovedOutside) holds('no row disappears', row?.id, id)
  if (!video.wanted) holds('a removed row stays away', row, undefined)
  if (row && video.movedTo) holds('a row is where it was moved to', row.chapterId, video.movedTo)
  if (row && video.name !== null && !video.isRenamedOutside) {
    holds('the latest name is shown', row.filename, video.name)
  }
}

function expectDraft({ page, rows }: Moment, actor: VideoActor | undefined, draft: string) {
  holds('the editor stays open', actor && hasTag(actor, 'editing'), true)
  holds('nothing typed is lost', actor && page.draftIn(actor, rows), draft)
}

/** Of those that nobody has moved. */
function expectPickOrder(ids: readonly string[], { batches, videos }: Intent) {
  for (const batch of batches) {
    const still = batch.filter((id) => !videos.get(id)?.wasMoved)
    const shown = still.filter((id) => ids.includes(id))
    const inOrder = ids.filter((id) => still.includes(id))
    holds('rows stand in pick order', inOrder, shown)
  }
}

/** The status line says of the videos that were added or have failed what their rows say. */
function expectCounts({ page, rows, actors }: Moment) {
  const counts = { pending: 0, linked: 0, failed: 0, total: 0 }
  const due = page.listDue()
  // What is done to many counts before their actors have heard of it.
  if (page.context().counted.some((id) => due.has(id))) return
  for (const id of page.context().counted) {
    const actor = actors.get(id)
    const row = rows.find((one) => one.id === id)
    if (actor ? isHidden(actor) : !row) continue
    counts[actor ? getProgress(actor) : getRowProgress(row)] += 1
    counts.total += 1
  }
  holds('the counts are those of the rows', page.counts(), counts)
}

/** Before it has an actor. */
const getRowProgress = (row: ShownVideo | undefined) =>
  row?.status === 'failed' || row?.status === 'linked' ? row.status : 'pending'

const getProgress = (actor: VideoActor) => {
  if (hasTag(actor, 'failed')) return 'failed'
  return hasTag(actor, 'linked') ? 'linked' : 'pending'
}

const isHidden = (actor: VideoActor) => hasTag(actor, 'removing') || hasTag(actor, 'removed')

/** What a chapter knows of its videos is what they are. */
function expectReports({ page, actors }: Moment) {
  const videos = page.reports()
  const due = page.listDue()
  for (const [id, actor] of actors) {
    if (due.has(id)) continue
    const isEditing = hasTag(actor, 'editing')
    const actual = { ...describeVideo(actor.getSnapshot().context), isEditing }
    holds('a chapter knows its videos', videos.get(id), actual)
    holds('a video is shown by its state', hasTag(actor, actual.status), true)
  }
}

/** A request that changes something is awaited by an actor, or aborted; so is each delay. */
function expectNoIdleRequests(page: Page, actors: Moment['actors'], { isClosed }: Intent) {
  const added = new Set(isClosed ? [] : page.context().added.map(({ id }) => id))
  const isAwaited = (id: string, kinds: readonly RequestKind[]) => {
    const kind = actors.get(id)?.getSnapshot().context.request?.kind
    return kind !== undefined && kinds.includes(kind)
  }
  for (const { linkIds, videoId, isAnswered, signal } of page.network.open) {
    if (signal.aborted) continue
    if (videoId) {
      holds('a request that nobody waits for is aborted', isAwaited(videoId, changes), true)
    }
    if (linkIds.length === 0 || isAnswered) continue
    const isBatchAwaited = linkIds.some((id) => added.has(id) || isAwaited(id, ['link']))
    holds('a batch that nobody waits for is aborted', isBatchAwaited, true)
  }
  const waiting = [...actors.values()].filter((actor) =>
    actor.getSnapshot().matches({ request: 'waiting' }),
  )
  holds('a delay that nobody waits for is cleared', page.activeDelays() <= waiting.length, true)
}

const changes: RequestKind[] = ['change', 'remove', 'restore']

/**
 * What holds once everything is answered: the page, the cache and the server have the same rows.
 */
export function expectAgreementWithServer(page: Page, intent: Intent) {
  for (const id of chapterIds) {
    expect(page.list(id)?.videos, 'the cache has what the server has').toEqual(page.server.list(id))
  }
  const onServer = chapterIds.flatMap(page.server.list)
  const rows = page.rows()
  const settled = rows.filter(({ id, status }) => {
    const actor = page.actors().get(id)
    const isOpen = actor ? unsettledTags.some((tag) => hasTag(actor, tag)) : false
    return status !== 'failed' && !isOpen
  })
  for (const { id, filename, chapterId, position } of settled) {
    const row = onServer.find((one) => one.id === id)
    expect({ id, filename, chapterId, position }, 'the page shows what the server has').toEqual({
      id: row?.id,
      filename: row?.filename,
      chapterId: row?.chapterId,
      position: row?.position,
    })
  }
  const shownOnServer = onServer.map(({ id }) => id)
  // A move of a video whose link was refused is sent once somebody has retried the link.
  const moveWaits = new Set(rows.filter((row) => isMoveHeld(page, row)).map(({ id }) => id))
  const inOrder = (ids: readonly string[]) => ids.filter((id) => !moveWaits.has(id))
  const ids = rows.map(({ id }) => id).filter((id) => shownOnServer.includes(id))
  expect(inOrder(ids), 'the order is the server’s').toEqual(inOrder(shownOnServer))
  for (const [id, { wanted, isUncertain }] of intent.videos) {
    if (!wanted && !isUncertain)
      expect(shownOnServer, 'a removed video is gone on the server').not.toContain(id)
  }
}

function isMoveHeld(page: Page, { id, status }: ShownVideo): boolean {
  const context = page.actors().get(id)?.getSnapshot().context
  return status === 'failed' && context !== undefined && isMoving(context)
}

const unsettledTags: VideoTag[] = ['editing', 'conflict', 'unsaved']

const hasTag = (actor: VideoActor, tag: VideoTag) => actor.getSnapshot().hasTag(tag)
