import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readChapterActors, readPendingVideos } from '#client/features/videos/authoring-context.tsx'
import { dispatchToVideo, dispatchToVideos } from '#client/features/videos/dispatch-videos.ts'
import { getDraft } from '#client/features/videos/drafts.ts'
import { type KeptVideo, keptVideoSchema } from '#client/features/videos/kept-video-schema.ts'
import { listKeptVideos } from '#client/features/videos/kept-videos.ts'
import { releaseUnblocked } from '#client/features/videos/release-unblocked.ts'
import { resumeVideos } from '#client/features/videos/resume-videos.ts'
import { findVideoActor } from '#client/features/videos/use-chapter.ts'
import type { Authoring } from '#client/features/videos/videos.actors.ts'
import { findVideo, noVideos } from '#machines/pending-videos.ts'
import { findSendableRequest, initialContext } from '#machines/video.context.ts'
import { createId, problemWith } from './link-answers.ts'
import { never, openQuietPage as openPage, linkedRow as row } from './quiet-page.ts'

beforeEach(() => void vi.stubGlobal('fetch', never))
afterEach(() => void vi.unstubAllGlobals())

const { request: _request, confirmedAt: _time, ...context } = initialContext(row)

const keep = (changes: Partial<KeptVideo['context']>): KeptVideo => ({
  id: row.id,
  chapterId: row.chapterId,
  context: { ...context, ...changes },
  draft: null,
})

const wanted = { ...context.wanted, isPresent: false }

test('pending changes and typed text are kept, and restored on another page', () => {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.edit', saved: row })
  const [chapter] = readChapterActors(page)
  const actor = findVideoActor(chapter?.getSnapshot(), row.id)
  if (!actor) throw new Error('no actor')
  getDraft(actor, 'Half typed')
  const kept = listKeptVideos(page).map((video) => keptVideoSchema.parse(structuredClone(video)))
  expect(kept).toMatchObject([{ id: row.id, draft: { text: 'Half typed', hasFocus: false } }])

  const next = openPage()
  resumeVideos(next, kept)
  expect(listKeptVideos(next)).toEqual(kept)
  for (const authoring of [page, next]) authoring.stop()
})

test('a video that an earlier version has kept can be read', () => {
  const { failure: _failure, ...earlier } = context
  expect(keptVideoSchema.parse({ ...keep({}), context: earlier })).toEqual(keep({}))
})

const another = { ...row, id: createId(2), mediaId: '01900000-0000-7000-8000-0000000000a2' }

const findKept = (page: Authoring) => listKeptVideos(page).find(({ id }) => id === row.id)

test('a change to many videos is kept as their actors will have it after the paint', () => {
  const page = openPage()
  const refused = keep({
    confirmed: { ...context.confirmed, status: 'unlinked', version: 0, revision: 0 },
    unknown: ['link'],
    problem: problemWith(403),
  })
  resumeVideos(page, [refused])
  const remove = { type: 'video.remove' } as const
  dispatchToVideos(
    page,
    [row, another].map((video) => ({ video, event: remove })),
  )
  const kept = findKept(page)
  expect(kept?.context).toMatchObject({ wanted: { isPresent: false }, problem: null })
  if (kept) expect(findSendableRequest({ ...initialContext(row), ...kept.context })).not.toBeNull()
  page.stop()
})

test('names set for many videos are kept with the version of the row that they replace', () => {
  const page = openPage()
  resumeVideos(page, [keep({ filenameProblem: problemWith(422) })])
  const saved = { ...row, filename: 'Renamed elsewhere.mp4', version: 4 }
  dispatchToVideos(page, [
    { video: row, event: { type: 'video.setFilename', filename: 'Mine.mp4', saved } },
    { video: another, event: { type: 'video.remove' } },
  ])
  expect(findKept(page)?.context).toMatchObject({
    wanted: { filename: 'Mine.mp4' },
    confirmed: { filename: 'Renamed elsewhere.mp4', version: 4 },
    filenameProblem: null,
  })
  page.stop()
})

test('a video that another tab was restoring is restored here', () => {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.remove' })
  const confirmed = { ...context.confirmed, status: 'removed' as const }
  resumeVideos(page, [keep({ confirmed })])
  const [chapter] = readChapterActors(page)
  expect(
    findVideo(chapter?.getSnapshot().context.videos ?? noVideos, row.id)?.wanted.isPresent,
  ).toBe(true)
  page.stop()
})

/** Opens a page on which a name is being edited, and returns its draft. */
function editName() {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.edit', saved: row })
  const [chapter] = readChapterActors(page)
  const actor = findVideoActor(chapter?.getSnapshot(), row.id)
  if (!actor) throw new Error('no actor')
  return { page, draft: getDraft(actor, row.filename) }
}

const typed: KeptVideo = {
  id: row.id,
  chapterId: row.chapterId,
  context,
  draft: { text: 'There', initial: row.filename, selection: null, hasFocus: true },
}

test('a name that was typed in another tab continues in an open editor', () => {
  const { page, draft } = editName()
  expect(resumeVideos(page, [typed])).toEqual([])
  expect(draft.formControl.getValues('filename')).toBe('There')
  page.stop()
})

test('a name that is being typed is not replaced, and the other one can be copied', () => {
  const { page, draft } = editName()
  draft.formControl.reset({ filename: 'Here' })
  expect(resumeVideos(page, [typed])).toEqual(['There'])
  expect(draft.formControl.getValues('filename')).toBe('Here')
  draft.formControl.reset({ filename: 'There' })
  expect(resumeVideos(page, [typed])).toEqual([])
  page.stop()
})

test('names for the same video from two closed tabs are both kept', () => {
  const page = openPage()
  const other = { ...typed, draft: typed.draft && { ...typed.draft, text: 'Elsewhere' } }
  expect(resumeVideos(page, [typed, other])).toEqual(['Elsewhere'])
  expect(listKeptVideos(page)).toMatchObject([{ draft: { text: 'There' } }])
  page.stop()
})

test('a name in conflict does not overwrite the other one, and can be copied', () => {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.edit', saved: row })
  const inConflict = keep({
    wanted: { ...context.wanted, filename: 'Mine.mp4' },
    confirmed: { ...context.confirmed, filename: 'Theirs.mp4', version: 4 },
    ownNames: ['Mine.mp4', row.filename],
  })
  expect(resumeVideos(page, [inConflict])).toEqual(['Mine.mp4'])
  expect(findKept(page)?.context.wanted.filename).not.toBe('Mine.mp4')
  page.stop()
})

test('a settled video without an open editor or an undo is not kept', () => {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.edit', saved: row })
  dispatchToVideo(page, row, { type: 'video.cancel' })
  expect(listKeptVideos(page)).toEqual([])
  page.stop()
})

test.each<[string, KeptVideo, Partial<KeptVideo['context']['wanted']>]>([
  [
    'a pending name is wanted here, too',
    keep({ wanted: { ...context.wanted, filename: 'Mine.mp4' } }),
    { isPresent: true, filename: 'Mine.mp4' },
  ],
  ['a pending removal is wanted here, too', keep({ wanted }), { isPresent: false }],
  [
    'a removal that had arrived may have been undone since',
    keep({ wanted, confirmed: { ...context.confirmed, status: 'removed' } }),
    { isPresent: true, filename: row.filename },
  ],
])('for a video that this page already has: %s', (_name, kept, expected) => {
  const page = openPage()
  dispatchToVideo(page, row, { type: 'video.edit', saved: row })
  resumeVideos(page, [kept])
  const [chapter] = readChapterActors(page)
  expect(
    findVideo(chapter?.getSnapshot().context.videos ?? noVideos, row.id)?.wanted,
  ).toMatchObject(expected)
  page.stop()
})

test('what waited for a removal waits for it again if that is resumed, in any chapter', () => {
  const page = openPage()
  const removal = keep({ wanted })
  const again = (number: number, blockedBy: string): KeptVideo => {
    const id = createId(number)
    const link = { ...context.link, id }
    const confirmed = { ...context.confirmed, status: 'unlinked' as const, version: 0, revision: 0 }
    return {
      ...keep({ id, link, confirmed, unknown: [], blockedBy }),
      id,
      chapterId: '01900000-0000-7000-8000-0000000000c2',
    }
  }
  resumeVideos(page, [again(2, row.id), again(3, createId(9)), removal])
  releaseUnblocked(page)
  const blockers = readPendingVideos(page).map(({ id, blockedBy }) => [id, blockedBy])
  expect(Object.fromEntries(blockers)).toEqual({
    [createId(2)]: row.id,
    [createId(3)]: null,
    [row.id]: null,
  })
  page.stop()
})
