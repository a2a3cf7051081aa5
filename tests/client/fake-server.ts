import { vi } from 'vitest'
import type { Problem } from '#contract/problem.ts'

/** A sent request; missing parts are left out. */
export interface SentRequest {
  method: string
  address: string
  ifMatch?: string
  /** The headers that order changes of all pages. */
  revision?: string
  page?: string
  contentType?: string
  body?: unknown
}

type Answer = Response | Error | ((request: SentRequest) => Response | Promise<Response>)

/**
 * Replaces `fetch`: gives one answer after another, and records the requests.
 */
export function fakeServer(...answers: Answer[]) {
  const sent: SentRequest[] = []
  const signals: (AbortSignal | null | undefined)[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const request = readRequest(address, init)
    sent.push(request)
    signals.push(init.signal)
    const answer = answers.shift()
    if (!answer) throw new Error(`unexpected request: ${request.method} ${address}`)
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer(request) : answer
  })
  return { sent, signals }
}

export const problemAnswer = (problem: Problem & Record<string, unknown>) =>
  Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })

function readRequest(address: string, { method = 'GET', headers, body }: RequestInit): SentRequest {
  const given = new Headers(headers)
  const ifMatch = given.get('if-match')
  const contentType = given.get('content-type')
  const revision = given.get('lectern-revision')
  const page = given.get('lectern-page')
  return {
    method,
    address,
    ...(ifMatch !== null && { ifMatch }),
    ...(revision !== null && { revision, page: String(page) }),
    ...(contentType !== null && { contentType }),
    ...(typeof body === 'string' && { body: JSON.parse(body) }),
  }
}
