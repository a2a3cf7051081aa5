import type { Problem } from '#contract/problem.ts'
import { type Link, type LinkResultLine, maxBatchSize, type Video } from '#contract/videos.ts'
import { chunks, groupBy } from '#shared/groups.ts'
import { isFinal, isRefused, ProblemError, unexpectedResponse } from './http.ts'
import { isProblem, isVideo } from './response-schemas.ts'

/** What the server decided about one link. */
export type LinkOutcome = { video: Video } | { problem: Problem }

interface BatcherOptions {
  /** Sends a batch to a chapter; rejects with a `ProblemError` if the response is not 2xx. */
  send: (chapterId: string, videos: Link[], signal: AbortSignal) => Promise<Response>
  /** Caches the rows from one chunk of the stream, before their links settle. */
  upsert: (chapterId: string, videos: Video[]) => void
  /** Yields to other tasks: while a batch is collected, and between slices of settled links. */
  pause: () => Promise<void>
}

interface LinkCall {
  chapterId: string
  attempt: number
  link: Link
  signal: AbortSignal
}

interface OpenCall extends LinkCall {
  resolve: (outcome: LinkOutcome) => void
  reject: (reason: unknown) => void
}

/** A link that was sent before its actor existed. */
interface Prefetched {
  outcome: Promise<LinkOutcome>
  abort: (reason: unknown) => void
}

/** The open calls of one request, by video id. */
type OpenCalls = Map<string, [OpenCall, ...OpenCall[]]>

/**
 * Links settled per slice: few enough that typing gets a turn in between, enough to save renders.
 */
const sliceSize = 100

/**
 * The size of a link's batch by how many of its requests ended without its line: 200, then 20, then
 * 2, then 1. That way, a link that breaks its batch can't keep taking the same siblings down with
 * it.
 */
const batchSize = (broken: number) => Math.max(1, Math.floor(maxBatchSize / 10 ** broken))

/** The response ended without a line for this video, which may or may not be linked. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError'
}

/**
 * Batches links that are requested together, into one request per chapter and 200 videos. Each link
 * is settled by the response line with its id; lines may come in any order. Links whose request
 * ended without their line are retried in smaller batches.
 */
export function createLinkBatcher({ send, upsert, pause }: BatcherOptions) {
  let queue: OpenCall[] = []
  const prefetched = new Map<string, Prefetched>()
  /** How many attempts were settled by a line with a 5xx, by video id; they broke no batch. */
  const settledAttempts = new Map<string, number>()

  return {
    /**
     * Links one video; a prefetched link is awaited instead of sent.
     * @returns the server's decision. Rejects when the outcome is unknown: no line for this link,
     *   however the stream ended; a 5xx, for the batch or in the line; no connection; or an aborted
     *   signal. The request itself is aborted once none of its links is awaited. The row of an
     *   aborted link is not upserted: it may have been removed since.
     */
    link(chapterId: string, link: Link, signal: AbortSignal, attempt = 1): Promise<LinkOutcome> {
      if (signal.aborted) return Promise.reject(signal.reason)
      const sent = prefetched.get(link.id)
      if (!sent) return open({ chapterId, link, signal, attempt }, enqueue)
      prefetched.delete(link.id)
      signal.addEventListener('abort', () => sent.abort(signal.reason), { once: true })
      return sent.outcome
    },

    /**
     * Sends first attempts at once; a later `link` call for one of them gets its outcome.
     * @returns a function that aborts those that no `link` call has asked for
     */
    prefetch(chapterId: string, links: readonly Link[]): () => void {
      const calls: OpenCall[] = []
      for (const link of links) {
        const controller = new AbortController()
        const { signal } = controller
        const outcome = open({ chapterId, link, signal, attempt: 1 }, (call) => calls.push(call))
        // A later `link` handles the rejection.
        outcome.catch(() => {})
        prefetched.set(link.id, { outcome, abort: (reason) => controller.abort(reason) })
      }
      dispatch(calls)
      return () => {
        for (const { id } of links) {
          prefetched.get(id)?.abort(new Error('No actor has asked for this link'))
          prefetched.delete(id)
        }
      }
    },
  }

  function open(call: LinkCall, start: (open: OpenCall) => void) {
    const { signal, attempt, link } = call
    if (attempt === 1) settledAttempts.delete(link.id)
    return new Promise<LinkOutcome>((resolve, reject) => {
      start({ ...call, resolve, reject })
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }

  function enqueue(call: OpenCall) {
    if (queue.push(call) === 1) void flush()
  }

  /**
   * First attempts are queued in one task. Retries that are due together are queued by a timer
   * each, so their batch is complete once a task adds none.
   */
  async function flush() {
    let queued: number
    do {
      queued = queue.length
      await pause()
    } while (queue.length > queued && queue.some(({ attempt }) => attempt > 1))
    const calls = queue.filter(isAwaited)
    queue = []
    dispatch(calls)
  }

  function dispatch(calls: readonly OpenCall[]) {
    for (const [chapterId, chapterCalls] of groupBy(calls, (call) => call.chapterId)) {
      for (const [broken, sameBroken] of groupBy(chapterCalls, countBroken)) {
        for (const batch of chunks(sameBroken, batchSize(broken))) {
          void sendBatch(chapterId, batch)
        }
      }
    }
  }

  function countBroken({ attempt, link }: OpenCall): number {
    return Math.max(0, attempt - 1 - (settledAttempts.get(link.id) ?? 0))
  }

  async function sendBatch(chapterId: string, calls: OpenCall[]) {
    const openCalls: OpenCalls = groupBy(calls, ({ link }) => link.id)
    try {
      const links = [...openCalls.values()].map(([{ link }]) => link)
      const response = await send(chapterId, links, abortedWhenUnawaited(openCalls))
      for await (const lines of readLines(response)) await settle(chapterId, lines, openCalls)
      throw isLineStream(response)
        ? new UnknownOutcomeError('The response ended without a line for this video.')
        : unexpectedResponse(response)
    } catch (error) {
      for (const call of [...openCalls.values()].flat()) {
        if (isRefused(error)) call.resolve({ problem: error.problem })
        else call.reject(error)
      }
    }
  }

  async function settle(chapterId: string, lines: LinkResultLine[], openCalls: OpenCalls) {
    const awaited = lines.filter(({ id }) => openCalls.get(id)?.some(isAwaited))
    const videos = awaited.flatMap((line) => ('video' in line ? [line.video] : []))
    if (videos.length > 0) upsert(chapterId, videos)
    for (const [index, line] of awaited.entries()) {
      if (index > 0 && index % sliceSize === 0) await pause()
      if (openCalls.has(line.id)) noteAttempt(line)
      for (const call of openCalls.get(line.id) ?? []) settleCall(call, line)
      openCalls.delete(line.id)
    }
  }

  function noteAttempt(line: LinkResultLine) {
    const { id } = line
    if ('video' in line || isFinal(line)) settledAttempts.delete(id)
    else settledAttempts.set(id, (settledAttempts.get(id) ?? 0) + 1)
  }
}

function settleCall(call: OpenCall, line: LinkResultLine) {
  if ('video' in line) call.resolve({ video: line.video })
  else if (isFinal(line)) call.resolve({ problem: line.problem })
  else call.reject(new ProblemError(line.status, line.problem))
}

const isAwaited = ({ signal }: LinkCall) => !signal.aborted

/** A signal that aborts for the last call's reason, once every call is settled or aborted. */
function abortedWhenUnawaited(openCalls: OpenCalls): AbortSignal {
  const controller = new AbortController()
  for (const { signal } of [...openCalls.values()].flat()) {
    const check = () => {
      if (![...openCalls.values()].flat().some(isAwaited)) controller.abort(signal.reason)
    }
    signal.addEventListener('abort', check, { once: true })
  }
  return controller.signal
}

/** Whether a response can be the server's, rather than a proxy's sign-in page. */
const isLineStream = ({ headers }: Response) =>
  headers.get('content-type')?.includes('ndjson') ?? true

/** Yields the lines of each chunk. Malformed lines, such as a proxy's error page, are skipped. */
async function* readLines(response: Response): AsyncGenerator<LinkResultLine[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    while (reader) {
      const { done, value } = await reader.read()
      const lines = `${rest}${value ?? ''}${done ? '\n' : ''}`.split('\n')
      rest = lines.pop() ?? ''
      const parsed = lines.flatMap(parseLine)
      if (parsed.length > 0) yield parsed
      if (done) return
    }
  } finally {
    // Cancelling a broken stream rejects with the same error as the read.
    await reader?.cancel()
  }
}

/** Parses a line; returns nothing if it is not a link's result. */
function parseLine(text: string): LinkResultLine[] {
  try {
    const line: Partial<Record<string, unknown>> | null = JSON.parse(text)
    const isResult = line?.id && ('video' in line ? isVideo(line.video) : isProblem(line.problem))
    return isResult ? [line as LinkResultLine] : []
  } catch {
    return []
  }
}
