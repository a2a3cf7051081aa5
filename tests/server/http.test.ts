import { describe, expect, vi } from 'vitest'
import { createTestServer, type TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const summarizeProblem = async (answer: Response) => {
  const { type } = await answer.clone().json()
  return [answer.status, answer.headers.get('content-type'), type]
}
const expectedProblem = (kind: string, status: number) => [
  status,
  'application/problem+json',
  `/problems/${kind}`,
]
const post = (server: TestServer, body: BodyInit, type = 'application/json') =>
  server.app.request('/api/courses', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    duplex: 'half',
  } as RequestInit)

describe('a problem is returned', () => {
  test.for(['/api/nothing', '/api', '/media/x', '/courses/1'])(
    'for the unknown address %s',
    async (path, { server }) => {
      expect(await summarizeProblem(await server.send(`GET ${path}`))).toEqual(
        expectedProblem('not-found', 404),
      )
    },
  )

  test('for a wrong method, with the allowed ones', async ({ server }) => {
    const answer = await server.send('PUT /api/courses')
    expect(await summarizeProblem(answer)).toEqual(expectedProblem('method-not-allowed', 405))
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
    const video = await server.send('GET /api/videos/x')
    expect([video.status, video.headers.get('allow')]).toEqual([405, 'DELETE, PATCH'])
  })

  test.for(['{', '', 'undefined', '{"title":}'])(
    'for the malformed body %o',
    async (body, { server }) => {
      expect(await summarizeProblem(await post(server, body))).toEqual(
        expectedProblem('malformed-body', 400),
      )
    },
  )

  test('for a body of the wrong content type', async ({ server }) => {
    for (const type of ['text/plain', 'application/jsonp', 'multipart/form-data']) {
      expect(await summarizeProblem(await post(server, '{}', type))).toEqual(
        expectedProblem('unsupported-media-type', 415),
      )
    }
    expect((await post(server, '{"title":"x"}', 'application/json; charset=utf-8')).status).toBe(
      201,
    )
  })

  test('for invalid fields, each with its path', async ({ server }) => {
    const answer = await post(server, JSON.stringify({ title: '', size: 1 }))
    expect(await answer.json()).toEqual({
      type: '/problems/invalid-request',
      title: 'The request is invalid',
      status: 400,
      detail: expect.stringContaining('Enter a title'),
      errors: [
        { path: 'body.title', message: 'Enter a title' },
        { path: 'body', message: expect.stringContaining('size') },
      ],
    })
    const badId = await (await server.send('GET /api/courses/x')).json()
    expect(badId.errors).toEqual([{ path: 'params.courseId', message: 'Use a UUID' }])
  })

  test('for a body over 1 MiB, with or without a content length', async ({ server }) => {
    const large = new TextEncoder().encode(JSON.stringify({ title: 'x'.repeat(1024 * 1024) }))
    const streamed = new ReadableStream({
      start(controller) {
        controller.enqueue(large)
        controller.close()
      },
    })
    for (const body of [large, streamed]) {
      expect(await summarizeProblem(await post(server, body))).toEqual(
        expectedProblem('body-too-large', 413),
      )
    }
  })

  test('for a crash, without revealing its cause', async ({ server }) => {
    server.database.select = () => {
      throw new Error('the secret reason')
    }
    const answer = await server.send('GET /api/courses', { headers: { 'x-request-id': 'my-id' } })
    Reflect.deleteProperty(server.database, 'select')
    expect(await summarizeProblem(answer)).toEqual(expectedProblem('unexpected', 500))
    expect(await answer.text()).not.toContain('secret')
    expect(server.logged).toEqual([
      {
        level: 'error',
        message: 'unexpected',
        fields: { id: 'my-id', error: new Error('the secret reason') },
      },
      expect.objectContaining({ level: 'info', message: 'request' }),
    ])
  })
})

describe('every response', () => {
  test.for(['GET /api/health', 'GET /api/nothing', 'PUT /api/courses', 'GET /api/docs'])(
    'has security headers: %s',
    async (route, { server }) => {
      const { headers } = await server.send(route)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'; script-src 'self';")
      expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/]+=*'$/)
      expect(policy?.replace("media-src 'self' blob:", '')).not.toMatch(/unsafe|blob:|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    },
  )

  test('lets the page talk to a window it opened only to show its actors in Stately', async ({
    server,
  }) => {
    const { headers } = await server.send('GET /charts?inspect=stately')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups')
    const others = await server.send('GET /charts?inspect=other')
    expect(others.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })

  test('has an id that is logged', async ({ server }) => {
    const given = await server.send('GET /api/health', { headers: { 'x-request-id': 'abc-1' } })
    const unfit = await server.send('GET /api/health', { headers: { 'x-request-id': 'a b\u00ff' } })
    expect(given.headers.get('x-request-id')).toBe('abc-1')
    const made = unfit.headers.get('x-request-id')
    expect(made).toMatch(/^[0-9a-f-]{36}$/)
    const line = { method: 'GET', path: '/api/health', status: 200, ms: expect.any(Number) }
    expect(server.logged).toEqual([
      { level: 'info', message: 'request', fields: { ...line, id: 'abc-1' } },
      { level: 'info', message: 'request', fields: { ...line, id: made } },
    ])
    for (const route of ['GET /api/nothing', 'PUT /api/courses']) {
      const refused = await server.send(route, { headers: { 'x-request-id': 'abc-2' } })
      expect(refused.headers.get('x-request-id')).toBe('abc-2')
    }
  })

  test('with the page has its own nonce', async () => {
    const page = vi.fn(async (_request: Request, nonce: string) => new Response(nonce))
    const server = await createTestServer({ page })
    const answers = [await server.send('GET /courses/1'), await server.send('GET /')]
    const nonces = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(nonces).size).toBe(2)
    for (const [index, { headers }] of answers.entries()) {
      expect(headers.get('content-security-policy')).toContain(`'nonce-${nonces[index]}'`)
    }
    await server.send('GET /api/x')
    await server.send('GET /media/x')
    await server.send('POST /courses/1')
    expect(page).toHaveBeenCalledTimes(2)
    await server.close()
  })
})

test('a server on a loopback address accepts its own host names and those of its proxy', async () => {
  const server = await createTestServer({ host: '127.0.0.1', extraHosts: ['lectern.example'] })
  const statuses = async (...hosts: string[]) =>
    Promise.all(
      hosts.map(async (host) => (await server.app.request(`http://${host}/api/health`)).status),
    )
  expect(
    await statuses('localhost:3000', '[::1]', 'Lectern.example', 'lectern.example.:80'),
  ).toEqual([200, 200, 200, 200])
  expect(await statuses('other.example', 'x.lectern.example', 'lectern.example.other')).toEqual([
    421, 421, 421,
  ])
  await server.close()
})

describe('the API', () => {
  test('is described by an OpenAPI document that names every route', async ({ server }) => {
    const document = await (await server.send('GET /api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes.sort()).toEqual([
      'DELETE /api/chapters/{chapterId}',
      'DELETE /api/courses/{courseId}',
      'DELETE /api/media/{mediaId}',
      'DELETE /api/media/{mediaId}/captions/{language}',
      'DELETE /api/videos/{videoId}',
      'GET /api/chapters/{chapterId}/videos',
      'GET /api/courses',
      'GET /api/courses/{courseId}',
      'GET /api/events',
      'GET /api/health',
      'GET /api/media',
      'GET /api/media-tags',
      'GET /api/media/{mediaId}',
      'PATCH /api/chapters/{chapterId}',
      'PATCH /api/courses/{courseId}',
      'PATCH /api/media',
      'PATCH /api/media/{mediaId}',
      'PATCH /api/videos/{videoId}',
      'POST /api/chapters/{chapterId}/restore',
      'POST /api/chapters/{chapterId}/videos/batch',
      'POST /api/courses',
      'POST /api/courses/{courseId}/chapters',
      'POST /api/courses/{courseId}/restore',
      'POST /api/media/{mediaId}/merge',
      'POST /api/media/{mediaId}/replace',
      'POST /api/media/{mediaId}/restore',
      'POST /api/videos/{videoId}/restore',
      'PUT /api/chapters/{chapterId}/videos/{videoId}',
      'PUT /api/media/{mediaId}/captions/{language}',
      'PUT /api/media/{mediaId}/thumbnail',
      'PUT /api/pages/{pageId}/editing',
    ])
    expect(Object.keys(document.components.schemas)).toContain('Video')
  })

  test('is documented on a page without inline scripts', async ({ server }) => {
    const html = await (await server.send('GET /api/docs')).text()
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|https?:/)
    const start = await server.send('GET /api/docs/start.js')
    expect([start.status, start.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ])
    expect((await server.send('GET /api/docs/package.json')).status).toBe(404)
  })

  test('reports whether it can serve', async ({ server }) => {
    const healthy = await server.send('GET /api/health')
    expect([healthy.status, await healthy.json()]).toEqual([200, { status: 'ok' }])
    server.database.execute = () => {
      throw new Error('gone')
    }
    const unhealthy = await server.send('GET /api/health')
    Reflect.deleteProperty(server.database, 'execute')
    expect(await summarizeProblem(unhealthy)).toEqual(expectedProblem('unexpected', 500))
  })
})

test('a response that does not say how long it may be stored is not stored', async ({ server }) => {
  const [chapter] = await server.addChapters('One')
  const readCaching = async (route: string) => {
    const { status, headers } = await server.send(route)
    return [status, headers.get('cache-control')]
  }
  const chapterPath = `/api/chapters/${chapter?.id}`
  expect(await readCaching(`GET ${chapterPath}/videos`)).toEqual([200, 'no-store'])
  expect(await readCaching(`DELETE ${chapterPath}`)).toEqual([204, 'no-store'])
  expect(await readCaching(`GET ${chapterPath}/videos`)).toEqual([410, 'no-store'])
  expect(await readCaching('GET /api/nothing')).toEqual([404, 'no-store'])
  expect(await readCaching('PUT /api/courses')).toEqual([405, 'no-store'])
})
