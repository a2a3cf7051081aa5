import { afterEach, describe, expect, test } from 'vitest'
import { readChapterActors } from '#client/features/videos/authoring-context.tsx'
import { dispatchToVideo } from '#client/features/videos/dispatch-videos.ts'
import { foldVideos, readSaved } from '#client/features/videos/fold-videos.ts'
import type { KeptVideo } from '#client/features/videos/kept-video-schema.ts'
import { forwardToOtherTab, useOtherTabs } from '#client/features/videos/other-tabs.store.ts'
import { resumeVideos } from '#client/features/videos/resume-videos.ts'
import { findVisitingVideos } from '#client/features/videos/visiting-videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import { findVideo, noVideos, type PendingVideo } from '#machines/pending-videos.ts'
import { describeVideo, initialContext, type VideoContext } from '#machines/video.context.ts'
import { linkedRow, openQuietPage } from './quiet-page.ts'

const { id, chapterId } = linkedRow
const unlinkedRow = { ...linkedRow, version: 0 }
const initial = useOtherTabs.getState()

afterEach(() => useOtherTabs.setState(initial, true))

const report = (context: VideoContext): PendingVideo => ({
  ...describeVideo(context),
  isEditing: false,
})
const pick = initialContext({ ...linkedRow, version: 0, isSent: true })
const saved = initialContext(linkedRow)
const renamed: VideoContext = { ...saved, wanted: { ...saved.wanted, filename: 'Renamed' } }

const receive = (context: VideoContext, changes: Partial<PendingVideo> = {}) =>
  useOtherTabs
    .getState()
    .receive({ tabId: 'a tab', videos: [{ ...report(context), ...changes }], goneIds: [] })
const foldRows = (rows = [linkedRow]) => {
  const list = { videos: rows, requestedAt: 0 }
  return foldVideos(chapterId, list, findVisitingVideos(chapterId, list, []))
}

describe('a video of another tab', () => {
  test('is shown before the server has it, and only its tab can change it', () => {
    receive(pick)
    expect(foldRows([])).toMatchObject([{ id, status: 'linking', isInOtherTab: true }])
    receive({ ...pick, confirmed: saved.confirmed, unknown: [] })
    expect(foldRows([])).toMatchObject([{ id, status: 'linked', isInOtherTab: false }])
  })

  test('has the name that is being saved there, but not one in conflict', () => {
    receive(renamed)
    expect(foldRows()).toMatchObject([{ filename: 'Renamed', isInOtherTab: false }])
    receive({ ...renamed, ownNames: ['Renamed'] })
    expect(foldRows()).toMatchObject([{ filename: linkedRow.filename }])
  })

  test('is shown as the server has it once its tab is gone', () => {
    receive(renamed)
    useOtherTabs.getState().forget(new Set(['a tab']))
    expect(foldRows()).toMatchObject([{ filename: linkedRow.filename }])
  })

  test('is no longer shown once that tab has closed its chapter', () => {
    receive(pick)
    useOtherTabs.getState().receive({ tabId: 'a tab', videos: [], goneIds: [id] })
    expect(foldRows([])).toEqual([])
  })

  test('is not kept for an editor in that tab after someone has removed it', () => {
    receive(renamed, { filenameStatus: 'saved', isEditing: true })
    const list = { videos: [], requestedAt: Number.POSITIVE_INFINITY }
    expect(foldVideos(chapterId, list, findVisitingVideos(chapterId, list, []))).toEqual([])
  })

  test('stays removed if it was removed here, whatever fails there', () => {
    const page = openQuietPage()
    const removed: KeptVideo['context'] = {
      ...context,
      wanted: { ...context.wanted, isPresent: false },
      confirmed: { ...context.confirmed, status: 'removed', revision: 4 },
    }
    resumeVideos(page, [{ id, chapterId, context: removed, draft: null }])
    receive({
      ...saved,
      confirmed: { ...saved.confirmed, status: 'removed', revision: 4 },
      attempt: 9,
    })
    const list = { videos: [], requestedAt: 0 }
    expect(findVisitingVideos(chapterId, list, readChapterActors(page))).toEqual([])
    page.stop()
  })
})

const { request: _request, confirmedAt: _time, ...context } = saved

describe('a row with a name that another tab is saving', () => {
  test('is edited here from the name that the server has', () => {
    const page = openQuietPage()
    receive(renamed)
    const [row] = foldRows()
    if (!row) throw new Error('no row')
    dispatchToVideo(page, row, { type: 'video.edit', saved: readSaved(row) })
    const [chapter] = readChapterActors(page)
    expect(findVideo(chapter?.getSnapshot().context.videos ?? noVideos, id)).toMatchObject({
      confirmed: { filename: linkedRow.filename, version: 3 },
    })
    page.stop()
  })
})

describe('an event for a video of another tab', () => {
  const forwarded: unknown[] = []
  const forward = (event: VideoDispatch['event']) => {
    forwarded.length = 0
    useOtherTabs.setState({ forward: (...sent) => void forwarded.push(sent) })
    return forwardToOtherTab({ video: unlinkedRow, event })
  }

  test('is forwarded to that tab until the server has the video', () => {
    const event = { type: 'video.remove' } as const
    expect(forward(event)).toBe(false)
    receive(pick)
    expect(forward(event)).toBe(true)
    expect(forwarded).toEqual([['a tab', { video: unlinkedRow, event }]])
    expect(forwardToOtherTab({ video: linkedRow, event })).toBe(false)
    receive(renamed)
    expect(forward(event)).toBe(false)
    expect(forwarded).toEqual([])
  })

  test('opens no editor', () => {
    receive(pick)
    expect(forward({ type: 'video.edit', saved: saved.confirmed })).toBe(true)
    expect(forwarded).toEqual([])
  })

  test('can undo a removal in that tab', () => {
    const { wanted, confirmed } = pick
    receive({
      ...pick,
      unknown: [],
      wanted: { ...wanted, isPresent: false },
      confirmed: { ...confirmed, status: 'removed' },
    })
    expect(forward({ type: 'video.remove' })).toBe(false)
    expect(forward({ type: 'video.restore' })).toBe(true)
  })
})
