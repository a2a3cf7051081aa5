import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import type { RequestKind } from '#machines/next-request.ts'
import { getDepartingChapterId } from '#machines/pending-videos.ts'
import { describeVideo, isMoving } from '#machines/video.context.ts'
import type { VideoTag } from '#machines/video.machine.ts'
import type { Intent, WantedVideo } from './intent.ts'
import { chapterIds, type Page } from './page.ts'

/** Calls Vitest only to report a difference: this runs a million times. */
function expectRule(rule: string, found: unknown, expected: unknown) {
  if (Object.is(found, expected) || isDeepStrictEqual(found, expected)) return
  expect(found, rule).toEqual(expected)
}

/** A page at one moment, with its rows and actors read once for all checks. */
interface Moment {
  page: Page
  rows: readonly ShownVideo[]
  actors: ReadonlyMap<string, VideoActor>
}

/** What holds at every moment, whatever is in flight. */
export function expectInvariants(page: Page, intent: Intent) {
  const actors = page.actors()
  expectNoUnawaitedRequests(page, actors, intent)
  expectReadyFiles(page)
  expectDepartures(page, intent)
  if (intent.isClosed) return
  const moment = { page, rows: page.rows(), actors }
  const ids = moment.rows.map(({ id }) => id)
  expectRule('no row is shown twice', new Set(ids).size, ids.length)
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
  expectRule('no row is shown twice', new Set(ids).size, ids.length)
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
    expectRule('a file is linked only once it is uploaded', mediaIds.every(server.hasMedia), true)
  }
}

/** No asset is linked to a chapter again before its earlier video has left it, or stays. */
function expectDepartures(page: Page, intent: Intent) {
  const reports = page.reports()
  for (const [id, { blocker, chapterId }] of intent.waits) {
    const report = reports.get(blocker)
    if (report && getDepartingChapterId(report) === chapterId) {
      const isSent = [...page.network.open].some(({ linkIds }) => linkIds.includes(id))
      expectRule('an asset is linked once its earlier video has left', isSent, false)
    } else intent.stopWaiting(id)
  }
}

/** What holds for a video, given its expected state. */
function expectVideo(moment: Moment, id: string, video: WantedVideo) {
  const row = moment.rows.find((candidate) => candidate.id === id)
  const actor = moment.actors.get(id)
  const isGone = !video.wanted && !actor
  if (video.draft !== null && !isGone) expectDraft(moment, actor, video.draft)
  if (video.isUncertain) return
  if (video.wanted && !video.isRemovedOutside) expectRule('no row disappears', row?.id, id)
  if (!video.wanted) expectRule('a removed row stays hidden', row, undefined)
  if (row && video.movedTo)
    expectRule('a row is where it was moved to', row.chapterId, video.movedTo)
  if (row && video.name !== null && !video.isRenamedOutside) {
    expectRule('the latest name is shown', row.filename, video.name)
  }
}

function expectDraft({ page, rows }: Moment, actor: VideoActor | undefined, draft: string) {
  expectRule('the editor stays open', actor && hasTag(actor, 'editing'), true)
  expectRule('nothing typed is lost', actor && page.readDraft(actor, rows), draft)
}

/** Rows that nobody has moved stay in pick order. */
function expectPickOrder(ids: readonly string[], { batches, videos }: Intent) {
  for (const batch of batches) {
    const unmoved = batch.filter((id) => !videos.get(id)?.wasMoved)
    const expected = unmoved.filter((id) => ids.includes(id))
    const actual = ids.filter((id) => unmoved.includes(id))
    expectRule('rows are in pick order', actual, expected)
  }
}

/** The counts of videos that were added or have failed match their rows. */
function expectCounts({ page, rows, actors }: Moment) {
  const counts = { pending: 0, linked: 0, failed: 0, total: 0 }
  const due = page.listDue()
  // A bulk change is counted before the actors receive it.
  if (page.context().counted.some((id) => due.has(id))) return
  for (const id of page.context().counted) {
    const actor = actors.get(id)
    const row = rows.find((candidate) => candidate.id === id)
    if (actor ? isHidden(actor) : !row) continue
    counts[actor ? getProgress(actor) : getRowProgress(row)] += 1
    counts.total += 1
  }
  expectRule('the counts match the rows', page.counts(), counts)
}

/** The progress of a row without an actor. */
const getRowProgress = (row: ShownVideo | undefined) =>
  row?.status === 'failed' || row?.status === 'linked' ? row.status : 'pending'

const getProgress = (actor: VideoActor) => {
  if (hasTag(actor, 'failed')) return 'failed'
  return hasTag(actor, 'linked') ? 'linked' : 'pending'
}

const isHidden = (actor: VideoActor) => hasTag(actor, 'removing') || hasTag(actor, 'removed')

/** A chapter's reports match its videos. */
function expectReports({ page, actors }: Moment) {
  const videos = page.reports()
  const due = page.listDue()
  for (const [id, actor] of actors) {
    if (due.has(id)) continue
    const isEditing = hasTag(actor, 'editing')
    const actual = { ...describeVideo(actor.getSnapshot().context), isEditing }
    expectRule('a chapter’s reports match its videos', videos.get(id), actual)
    expectRule('a video has the tag of its status', hasTag(actor, actual.status), true)
  }
}

/**
 * Each request that changes something is awaited by an actor or aborted; so is each delay, and each
 * frame by a chapter.
 */
function expectNoUnawaitedRequests(page: Page, actors: Moment['actors'], { isClosed }: Intent) {
  const added = isClosed ? new Set() : page.listAdded()
  const isAwaited = (id: string, kinds: readonly RequestKind[]) => {
    const kind = actors.get(id)?.getSnapshot().context.request?.kind
    return kind !== undefined && kinds.includes(kind)
  }
  for (const { linkIds, videoId, isStreaming, signal } of page.network.open) {
    if (signal.aborted) continue
    if (videoId) {
      expectRule('an unawaited request is aborted', isAwaited(videoId, changes), true)
    }
    if (linkIds.length === 0 || isStreaming) continue
    const isBatchAwaited = linkIds.some((id) => added.has(id) || isAwaited(id, ['link']))
    expectRule('an unawaited batch is aborted', isBatchAwaited, true)
  }
  const waiting = [...actors.values()].filter((actor) =>
    actor.getSnapshot().matches({ request: 'waiting' }),
  )
  expectRule('an unawaited delay is cleared', page.activeDelays() <= waiting.length, true)
  const painting = isClosed ? 0 : page.paintingChapters()
  expectRule('an unawaited frame is dropped', page.awaitedFrames() <= painting, true)
}

const changes: RequestKind[] = ['change', 'remove', 'restore']

/** What holds once all is settled: the page, the cache and the server have the same rows. */
export function expectAgreementWithServer(page: Page, intent: Intent) {
  for (const id of chapterIds) {
    expect(page.list(id)?.videos, 'the cache matches the server').toEqual(page.server.list(id))
  }
  const onServer = chapterIds.flatMap(page.server.list)
  const rows = page.rows()
  const settled = rows.filter(({ id, status }) => {
    const actor = page.actors().get(id)
    const isOpen = actor ? unsettledTags.some((tag) => hasTag(actor, tag)) : false
    return status !== 'failed' && !isOpen
  })
  for (const { id, filename, chapterId, position } of settled) {
    const row = onServer.find((video) => video.id === id)
    expect({ id, filename, chapterId, position }, 'the page matches the server').toEqual({
      id: row?.id,
      filename: row?.filename,
      chapterId: row?.chapterId,
      position: row?.position,
    })
  }
  const serverIds = onServer.map(({ id }) => id)
  // The move of a video whose link was refused is not sent until the link is retried.
  const held = new Set(rows.filter((row) => isMoveHeld(page, row)).map(({ id }) => id))
  const inOrder = (ids: readonly string[]) => ids.filter((id) => !held.has(id))
  const ids = rows.map(({ id }) => id).filter((id) => serverIds.includes(id))
  expect(inOrder(ids), 'the page has the server’s order').toEqual(inOrder(serverIds))
  for (const [id, { wanted, isUncertain }] of intent.videos) {
    if (!wanted && !isUncertain)
      expect(serverIds, 'a removed video is not on the server').not.toContain(id)
  }
}

function isMoveHeld(page: Page, { id, status }: ShownVideo): boolean {
  const context = page.actors().get(id)?.getSnapshot().context
  return status === 'failed' && context !== undefined && isMoving(context)
}

const unsettledTags: VideoTag[] = ['editing', 'conflict', 'unsaved']

const hasTag = (actor: VideoActor, tag: VideoTag) => actor.getSnapshot().hasTag(tag)
