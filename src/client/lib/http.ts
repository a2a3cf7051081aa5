import type { AnswerOf, RequestTo, RouteName } from '#contract/api.ts'
import { type Problem, problemSchema } from '#contract/problem.ts'
import { serverUrl } from './server-address.ts'

type Parts<Name extends RouteName> = Omit<RequestTo<Name>, AbsentKey<RequestTo<Name>>>
type AbsentKey<R> = { [Key in keyof R]: [R[Key]] extends [undefined] ? Key : never }[keyof R]
type OptionalKey<P> = { [Key in keyof P]: object extends P[Key] ? Key : never }[keyof P]

/** What `request` sends along: the route's own parts, of which only the required ones must be given. */
export type RequestOptions<Name extends RouteName> = Omit<Parts<Name>, OptionalKey<Parts<Name>>> &
  Partial<Pick<Parts<Name>, OptionalKey<Parts<Name>>>> & { signal?: AbortSignal | undefined }

type Arguments<Name extends RouteName> =
  object extends RequestOptions<Name> ? [sent?: RequestOptions<Name>] : [sent: RequestOptions<Name>]

type AnyParts = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

const looseProblemSchema = problemSchema.loose()

/** The server said no, or what it said can't be read. A request that never got through is a `TypeError` instead. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  /** The problem with all its members, also those that only its kind has (a 412 carries `video`). */
  readonly problem: Problem & Record<string, unknown>

  constructor(status: number, problem: Problem & Record<string, unknown>) {
    super(problem.errors?.[0]?.message ?? problem.detail)
    this.status = status
    this.problem = problem
  }
}

/** A 4xx is the server's last word; whatever else goes wrong leaves the outcome unknown. */
export const isFinal = ({ status }: { status: number }) => status >= 400 && status < 500

/**
 * Sends a request to a route of the contract.
 * @throws ProblemError for an answer that is not 2xx or can't be read
 * @throws TypeError when no answer came
 */
export async function request<Name extends RouteName>(
  name: Name,
  ...sent: Arguments<Name>
): Promise<AnswerOf<Name>> {
  const response = await requestStream(name, ...sent)
  // The contract says what the route answers; the server checks it, the page trusts it.
  return (response.status === 204 ? undefined : await readJson(response)) as AnswerOf<Name>
}

/** Like `request`, for an answer that is read while it comes in: its body has not been touched. */
export async function requestStream<Name extends RouteName>(
  name: Name,
  ...[sent]: Arguments<Name>
): Promise<Response> {
  const response = await send(name, (sent ?? {}) as AnyParts)
  if (!response.ok) throw new ProblemError(response.status, await readProblem(response))
  return response
}

/** Says in a sentence for a person why a request failed. */
export function errorMessage(error: unknown): string {
  return error instanceof ProblemError
    ? error.message
    : 'The server can’t be reached. Check the connection, then try again.'
}

function send(name: RouteName, { params = {}, query, headers, body, signal }: AnyParts) {
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

function buildPath(path: string, params: Record<string, unknown>, query: AnyParts['query'] = {}) {
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String(params[key])),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
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
  title: 'The answer can’t be read',
  status,
  detail: `The server’s answer (${status}) can’t be read. Try again in a moment.`,
})
