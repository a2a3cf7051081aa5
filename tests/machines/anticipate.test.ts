import { describe, expect, test } from 'vitest'
import { anticipate } from '#machines/anticipate.ts'
import { describeVideo, initialContext, type VideoReport } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { row } from './fake-effects.ts'

const linked = describeVideo(initialContext(row))
const removed: VideoReport = {
  ...linked,
  wanted: { ...linked.wanted, isPresent: false },
  status: 'removed',
}

describe('a removal', () => {
  test('hides the row', () => {
    const removing = anticipate(linked, { type: 'video.remove' })
    expect(removing).toMatchObject({ status: 'removing', wanted: { isPresent: false } })
    expect(removing.wanted.filename).toBe(row.filename)
  })

  test('of a removed video changes nothing', () => {
    expect(anticipate(removed, { type: 'video.remove' })).toBe(removed)
  })
})

describe('a restoration', () => {
  test.for(['removed', 'removing'] as const)('brings back a video that is %s', (status) => {
    const { wanted } = removed
    const restored = anticipate({ ...removed, status }, { type: 'video.restore' })
    expect(restored).toEqual({
      ...linked,
      status: 'linking',
      wanted: { ...wanted, isPresent: true },
    })
  })

  test('of a video that the page takes for linked is pending, too', () => {
    expect(anticipate(linked, { type: 'video.restore' })).toEqual({ ...linked, status: 'linking' })
  })

  test.for(['optimistic', 'linking', 'failed'] as const)(
    'of a video that is %s changes nothing',
    (status) => {
      const report = { ...linked, status }
      expect(anticipate(report, { type: 'video.restore' })).toBe(report)
    },
  )
})

describe('a retry', () => {
  test('is pending if the link had failed', () => {
    const failed: VideoReport = { ...linked, status: 'failed' }
    expect(anticipate(failed, { type: 'video.retry' })).toEqual({ ...linked, status: 'linking' })
  })

  test.for(['optimistic', 'linking', 'linked', 'removed'] as const)(
    'of a video that is %s changes nothing',
    (status) => {
      const report = { ...linked, status }
      expect(anticipate(report, { type: 'video.retry' })).toBe(report)
    },
  )
})

test('a move forgets which video the previous one was to follow', () => {
  const report = { ...linked, wanted: { ...linked.wanted, after: 'another' } }
  const place = { chapterId: 'other', position: 'b0' }
  expect(anticipate(report, { type: 'video.move', place })).toEqual({
    ...linked,
    wanted: { ...linked.wanted, ...place },
    isMoving: true,
  })
})

test('a name that is set from outside the row is pending', () => {
  const filename = 'New.mp4'
  expect(anticipate(linked, { type: 'video.setFilename', filename, saved: row })).toEqual({
    ...linked,
    wanted: { ...linked.wanted, filename },
    filenameStatus: 'pending',
  })
})

const rowEvents: VideoEvent[] = [
  { type: 'video.edit', saved: row },
  { type: 'video.cancel' },
  { type: 'video.rename', filename: 'New.mp4' },
  { type: 'rename.retry' },
  { type: 'rename.discard' },
  { type: 'rename.keepMine' },
  { type: 'rename.takeTheirs' },
]

test.for(rowEvents)('$type never happens to many at once and changes nothing here', (event) => {
  expect(anticipate(linked, event)).toBe(linked)
})
