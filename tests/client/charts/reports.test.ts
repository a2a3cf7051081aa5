import { describe, expect, it } from 'vitest'
import type { Coverage, Trace } from '#charts/model-reports/model-reports.ts'
import {
  checkTrace,
  countTransitions,
  readCoverage,
  readTrace,
  selectCoverage,
} from '#charts/model-reports/read-report.ts'
import { replayTrace } from '#charts/model-reports/trace-replay.ts'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { noVideos, withVideos } from '#machines/pending-videos.ts'
import { describeVideo, initialContext } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'

const chart = readChart(videoMachine)
const hash = chart.fingerprint
const otherHash = '0123456789abcdef'

const report = (machineHash = hash): Coverage => ({
  version: 1,
  machines: {
    video: {
      hash: machineHash,
      states: { 'video.link.linked': 3 },
      transitions: [
        {
          source: 'video.link.optimistic',
          event: '',
          index: 1,
          guard: null,
          target: 'video.link.optimistic',
          count: 12,
          paths: 4,
          passed: 3,
          failed: 1,
        },
      ],
    },
  },
})

const trace = (machineHash = hash): Trace => ({
  version: 2,
  machine: 'video',
  hash: machineHash,
  seed: 7,
  input: null,
  steps: [
    step('xstate.init', { link: 'optimistic', filename: 'viewing' }),
    step('video.remove', { link: 'removing', filename: 'viewing' }),
  ],
})

/** Returns a value as it would be in a file. */
const asJson = (value: object) => JSON.parse(JSON.stringify(value))

const step = (type: string, value: Trace['steps'][number]['snapshot']['value']) => ({
  event: { type },
  snapshot: { value, context: null, status: 'active' as const },
})

const at = (value: string, context: Trace['steps'][number]['snapshot']['context']) => ({
  value,
  context,
  status: 'active' as const,
})

const file = (content: unknown, name = 'report.json') =>
  new File([typeof content === 'string' ? content : JSON.stringify(content)], name)

describe('a coverage report', () => {
  it('counts every transition of the chart, including those not taken', async () => {
    const read = await readCoverage(file(report()))
    if ('error' in read) throw new Error(read.error)
    const part = selectCoverage(chart, read.content)
    if ('error' in part) throw new Error(part.error)
    const counts = countTransitions(chart, part.content)
    expect(counts.size).toBe(chart.transitions.length)
    expect([...counts].filter(([, count]) => count > 0)).toEqual([['video.link.optimistic||1', 12]])
  })

  it.each([
    ['not JSON', 'no json', '“report.json” is not a coverage report: it is not JSON.'],
    ['empty', '', '“report.json” is not a coverage report: it is not JSON.'],
    ['of another shape', { version: 2 }, /^“report.json” is not a coverage report at version: /],
    ['a list', [], /^“report.json” is not a coverage report: /],
  ])('is rejected with a message when it is %s', async (_name, content, message) => {
    const answer = await readCoverage(file(content))
    expect(answer).toEqual({ error: expect.stringMatching(message) })
  })

  it('is rejected with a message that isolates a right-to-left name', async () => {
    expect(await readCoverage(file('no json', 'דוח (1).json'))).toEqual({
      error: '“\u2068דוח (1).json\u2069” is not a coverage report: it is not JSON.',
    })
  })

  it('is rejected without being read when it is too large', async () => {
    const huge = Object.defineProperty(file('{}'), 'size', { value: 100_000_000 })
    expect(await readCoverage(huge)).toEqual({
      error: '“report.json” is 100 MB. The limit for a coverage report is 20 MB.',
    })
  })

  it('is rejected when it is nested too deeply', async () => {
    const depth = 60_000
    const context = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const deep = JSON.stringify(trace()).replace('"input":null', `"input":${context}`)
    expect(await readTrace(file(deep, 'deep.json'))).toEqual({
      error: '“deep.json” is not a trace: it is nested too deeply.',
    })
  })

  it('is rejected when the browser can’t read it', async () => {
    const gone = Object.defineProperty(file('{}'), 'text', {
      value: () => Promise.reject(new DOMException('It is gone', 'NotFoundError')),
    })
    expect(await readCoverage(gone)).toEqual({
      error: '“report.json” can’t be read. If it was moved or rewritten, choose it again.',
    })
  })

  it('is rejected for another version of the machine, and for another machine', () => {
    expect(selectCoverage(chart, report(otherHash))).toEqual({
      error: 'The report is from another version of video. Run the model tests again.',
    })
    expect(selectCoverage(chart, { version: 1, machines: {} })).toEqual({
      error: 'The report does not cover video.',
    })
  })
})

describe('a trace', () => {
  it('becomes steps on the chart, with the transitions between them', async () => {
    const read = await readTrace(file(trace(), 'trace.json'))
    if ('error' in read) throw new Error(read.error)
    expect(replayTrace(videoMachine, chart, read.content)).toEqual([
      {
        event: 'xstate.init',
        active: [
          'video',
          'video.link',
          'video.link.optimistic',
          'video.filename',
          'video.filename.viewing',
        ],
        taken: [],
        inferred: [],
        status: 'active',
      },
      {
        event: 'video.remove',
        active: [
          'video',
          'video.link',
          'video.link.removing',
          'video.filename',
          'video.filename.viewing',
        ],
        taken: ['video.link|video.remove|0'],
        inferred: ['video.remove'],
        status: 'active',
      },
    ])
  })

  it('gets the taken transitions from the machine, and infers only what the trace leaves out', () => {
    const chapter = { chapterId: 'chapter-1', added: [], due: [], videos: noVideos, counted: [] }
    const pick = {
      id: 'video-1',
      chapterId: 'chapter-1',
      mediaId: 'media-1',
      filename: 'Lesson 1.mp4',
      position: 'a0',
      version: 0,
      revision: 0,
      durationSeconds: 1,
    }
    const optimistic = { ...describeVideo(initialContext(pick)), isEditing: false }
    const linked = { ...optimistic, status: 'linked' as const }
    const counted = ['video-1']
    const running = { ...chapter, counted, videos: withVideos(noVideos, [optimistic]) }
    const settled = { ...chapter, counted, videos: withVideos(noVideos, [linked]) }
    const steps = replayTrace(chapterMachine, readChart(chapterMachine), {
      version: 2,
      machine: 'chapter',
      hash,
      seed: 7,
      input: { chapterId: 'chapter-1' },
      steps: [
        { event: { type: 'xstate.init' }, snapshot: at('settled', asJson(chapter)) },
        {
          event: { type: 'videos.add', videos: [pick] },
          snapshot: at('showing', asJson(running)),
        },
        {
          event: { type: 'xstate.done.actor.framePainted', output: null },
          snapshot: at('linking', asJson(running)),
        },
        {
          event: { type: 'video.reported', video: asJson(linked) },
          snapshot: at('settled', asJson(settled)),
        },
        {
          event: { type: 'editor.reported', id: 'video-2', isOpen: true },
          snapshot: at('settled', asJson(settled)),
        },
      ],
    })
    expect(steps.map(({ taken, inferred }) => ({ taken, inferred }))).toEqual([
      { taken: [], inferred: [] },
      { taken: ['chapter|videos.add|0'], inferred: [] },
      { taken: ['chapter.showing|xstate.done.actor.framePainted|1'], inferred: [] },
      { taken: ['chapter|video.reported|0', 'chapter.linking||0'], inferred: [] },
      { taken: ['chapter|editor.reported|0'], inferred: [] },
    ])
  })

  it('is rejected for another machine and another version', () => {
    expect(checkTrace(chart, { ...trace(), machine: 'chapter' })).toEqual({
      error: 'The trace is for chapter, not for video.',
    })
    expect(checkTrace(chart, trace(otherHash))).toEqual({
      error: 'The trace is from another version of video. Run the model tests again.',
    })
  })
})
