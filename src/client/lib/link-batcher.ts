import type { Problem } from '#contract/problem.ts'
import { type Link, type LinkLine, maxBatchSize, type Video } from '#contract/videos.ts'
import { chunks, groupBy } from '#shared/groups.ts'
import { isFinal, ProblemError } from './http.ts'

/** What the server said of one link. */
export type LinkAnswer = { video: Video } | { problem: Problem }

interface BatcherParts {
  /** Sends a batch to a chapter; rejects with a `ProblemError` for an answer that is not 2xx. */
  send: (chapterId: string, videos: Link[], signal: AbortSignal) => Promise<Response>
  /** Takes the rows that one piece of the stream brought, before their links settle. */
  keep: (chapterId: string, videos: Video[]) => void
  /** Lets a task pass: while a batch gathers, and between two slices of settled links. */
  pause: () => Promise<void>
}

/** Which link is asked for, and which try it is. */
interface Asked {
  chapterId: string
  attempt: number
  link: Link
  signal: AbortSignal
}

interface Call extends Asked {
  resolve: (answer: LinkAnswer) => void
  reject: (reason: unknown) => void
}

/** A link that was sent before anybody waits for its answer. */
interface LinkAhead {
  answer: Promise<LinkAnswer>
  stop: (reason: unknown) => void
}

/** The calls of one request that have no answer yet, by the video's id. */
type OpenCalls = Map<string, [Call, ...Call[]]>

/** So few links settle in one task that typing goes on between two of them, and so many that the rows are not rendered anew too often. */
const sliceSize = 100

/**
 * How many links travel together, by which try it is: 200, then 20, then 2, then each alone. A link that
 * breaks its batch thus can't take the same siblings down with it time and again.
 */
const batchSize = (attempt: number) => Math.max(1, Math.floor(maxBatchSize / 10 ** (attempt - 1)))

/** The server's answer ended without a word on this video: it may be linked, or not. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome'
}

/**
 * Joins the links that are asked for at one time into one request per chapter and 200 videos, and
 * settles each by the answer line that bears its id, in whatever order the lines come. Later tries go in
 * smaller batches.
 */
export function createLinkBatcher({ send, keep, pause }: BatcherParts) {
  let waiting: Call[] = []
  const ahead = new Map<string, LinkAhead>()

  return {
    /**
     * Links one video; one that was sent ahead is only waited for.
     * @returns what the server said. It rejects when the outcome is unknown: no line of its own, however
     *   the stream ended; a 5xx, for the batch or on the line; no connection; or its signal was aborted.
     *   The request itself is aborted as soon as none of its links waits any more. The row of an aborted
     *   link is not kept: it may have been removed since.
     */
    link(chapterId: string, link: Link, signal: AbortSignal, attempt = 1): Promise<LinkAnswer> {
      if (signal.aborted) return Promise.reject(signal.reason)
      const sent = ahead.get(link.id)
      if (!sent) return ask({ chapterId, link, signal, attempt }, wait)
      ahead.delete(link.id)
      signal.addEventListener('abort', () => sent.stop(signal.reason))
      return sent.answer
    },

    /**
     * Sends first tries at once. Who asks for one of them by `link` later gets its answer.
     * @returns what gives up those that nobody has asked for
     */
    sendAhead(chapterId: string, links: readonly Link[]) {
      const calls: Call[] = []
      for (const link of links) {
        const controller = new AbortController()
        const { signal } = controller
        const answer = ask({ chapterId, link, signal, attempt: 1 }, (call) => calls.push(call))
        // Whoever asks for it later hears of it.
        answer.catch(() => {})
        ahead.set(link.id, { answer, stop: (reason) => controller.abort(reason) })
      }
      dispatch(calls)
      return () => {
        for (const { id } of links) {
          ahead.get(id)?.stop(new Error('Nobody asks for this link any more'))
          ahead.delete(id)
        }
      }
    },
  }

  function ask(asked: Asked, enter: (call: Call) => void) {
    const { signal } = asked
    return new Promise<LinkAnswer>((resolve, reject) => {
      enter({ ...asked, resolve, reject })
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }

  function wait(call: Call) {
    if (waiting.push(call) === 1) void gather()
  }

  /**
   * Links that are asked for together come in one task. Retries that are due together come by a timer
   * each, so their batch is whole once a task brings no more.
   */
  async function gather() {
    let gathered: number
    do {
      gathered = waiting.length
      await pause()
    } while (waiting.length > gathered && waiting.some(({ attempt }) => attempt > 1))
    const calls = waiting.filter(isAwaited)
    waiting = []
    dispatch(calls)
  }

  function dispatch(calls: readonly Call[]) {
    for (const [chapterId, chapterCalls] of groupBy(calls, (call) => call.chapterId)) {
      for (const [attempt, sameTry] of groupBy(chapterCalls, (call) => call.attempt)) {
        for (const batch of chunks(sameTry, batchSize(attempt))) void run(chapterId, batch)
      }
    }
  }

  async function run(chapterId: string, calls: Call[]) {
    const open: OpenCalls = groupBy(calls, ({ link }) => link.id)
    try {
      const links = [...open.values()].map(([{ link }]) => link)
      const response = await send(chapterId, links, whenNoneIsAwaited(open))
      for await (const lines of linesOf(response)) await settle(chapterId, lines, open)
      throw new UnknownOutcome('The answer ended without a word on this video.')
    } catch (error) {
      for (const call of [...open.values()].flat()) {
        if (error instanceof ProblemError && isFinal(error))
          call.resolve({ problem: error.problem })
        else call.reject(error)
      }
    }
  }

  async function settle(chapterId: string, lines: AnswerLine[], open: OpenCalls) {
    const awaited = lines.filter(({ id }) => open.get(id)?.some(isAwaited))
    const videos = awaited.flatMap((line) => ('video' in line ? [line.video] : []))
    if (videos.length > 0) keep(chapterId, videos)
    for (const [index, line] of awaited.entries()) {
      if (index > 0 && index % sliceSize === 0) await pause()
      for (const call of open.get(line.id) ?? []) answer(call, line)
      open.delete(line.id)
    }
  }
}

type AnswerLine = Exclude<LinkLine, { done: true }>

function answer(call: Call, line: AnswerLine) {
  if ('video' in line) call.resolve({ video: line.video })
  else if (isFinal(line)) call.resolve({ problem: line.problem })
  else call.reject(new ProblemError(line.status, line.problem))
}

const isAwaited = ({ signal }: Call) => !signal.aborted

/** Aborts as soon as every call has its answer or was aborted, and the last one was aborted. */
function whenNoneIsAwaited(open: OpenCalls): AbortSignal {
  const controller = new AbortController()
  for (const { signal } of [...open.values()].flat()) {
    const stop = () => {
      if (![...open.values()].flat().some(isAwaited)) controller.abort(signal.reason)
    }
    signal.addEventListener('abort', stop)
  }
  return controller.signal
}

/** The answer's lines, piece by piece as they come in. A line that can't be read is passed over. */
async function* linesOf(response: Response): AsyncGenerator<AnswerLine[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    while (reader) {
      const { done, value } = await reader.read()
      const lines = `${rest}${value ?? ''}${done ? '\n' : ''}`.split('\n')
      rest = lines.pop() ?? ''
      const read = lines.flatMap(readLine)
      if (read.length > 0) yield read
      if (done) return
    }
  } finally {
    // Of a stream that broke, this rejects by what the read did: what broke it.
    await reader?.cancel()
  }
}

/** A whole line is trusted, as all answers of the server are; what is none, such as a line of a proxy's page, is passed over. */
function readLine(text: string): AnswerLine[] {
  try {
    const line: Partial<Record<string, unknown>> | null = JSON.parse(text)
    const isAnswer = line?.id && (line.video || line.problem)
    return isAnswer ? [line as AnswerLine] : []
  } catch {
    return []
  }
}
