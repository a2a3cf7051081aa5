import type { AnswerOf, RequestTo, RouteName } from '#contract/api.ts'
import { type Problem, problemSchema } from '#contract/problem.ts'
import { noteAnswer } from './connection.ts'

type Parts<Name extends RouteName> = Omit<RequestTo<Name>, AbsentKey<RequestTo<Name>>>
type AbsentKey<R> = { [Key in keyof R]: [R[Key]] extends [undefined] ? Key : never }[keyof R]
type OptionalKey<P> = { [Key in keyof P]: object extends P[Key] ? Key : never }[keyof P]

/** The route's params, query, headers and body; optional where the contract makes them so. */
export type RequestOptions<Name extends RouteName> = Omit<Parts<Name>, OptionalKey<Parts<Name>>> &
  Partial<Pick<Parts<Name>, OptionalKey<Parts<Name>>>> & { signal?: AbortSignal | undefined }

type Arguments<Name extends RouteName> =
  object extends RequestOptions<Name>
    ? [options?: RequestOptions<Name>]
    : [options: RequestOptions<Name>]

type AnyOptions = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

const looseProblemSchema = problemSchema.loose()

/** An error response, or one that can't be parsed. Without a response there is a `TypeError`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  /** Includes the members of the problem's own type: a 412 carries `video`. */
  readonly problem: Problem & Record<string, unknown>

  constructor(status: number, problem: Problem & Record<string, unknown>) {
    super(problem.errors?.[0]?.message ?? problem.detail)
    this.status = status
    this.problem = problem
  }
}

/** A 4xx is final. After any other failure the outcome is unknown. */
export const isFinal = ({ status }: { status: number }) => status >= 400 && status < 500

/**
 * Sends a request to a route of the contract.
 * @throws ProblemError if the response is not 2xx or can't be parsed
 * @throws TypeError if there is no response
 */
export async function request<Name extends RouteName>(
  name: Name,
  ...options: Arguments<Name>
): Promise<AnswerOf<Name>> {
  const response = await requestStream(name, ...options)
  // The contract types the server's handlers too, so their responses are not parsed again.
  return (response.status === 204 ? undefined : await readJson(response)) as AnswerOf<Name>
}

/** Like `request`, but returns the response with its body unread, to stream it. */
export async function requestStream<Name extends RouteName>(
  name: Name,
  ...[options]: Arguments<Name>
): Promise<Response> {
  const response = await send(name, (options ?? {}) as AnyOptions)
  if (response.status < 500) noteAnswer()
  if (!response.ok) throw new ProblemError(response.status, await readProblem(response))
  return response
}

const base = import.meta.env.BASE_URL.replace(/\/$/, '')

/** The URL of a server path, below the base path that the page was built for. */
export const serverUrl = (path: string): string => base + path

/** Explains a failed request to the user, in a sentence. */
export function errorMessage(error: unknown): string {
  return error instanceof ProblemError
    ? error.message
    : 'The server can’t be reached. Check the connection, then try again.'
}

function send(name: RouteName, { params = {}, query, headers, body, signal }: AnyOptions) {
  const [method = '', path = ''] = name.split(' ')
  return fetch(serverUrl(buildPath(path, params, query)), {
    method,
    headers: {
      accept: 'application/json, application/x-ndjson, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
}

function buildPath(path: string, params: Record<string, unknown>, query: AnyOptions['query'] = {}) {
  const filledPath = path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(params[key])),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value))
  }
  return search.size > 0 ? `${filledPath}?${search}` : filledPath
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError(response.status, unreadableProblem(response.status))
  }
}

async function readProblem(response: Response) {
  const text = await response.text()
  try {
    return looseProblemSchema.parse(JSON.parse(text))
  } catch {
    return unreadableProblem(response.status)
  }
}

const unreadableProblem = (status: number): Problem & Record<string, unknown> => ({
  type: 'about:blank',
  title: 'Unexpected response',
  status,
  detail: `The server sent an unexpected response (${status}). Try again in a moment.`,
})
