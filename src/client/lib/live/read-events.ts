import type { Change } from '#contract/changes.ts'
import type { Presence } from '#contract/presence.ts'
import { isChange, isPosition, isPresence } from '../response-schemas.ts'

/** An event of the stream, with its position, `sequence`, if it has one. */
export type LiveEvent =
  | { name: 'start' | 'reset'; sequence: number }
  | { name: 'change'; sequence: number; change: Change }
  | { name: 'editing'; sequence?: undefined; presence: Presence }

/**
 * Parses server-sent events, in groups as they arrive; a group with only a comment is empty.
 * Unknown events are skipped: a newer server may send more kinds.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<LiveEvent[]> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const blocks = (text + value).split('\n\n')
    text = blocks.pop() ?? ''
    yield blocks.flatMap(parseEvent)
  }
}

function parseEvent(block: string): LiveEvent[] {
  const fields = new Map(block.split('\n').map(splitField))
  const name = fields.get('event')
  const data = parseJson(fields.get('data') ?? '')
  if (name === 'change') {
    return isChange(data) ? [{ name, sequence: data.sequence, change: data }] : []
  }
  if (name === 'editing') return isPresence(data) ? [{ name, presence: data }] : []
  const setsPosition = name === 'start' || name === 'reset'
  return setsPosition && isPosition(data) ? [{ name, sequence: data.sequence }] : []
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
