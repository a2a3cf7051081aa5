import type { LinkVideos } from '#server/dependencies.ts'
import type { DrawFault } from '#server/faults/link-faults.ts'
import { delay } from '#shared/delay.ts'
import { drawLatency, drawLinkFault, randomFor } from '../../peer-runs/draw-fault.ts'
import type { ServerCell, ServerLog } from '../../peer-runs/page-contract.ts'
import type { AnswerRequest } from './trpc-router.ts'

/** The purpose of the random numbers for requests other than links. */
const otherRequests = -3

/** Delays and refuses requests as the current cell says, and logs requests and responses. */
export function createCellServer() {
  let cell: ServerCell | null = null
  let random = randomFor(0, otherRequests)
  let log = createLog()

  const drawFault: DrawFault = ({ mediaId }) => {
    if (!cell) return { delay: 0, effect: 'none' }
    const { delay, isRefused } = drawLinkFault(cell, mediaId)
    return { delay, effect: isRefused ? 'refuse' : 'none' }
  }

  return {
    drawFault,
    /** Starts a cell with an empty log; without one, nothing is delayed or refused. */
    set(next: ServerCell | null) {
      cell = next
      random = randomFor(next?.seed ?? 0, otherRequests)
      log = createLog()
    },
    readLog: () => log,

    /** Logs each response to a link as it is sent. */
    noteLinks: (linkVideos: LinkVideos): LinkVideos =>
      async function* noteLinks(request) {
        const { links } = log
        const mediaIds = new Map(request.links.map(({ id, mediaId }) => [id, mediaId]))
        for await (const answers of linkVideos(request)) {
          for (const { id, status } of answers) {
            links.push({
              mediaId: mediaIds.get(id) ?? '',
              isRefused: status >= 400,
              at: Date.now(),
            })
          }
          yield answers
        }
      },

    /** Delays lists and renames as much as links: half before they are handled, half after. */
    withDelays:
      (answer: AnswerRequest): AnswerRequest =>
      async (request) => {
        const current = log
        const { pathname } = new URL(request.url)
        const isList = request.method === 'GET' && /\/chapters\/[^/]+\/videos$/.test(pathname)
        const isRename = request.method === 'PATCH'
        if (isList) current.lists += 1
        if (!cell || !(isList || isRename)) return answer(request)
        const half = drawLatency(cell.latency, random) / 2
        await delay(half)
        const response = await answer(request)
        await delay(half)
        if (isRename) {
          const videoId = pathname.split('/').at(-1) ?? ''
          current.renames.push({ videoId, isRefused: !response.ok, at: Date.now() })
        }
        return response
      },

    /** Counts a request, as open until its response has been sent. */
    async count(answer: () => Promise<Response>): Promise<Response> {
      const current = log
      current.requests += 1
      current.openRequests += 1
      current.lastActivityAt = Date.now()
      const end = () => {
        current.openRequests -= 1
        current.lastActivityAt = Date.now()
      }
      try {
        const response = await answer()
        if (!response.body) end()
        else return new Response(followBody(response.body, end), response)
        return response
      } catch (error) {
        end()
        throw error
      }
    },
  }
}

const createLog = (): ServerLog => ({
  requests: 0,
  lists: 0,
  openRequests: 0,
  lastActivityAt: Date.now(),
  links: [],
  renames: [],
})

/** Passes a body on, and calls back once when it has ended or was cancelled. */
function followBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  end: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let isOver = false
  const endOnce = () => {
    if (!isOver) end()
    isOver = true
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        endOnce()
        controller.close()
      } catch (error) {
        endOnce()
        controller.error(error)
      }
    },
    cancel(reason) {
      endOnce()
      return reader.cancel(reason)
    },
  })
}
