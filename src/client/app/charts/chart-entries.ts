import type { ChartEntry } from '#charts/chart-entry.ts'
import type { Json } from '#charts/json.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { workspaceMachine } from '#machines/workspace.machine.ts'

const video = {
  id: '0198f3a0-0000-7000-8000-000000000001',
  chapterId: '0198f3a0-0000-7000-8000-000000000002',
  mediaId: '0198f3a0-0000-7000-8000-000000000003',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  durationSeconds: 61,
  version: 0,
} satisfies Json

const confirmed: Json = {
  outcome: 'confirmed',
  filename: video.filename,
  version: 1,
  confirmedAt: 1,
}
const refused: Json = {
  outcome: 'refused',
  problem: { type: 'about:blank', title: 'Refused', status: 409, detail: 'It was refused.' },
}
const conflict: Json = { outcome: 'conflict', theirs: { filename: 'Their name.mp4', version: 2 } }

/** The machines on the chart page, with examples for simulations. */
export const chartEntries: readonly ChartEntry[] = [
  {
    title: 'Video',
    machine: videoMachine,
    input: video,
    payloads: {
      'video.edit': { base: { filename: video.filename, version: 1 } },
      'video.rename': { filename: 'A new name.mp4' },
    },
    outputs: {
      connectionReady: [null],
      linkVideo: [confirmed, refused],
      saveFilename: [confirmed, conflict, refused],
      removeVideo: [{ outcome: 'removed' }, refused],
      restoreVideo: [confirmed, { outcome: 'unlinked' }, refused],
    },
  },
  {
    title: 'Chapter',
    machine: chapterMachine,
    input: { chapterId: video.chapterId },
    payloads: {
      'videos.add': {
        picks: [{ mediaId: video.mediaId, filename: video.filename, durationSeconds: 61 }],
        after: null,
      },
      'videos.placed': { videos: [video] },
      'video.act': { video, command: { type: 'video.retry' } },
      'video.reported': { id: video.id, status: 'linked' },
      'video.gone': { id: video.id },
    },
    outputs: { framePainted: [null] },
  },
  {
    title: 'Workspace',
    machine: workspaceMachine,
    input: null,
    payloads: {
      'chapter.open': { chapterId: video.chapterId },
      'chapter.close': { chapterId: video.chapterId },
    },
    outputs: {},
  },
]
