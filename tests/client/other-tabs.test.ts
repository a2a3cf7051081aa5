import { afterEach, describe, expect, test } from 'vitest'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import { findGuests } from '#client/features/videos/guests.ts'
import { forwardToOtherTab, useOtherTabs } from '#client/features/videos/other-tabs.store.ts'
import type { PendingVideo, VideoDispatch } from '#machines/chapter.machine.ts'
import { describeVideo, initialContext, type VideoContext } from '#machines/video.context.ts'
import { linkedRow } from './quiet-page.ts'

const { id, chapterId } = linkedRow
const initial = useOtherTabs.getState()

afterEach(() => useOtherTabs.setState(initial, true))

const report = (context: VideoContext): PendingVideo => ({
  ...describeVideo(context),
  isEditing: false,
})
const pick = initialContext({ ...linkedRow, version: 0, isSent: true })
const saved = initialContext(linkedRow)
const renamed: VideoContext = { ...saved, wanted: { ...saved.wanted, filename: 'Renamed' } }

const hear = (context: VideoContext) => useOtherTabs.getState().hear('a tab', [report(context)])
const foldRows = (rows = [linkedRow]) => {
  const list = { videos: rows, requestedAt: 0 }
  return foldVideos(chapterId, list, findGuests(chapterId, list, []))
}

describe('a video of another tab', () => {
  test('is shown before the server has it, and only its tab can change it', () => {
    hear(pick)
    expect(foldRows([])).toMatchObject([{ id, status: 'linking', isInOtherTab: true }])
    hear({ ...pick, confirmed: saved.confirmed, unknown: [] })
    expect(foldRows([])).toMatchObject([{ id, status: 'linked', isInOtherTab: false }])
  })

  test('has the name that is being saved there, but not one in conflict', () => {
    hear(renamed)
    expect(foldRows()).toMatchObject([{ filename: 'Renamed', isInOtherTab: false }])
    hear({ ...renamed, ownNames: ['Renamed'] })
    expect(foldRows()).toMatchObject([{ filename: linkedRow.filename }])
  })

  test('is shown as the server has it once its tab is gone', () => {
    hear(renamed)
    useOtherTabs.getState().forget(new Set(['a tab']))
    expect(foldRows()).toMatchObject([{ filename: linkedRow.filename }])
  })
})

describe('an event for a video of another tab', () => {
  const forwarded: unknown[] = []
  const forward = (event: VideoDispatch['event']) => {
    forwarded.length = 0
    useOtherTabs.setState({ forward: (...sent) => void forwarded.push(sent) })
    return forwardToOtherTab({ video: linkedRow, event })
  }

  test('is forwarded to that tab until the server has the video', () => {
    const event = { type: 'video.remove' } as const
    expect(forward(event)).toBe(false)
    hear(pick)
    expect(forward(event)).toBe(true)
    expect(forwarded).toEqual([['a tab', { video: linkedRow, event }]])
    hear(renamed)
    expect(forward(event)).toBe(false)
    expect(forwarded).toEqual([])
  })

  test('opens no editor', () => {
    hear(pick)
    expect(forward({ type: 'video.edit', saved: saved.confirmed })).toBe(true)
    expect(forwarded).toEqual([])
  })

  test('can undo a removal in that tab', () => {
    const { wanted, confirmed } = pick
    hear({
      ...pick,
      unknown: [],
      wanted: { ...wanted, isPresent: false },
      confirmed: { ...confirmed, status: 'removed' },
    })
    expect(forward({ type: 'video.remove' })).toBe(false)
    expect(forward({ type: 'video.restore' })).toBe(true)
  })
})
