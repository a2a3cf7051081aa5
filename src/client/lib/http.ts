import type { RequestTo, ResponseBody, RouteName } from '#contract/api.ts'
import { sequenceHeader } from '#contract/changes.ts'
import { type Problem, problemSchema } from '#contract/problem.ts'
import { notifyServerReachable } from './connection.ts'
import { CodeError } from './fetch-code.ts'
import { noteFirstSequence } from './live/first-sequence.ts'
import { matchesResponseShape } from './response-schemas.ts'
import { tabId } from './tab-lock.ts'
import { describeUnexpectedResponse } from './unexpected-response.ts'

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

/** An error response, or one that does not have the route's shape. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  /** Includes the extension members of the problem's type: a 412 carries `video`. */
  readonly problem: Problem & Record<string, unknown>

  constructor(status: number, problem: Problem & Record<string, unknown>) {
    super(problem.errors?.[0]?.message ?? problem.detail)
    this.status = status
    this.problem = problem
  }
}

/** No response arrived. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError'
}

/** Statuses by which a busy proxy or server asks for a later retry (RFC 9110, 6585, 8470). */
const temporary = [408, 425, 429]

/** A 4xx is final, unless it is temporary. After any other failure the outcome is unknown. */
export const isFinal = ({ status }: { status: number }) =>
  status >= 400 && status < 500 && !temporary.includes(status)

/** Whether a course, a chapter or a video no longer exists, or never did. */
export const isGone = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 404 || error.status === 410)

/**
 * Sends a request to a route of the contract.
 * @throws ProblemError if the response is not 2xx or does not have the route's shape
 * @throws NoResponseError if there is none; the signal's reason if it was aborted
 */
export async function request<Name extends RouteName>(
  name: Name,
  ...options: Arguments<Name>
): Promise<ResponseBody<Name>> {
  const response = await requestStream(name, ...options)
  const hasBody = response.status !== 204
  const body = hasBody ? await readJson(response, readSignal(options[0])) : undefined
  if (!matchesResponseShape(name, body)) throw unexpectedResponse(response)
  return body as ResponseBody<Name>
}

/** Like `request`, but returns the response with its body unread, to stream it. */
export async function requestStream<Name extends RouteName>(
  name: Name,
  ...[options]: Arguments<Name>
): Promise<Response> {
  const response = await send(name, (options ?? {}) as AnyOptions)
  if (response.status < 500) notifyServerReachable()
  noteFirstSequence(response.headers.get(sequenceHeader))
  if (!response.ok) {
    throw new ProblemError(response.status, await readProblem(response, readSignal(options)))
  }
  return response
}

const readSignal = (options: unknown) => (options as AnyOptions | undefined)?.signal

const base = import.meta.env.BASE_URL.replace(/\/$/, '')

/** The URL of a server path, under the base path that the page was built for. */
export const serverUrl = (path: string): string => base + path

/** Whether the server has refused a change, so that nothing of it is saved. */
export const isRefused = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && isFinal(error)

/** Whether an error is a bug in Lectern rather than a failure of the server or the network. */
export const isInternalError = (error: unknown): boolean =>
  !(error instanceof ProblemError || error instanceof NoResponseError || error instanceof CodeError)

/** Explains an error to the user, in a sentence. */
export function describeError(error: unknown): string {
  if (error instanceof ProblemError || error instanceof CodeError) return error.message
  if (error instanceof NoResponseError) {
    return 'The server can’t be reached. Check your connection, then try again.'
  }
  return 'Something went wrong in Lectern. Try again, or reload the page if it keeps happening.'
}

/** Says why something is being tried again, without the advice to do so by hand. */
export const describeRetry = (reason: string): string =>
  `${reason.replace(/, then try again\.$/, '.').replace(/ Try again[^.]*\.$/, '')} Trying again`

async function send(name: RouteName, { params = {}, query, headers, body, signal }: AnyOptions) {
  const [method = '', path = ''] = name.split(' ')
  const response = fetch(serverUrl(buildPath(path, params, query)), {
    method,
    headers: {
      accept: 'application/json, application/x-ndjson, text/event-stream, application/problem+json',
      ...(method !== 'GET' && { 'lectern-page': tabId }),
      ...(body !== undefined && { 'content-type': contentType(body) }),
      ...headers,
    },
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  return response.catch((error: unknown) => throwNoResponse(error, signal))
}

/** A file is sent unchanged, with its own type. */
const contentType = (body: unknown): string =>
  body instanceof Blob ? body.type : 'application/json'

function throwNoResponse(cause: unknown, signal: AbortSignal | undefined): never {
  if (signal?.aborted) throw cause
  throw new NoResponseError('The server didn’t respond', { cause })
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

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await readText(response, signal)
  try {
    return JSON.parse(text)
  } catch {
    throw unexpectedResponse(response)
  }
}

const readText = (response: Response, signal: AbortSignal | undefined): Promise<string> =>
  response.text().catch((error: unknown) => throwNoResponse(error, signal))

/** The error for a response that does not have the route's shape. */
export const unexpectedResponse = ({ status, headers }: Response) =>
  new ProblemError(status, unreadableProblem(status, headers.get('content-type') ?? ''))

async function readProblem(response: Response, signal: AbortSignal | undefined) {
  const text = await readText(response, signal)
  return parseProblem(response.status, response.headers.get('content-type') ?? '', text)
}

/** Parses the problem in an error response; if there is none, returns one that says so. */
export function parseProblem(
  status: number,
  contentType: string,
  text: string,
): Problem & Record<string, unknown> {
  try {
    return looseProblemSchema.parse(JSON.parse(text))
  } catch {
    return unreadableProblem(status, contentType)
  }
}

const unreadableProblem = (
  status: number,
  contentType: string,
): Problem & Record<string, unknown> => ({
  type: 'about:blank',
  title: 'Unexpected response',
  status,
  detail: describeUnexpectedResponse(status, contentType),
})
