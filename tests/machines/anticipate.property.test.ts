import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldVideo } from '#client/features/videos/fold-videos.ts'
import { anticipate } from '#machines/anticipate.ts'
import type { VideoReport } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { pick, row, startVideo } from './fake-effects.ts'

const event: fc.Arbitrary<VideoEvent> = fc.oneof(
  fc.constantFrom<VideoEvent>(
    { type: 'video.remove' },
    { type: 'video.restore' },
    { type: 'video.retry' },
  ),
  fc.constantFrom('a0', 'a1', 'a2').map((position): VideoEvent => {
    return { type: 'video.move', place: { chapterId: row.chapterId, position } }
  }),
  fc.constantFrom(row.filename, 'Another name.mp4').map((filename): VideoEvent => {
    return { type: 'video.setFilename', filename, saved: row }
  }),
)

/** What the page shows for a video: its name and place, if it has a row. */
function showRow(report: VideoReport) {
  const shown = foldVideo(undefined, { ...report, isEditing: false }, undefined)
  return shown && [shown.filename, shown.chapterId, shown.position]
}

test('a row immediately shows what its video is going to report', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(pick, row),
      fc.array(event, { maxLength: 4 }),
      fc.array(event, { minLength: 1, maxLength: 4 }),
      (input, before, events) => {
        const { send, described } = startVideo(input)
        send(...before)
        const anticipated = events.reduce(anticipate, described())
        send(...events)
        expect(showRow(anticipated)).toEqual(showRow(described()))
      },
    ),
  )
})
