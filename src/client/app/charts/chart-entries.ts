import type { ChartEntry } from '#charts/chart-entry.ts'
import type { Json } from '#charts/json.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import type { NewChange, Operation } from '#machines/history.ts'
import { uploadMachine } from '#machines/upload.machine.ts'
import { uploadsMachine } from '#machines/uploads.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'

const video = {
  id: '0198f3a0-0000-7000-8000-000000000001',
  chapterId: '0198f3a0-0000-7000-8000-000000000002',
  mediaId: '0198f3a0-0000-7000-8000-000000000003',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  durationSeconds: 61,
  version: 0,
  revision: 0,
} satisfies Json

const place = {
  filename: video.filename,
  chapterId: video.chapterId,
  position: video.position,
}
const server = {
  ...place,
  version: 1,
  revision: 1,
  at: 1,
}
const reported: Json = {
  id: video.id,
  mediaId: video.mediaId,
  durationSeconds: video.durationSeconds,
  blockedBy: null,
  wanted: { ...place, isPresent: true },
  confirmed: { ...place, status: 'linked', version: 1, revision: 0 },
  confirmedAt: 1,
  status: 'linked',
  filenameStatus: 'saved',
}
const confirmed: Json = { outcome: 'confirmed', server: { ...server, status: 'linked' } }
const removed: Json = { outcome: 'confirmed', server: { ...server, status: 'removed' } }
const unlinked: Json = {
  outcome: 'confirmed',
  server: { status: 'unlinked', version: 0, revision: 2, at: 1 },
}
const stale: Json = {
  outcome: 'stale',
  server: { ...server, status: 'linked', filename: 'Their name.mp4', version: 2 },
}
const refused: Json = {
  outcome: 'refused',
  problem: { type: 'about:blank', title: 'Refused', status: 409, detail: 'It was refused.' },
}

const addition: Operation = {
  entity: 'video',
  field: 'isPresent',
  id: video.id,
  from: false,
  to: true,
}

const upload = {
  id: '0198f3a0-0000-7000-8000-000000000004',
  filename: 'Lesson 2.mp4',
  sizeBytes: 1_000_000,
} satisfies Json

const uploadReport: Json = {
  ...upload,
  sentBytes: 400_000,
  bytesPerSecond: 250_000,
  status: 'uploading',
  problem: null,
  failure: null,
}

const unusable: Json = {
  type: 'about:blank',
  title: 'The file is not a usable video',
  status: 422,
  detail: 'The file has no video track.',
}

const change: NewChange = {
  kind: 'add',
  name: video.filename,
  chapterIds: [video.chapterId],
  operations: [addition],
}

/** The machines on the chart page, with examples for simulations. */
export const chartEntries: readonly ChartEntry[] = [
  {
    title: 'Video',
    machine: videoMachine,
    input: video,
    payloads: {
      'video.edit': { saved: { filename: video.filename, version: 1, revision: 0 } },
      'video.rename': { filename: 'A new name.mp4' },
      'video.setFilename': {
        filename: 'A new name.mp4',
        saved: { filename: video.filename, version: 1, revision: 0 },
      },
      'video.move': { place: { chapterId: video.chapterId, position: 'a1' } },
    },
    outputs: {
      connectionReady: [null],
      sendRequest: [confirmed, removed, unlinked, stale, refused],
    },
  },
  {
    title: 'Chapter',
    machine: chapterMachine,
    input: { chapterId: video.chapterId },
    payloads: {
      'videos.add': { videos: [video] },
      'video.dispatch': { video, event: { type: 'video.retry' } },
      'videos.dispatch': { dispatches: [{ video, event: { type: 'video.remove' } }] },
      'video.reported': { video: reported },
      'editor.reported': { id: video.id, isOpen: true },
      'asset.ready': { mediaId: video.mediaId },
    },
    outputs: { framePainted: [null] },
  },
  {
    title: 'Authoring',
    machine: authoringMachine,
    input: null,
    payloads: {
      'chapter.dispatch': {
        chapterId: video.chapterId,
        event: { type: 'videos.add', videos: [video] },
      },
      'chapter.close': { chapterId: video.chapterId },
      'asset.ready': { mediaId: video.mediaId },
      'change.made': { change },
      'change.refused': { number: 1 },
      'change.applied': { direction: 'undo' },
      'change.dropped': { direction: 'undo', obstacle: { ...addition } },
    },
    outputs: {},
  },
  {
    title: 'Upload',
    machine: uploadMachine,
    input: upload,
    payloads: {
      'file.progressed': { sentBytes: 1_000_000, at: 1_000 },
      'file.refused': { problem: unusable },
    },
    outputs: { connectionReady: [null], cancelUpload: [null] },
  },
  {
    title: 'Uploads',
    machine: uploadsMachine,
    input: null,
    payloads: {
      'uploads.add': { uploads: [upload], isUrgent: false },
      'upload.dispatch': { id: upload.id, event: { type: 'upload.pause' } },
      'uploads.dispatch': { event: { type: 'upload.pause' } },
      'upload.prioritize': { id: upload.id },
      'upload.reported': { upload: uploadReport },
    },
    outputs: {},
  },
]
