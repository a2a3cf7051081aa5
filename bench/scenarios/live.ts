import type { Chapter } from '#contract/chapters.ts'
import { createChapter, createLinks, linkBatch, type Send, sendTo } from '../chapter.ts'
import { type Lectern, readProcessorTime, startLectern } from '../lectern.ts'
import { findPicks, type Library } from '../library.ts'
import { type Bench, compareTo, type Measurement, type Scenario } from '../measurement.ts'

const watchers = 64
const idleStreams = 500
const count = 200
const defaultRounds = 10

/** Many pages watch one course while another adds videos: each receives every change. */
export const live: Scenario = {
  name: 'live',
  title: `${count} links while ${watchers} pages watch, over HTTP`,
  async run({ library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const send = sendTo(lectern.address)
    const alone: number[] = []
    const watched: number[] = []
    const received: number[] = []
    try {
      await measureBatch(lectern, send, library)
      for (let round = 0; round < rounds(defaultRounds); round++) {
        alone.push(await measureBatch(lectern, send, library))
        const streams = await Promise.all(
          Array.from({ length: watchers }, () => openStream(lectern.address)),
        )
        const startedAt = performance.now()
        const complete = Promise.all(streams.map((stream) => stream.readChanges(count)))
        watched.push(await measureBatch(lectern, send, library, complete))
        received.push(performance.now() - startedAt)
        for (const stream of streams) stream.close()
      }
      const base: Measurement = {
        label: 'Processor time of the server, nobody watches',
        unit: 'ms',
        samples: alone,
      }
      return [
        {
          label: 'Press to the last change at the last page',
          unit: 'ms',
          samples: received,
          target: { statistic: 'max', atMost: 1000 },
        },
        base,
        compareTo(base, {
          label: `Processor time of the server, ${watchers} watch`,
          unit: 'ms',
          samples: watched,
        }),
        await measureIdleStreams(lectern),
      ]
    } finally {
      await lectern.stop()
    }
  },
}

/** Measures the server's processor time for a batch and all that it triggers, in ms. */
async function measureBatch(
  lectern: Lectern,
  send: Send,
  library: Library,
  complete: Promise<unknown> = Promise.resolve(),
): Promise<number> {
  const chapter: Chapter = await createChapter(send)
  const before = readProcessorTime(lectern)
  await Promise.all([linkBatch(send, chapter, createLinks(findPicks(library, count))), complete])
  return readProcessorTime(lectern) - before
}

/** Measures the memory of an idle stream, over many of them. */
async function measureIdleStreams(lectern: Lectern): Promise<Measurement> {
  const before = await lectern.measureMemory()
  const streams = await Promise.all(
    Array.from({ length: idleStreams }, () => openStream(lectern.address)),
  )
  const perStream = ((await lectern.measureMemory()) - before) / idleStreams
  for (const stream of streams) stream.close()
  return {
    label: 'Memory of an idle stream',
    unit: 'kB',
    samples: [perStream / 1000],
    target: { statistic: 'max', atMost: 30 },
    note: `of ${idleStreams}, as the process grows by them, without garbage`,
  }
}

/** Opens the stream of changes, and resolves once the server has started it. */
async function openStream(address: string) {
  const connection = new AbortController()
  const { body } = await fetch(`${address}/api/events`, { signal: connection.signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('The stream has no body')
  let text = (await reader.read()).value ?? ''
  return {
    /** Resolves once that many changes of videos have arrived. */
    async readChanges(expected: number) {
      for (let found = 0; found < expected; ) {
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        found += blocks.filter((block) => block.includes('"entity":"video"')).length
        if (found >= expected) return
        const { value, done } = await reader.read()
        if (done) throw new Error('The stream has ended')
        text += value
      }
    },
    close: () => connection.abort(),
  }
}
