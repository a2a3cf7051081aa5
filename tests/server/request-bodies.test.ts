import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

type Operation = { method: string; path: string; takesBody: boolean }
type Body = { type?: string; body?: () => BodyInit; headers?: Record<string, string> }

const id = '01920000-0000-7000-8000-000000000000'
const json = 'application/json'
const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])
const latin1 = new Uint8Array([...new TextEncoder().encode('{"title":"'), 0xe9, 0x22, 0x7d])

const bytes = (text: string) => new TextEncoder().encode(text)

const createBrokenStream = () =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes('{"title":'))
      controller.error(new Error('The client is gone'))
    },
  })

// Bodies that are not the JSON object that a route expects.
const unusable: Record<string, Body & { status: 400 | 415; detail: string }> = {
  'no body': { status: 400, detail: 'The body is missing. Send a JSON object, as' },
  'an empty body of type text/plain': {
    type: 'text/plain',
    status: 415,
    detail: 'The content type is “text/plain”. Send application/json.',
  },
  'an empty body of JSON': { type: json, status: 400, detail: 'Send a body that is valid JSON.' },
  'an empty form': {
    type: 'application/x-www-form-urlencoded',
    status: 415,
    detail: 'Send application/json.',
  },
  'JSON of type text/plain': {
    type: 'text/plain',
    body: () => '{}',
    status: 415,
    detail: 'Send application/json.',
  },
  'JSON without a type': {
    body: () => bytes('{}'),
    status: 415,
    detail: 'The content type is missing. Send application/json.',
  },
  'JSON of a malformed type': {
    type: 'json',
    body: () => '{}',
    status: 415,
    detail: 'Send application/json.',
  },
  'form data': { body: () => new FormData(), status: 415, detail: 'Send application/json.' },
  'JSON in a wrong charset': {
    type: `${json}; charset=iso-8859-1`,
    body: () => latin1,
    status: 415,
    detail: 'The body is encoded in “iso-8859-1”. Send JSON in UTF-8.',
  },
  'JSON that is not UTF-8': {
    type: json,
    body: () => latin1,
    status: 400,
    detail: 'The body is not UTF-8. Send JSON in UTF-8.',
  },
  'JSON in UTF-16': { type: json, body: () => utf16, status: 400, detail: 'Send JSON in UTF-8.' },
  'compressed JSON': {
    type: json,
    body: () => '{}',
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    detail: 'The body is compressed with “gzip”. Send it uncompressed.',
  },
  'truncated JSON': {
    type: json,
    body: () => '{"title":"x',
    status: 400,
    detail: 'Send a body that is valid JSON.',
  },
  'a body that breaks off': {
    type: json,
    body: createBrokenStream,
    status: 400,
    detail: 'The body ended early. Send it again.',
  },
  ...Object.fromEntries(
    ['null', '[]', '"text"', '1', 'true'].map((text) => [
      `the JSON ${text}`,
      { type: json, body: () => text, status: 400, detail: 'Send a JSON object.' } as const,
    ]),
  ),
}

async function listOperations(server: TestServer): Promise<Operation[]> {
  const { paths } = await (await server.send('GET /api/openapi.json')).json()
  return Object.entries<Record<string, { requestBody?: { content: object } }>>(paths).flatMap(
    ([path, operations]) =>
      Object.entries(operations).map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, id),
        takesBody: 'application/json' in (requestBody?.content ?? {}),
      })),
  )
}

async function send(
  server: TestServer,
  { method, path }: Operation,
  { type, body, headers }: Body,
) {
  const response = await server.app.request(path, {
    method,
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
    ...(body && { body: body(), duplex: 'half' }),
  } as RequestInit)
  return response
}

describe.for(Object.entries(unusable))('%s', ([, { status, detail, ...body }]) => {
  test('is refused with a message wherever JSON is expected', async ({ server }) => {
    const operations = (await listOperations(server)).filter(({ takesBody }) => takesBody)
    expect(operations.length).toBeGreaterThanOrEqual(7)
    for (const operation of operations) {
      const response = await send(server, operation, body)
      const problem = await response.json()
      expect([operation, response.status, problem.detail]).toEqual([
        operation,
        status,
        expect.stringContaining(detail),
      ])
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    }
    expect(server.logged.filter(({ level }) => level !== 'info')).toEqual([])
  })

  test('does not crash routes that expect no body', async ({ server }) => {
    const operations = (await listOperations(server)).filter(
      ({ method, takesBody }) => !takesBody && method !== 'GET',
    )
    expect(operations.length).toBeGreaterThanOrEqual(4)
    for (const operation of operations) {
      const response = await send(server, operation, body)
      expect([operation, response.status < 500]).toEqual([operation, true])
    }
    expect(server.logged.filter(({ level }) => level !== 'info')).toEqual([])
  })
})
