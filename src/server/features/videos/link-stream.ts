import type { LinkLine } from '#contract/videos.ts'
import type { Wait } from '../../dependencies.ts'
import { breakOff } from '../../faults/connection-cut.ts'
import { answerTo } from './link-answer.ts'
import type { Settlement } from './link-in-time.ts'

/** Answers a batch: a line for each link as it is settled, and one that says that it was all. */
export function linkStream(
  begin: (signal: AbortSignal) => AsyncGenerator<Settlement>,
  wait: Wait,
): Response {
  const gone = new AbortController()
  const settlements = begin(gone.signal)
  const encoder = new TextEncoder()
  const encode = (lines: readonly LinkLine[]) =>
    encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await settlements.next()
        if (done) {
          controller.enqueue(encode([{ done: true }]))
          controller.close()
          return
        }
        const lines = value.settled.map((one) => ({ id: one.link.id, ...answerTo(one) }))
        if (lines.length > 0) controller.enqueue(encode(lines))
        if (value.isCut) await breakOff(controller, wait)
      },
      cancel: () => gone.abort(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
  })
}
