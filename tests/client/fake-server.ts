import { vi } from 'vitest'
import type { Problem } from '#contract/problem.ts'

/** What a request carried; what it did not carry is left out. */
export interface SentRequest {
  method: string
  address: string
  ifMatch?: string
  /** The headers that order a change among everyone's. */
  revision?: string
  page?: string
  contentType?: string
  body?: unknown
}

type Answer = Response | Error | ((request: SentRequest) => Response | Promise<Response>)

/**
 * Puts itself in the place of `fetch`: answers one request after the other, and notes what was
 * asked.
 */
export function fakeServer(...answers: Answer[]) {
  const sent: SentRequest[] = []
  const signals: (AbortSignal | null | undefined)[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const request = requestOf(address, init)
    sent.push(request)
    signals.push(init.signal)
    const answer = answers.shift()
    if (!answer) throw new Error(`Nobody expected ${request.method} ${address}`)
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

function requestOf(address: string, { method = 'GET', headers, body }: RequestInit): SentRequest {
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
