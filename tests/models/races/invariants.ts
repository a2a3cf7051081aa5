import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { VideoActor } from '#client/features/videos/workspace.tsx'
import type { VideoTag } from '#machines/video.machine.ts'
import type { Intent } from './intent.ts'
import { chapterId, type Page } from './page.ts'

/** Asks vitest only where it has to explain a difference: this runs a million times. */
function holds(rule: string, found: unknown, expected: unknown) {
  if (Object.is(found, expected) || isDeepStrictEqual(found, expected)) return
  expect(found, rule).toEqual(expected)
}

/** What holds at every moment, whatever is under way. */
export function expectInvariants(page: Page, intent: Intent) {
  const rows = page.rows()
  const ids = rows.map(({ id }) => id)
  holds('no row is shown twice', new Set(ids).size, ids.length)
  for (const [id, video] of intent.videos) {
    const row = rows.find((one) => one.id === id)
    const actor = page.actors().get(id)
    if (video.wanted && !video.isRemovedOutside) holds('no row disappears', row?.id, id)
    if (!video.wanted) holds('a removed row stays away', row, undefined)
    if (row && video.name !== null && !video.isRenamedOutside) {
      holds('the latest name is shown', row.filename, video.name)
    }
    const isGone = !video.wanted && !actor
    if (video.draft !== null && !isGone) expectDraft(page, actor, video.draft)
  }
  expectPickOrder(ids, intent)
  expectCounts(page)
  expectNoIdleRequests(page)
}

function expectDraft(page: Page, actor: VideoActor | undefined, draft: string) {
  holds('the editor stays open', actor && hasTag(actor, 'editing'), true)
  holds('nothing typed is lost', actor && page.draftIn(actor), draft)
}

function expectPickOrder(ids: readonly string[], { batches }: Intent) {
  for (const batch of batches) {
    const shown = batch.filter((id) => ids.includes(id))
    const inOrder = ids.filter((id) => batch.includes(id))
    holds('rows stand in pick order', inOrder, shown)
  }
}

/** The status line says of the videos that were added or have failed what their rows say. */
function expectCounts(page: Page) {
  const { run } = page.chapter.getSnapshot().context
  const counts = { pending: 0, linked: 0, failed: 0, total: 0 }
  for (const id of Object.keys(run)) {
    const actor = page.actors().get(id)
    if (actor && hasTag(actor, 'hidden')) continue
    counts[statusOf(actor)] += 1
    counts.total += 1
  }
  holds('the counts are those of the rows', page.counts(), counts)
}

const statusOf = (actor: VideoActor | undefined) => {
  if (!actor) return 'pending'
  if (hasTag(actor, 'failed')) return 'failed'
  return hasTag(actor, 'linked') ? 'linked' : 'pending'
}

/** A batch that was given up link by link is aborted; one that is being answered comes to its end. */
function expectNoIdleRequests(page: Page) {
  const placed = new Set(page.chapter.getSnapshot().context.placed.map(({ id }) => id))
  for (const { linkIds, isAnswered, signal } of page.network.open) {
    if (linkIds.length === 0 || isAnswered) continue
    const isAwaited = linkIds.some((id) => placed.has(id) || isSending(page.actors().get(id)))
    holds('a batch that nobody waits for is aborted', isAwaited || signal.aborted, true)
  }
}

const isSending = (actor: VideoActor | undefined) =>
  actor?.getSnapshot().matches({ link: { linking: 'sending' } })

/** What holds once everything is answered: the page, the cache and the server have the same rows. */
export function expectAgreementWithServer(page: Page, intent: Intent) {
  const onServer = page.server.list(chapterId)
  expect(page.list()?.videos, 'the cache has what the server has').toEqual(onServer)
  const rows = page.rows()
  const settled = rows.filter(({ id, status }) => {
    const actor = page.actors().get(id)
    const isOpen = actor ? unsettledTags.some((tag) => hasTag(actor, tag)) : false
    return status !== 'failed' && !isOpen
  })
  for (const { id, filename, position } of settled) {
    const row = onServer.find((one) => one.id === id)
    expect({ id, filename, position }, 'the page shows what the server has').toEqual({
      ...{ id: row?.id, filename: row?.filename, position: row?.position },
    })
  }
  const ids = rows.map(({ id }) => id)
  const shownOnServer = onServer.map(({ id }) => id)
  expect(
    ids.filter((id) => shownOnServer.includes(id)),
    'the order is the server’s',
  ).toEqual(shownOnServer)
  for (const [id, { wanted }] of intent.videos) {
    if (!wanted) expect(shownOnServer, 'a removed video is gone on the server').not.toContain(id)
  }
}

const unsettledTags: VideoTag[] = ['editing', 'conflict', 'unsaved', 'waiting']

const hasTag = (actor: VideoActor, tag: VideoTag) => actor.getSnapshot().hasTag(tag)
