import { afterEach, describe, expect, test, vi } from 'vitest'
import { CodeError } from '#client/lib/fetch-code.ts'
import {
  describeError,
  isFinal,
  NoResponseError,
  ProblemError,
  request,
  requestStream,
} from '#client/lib/http.ts'
import type { RouteName } from '#contract/api.ts'
import { fakeServer, problemAnswer } from './fake-server.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const unexpectedResponse = (status: number) =>
  new ProblemError(status, {
    type: 'about:blank',
    title: 'Unexpected response',
    status,
    detail: `The server sent an unexpected response (${status}). Try again in a moment.`,
  })

const noMedia = { media: [], nextCursor: null, total: 0 }
const video = {
  id: 'video',
  chapterId: 'chapter',
  mediaId: 'media',
  filename: 'Mine.mp4',
  position: 'a0',
  version: 4,
  revision: 1,
  durationSeconds: 1,
}

describe('a request', () => {
  test('fills in and escapes its path parameters', async () => {
    const { sent } = fakeServer(Response.json({ videos: [] }))
    await request('GET /api/chapters/{chapterId}/videos', { params: { chapterId: 'a/b ?#' } })
    expect(sent).toEqual([{ method: 'GET', address: '/api/chapters/a%2Fb%20%3F%23/videos' }])
  })

  test('sends its query without undefined values', async () => {
    const { sent } = fakeServer(Response.json(noMedia))
    await request('GET /api/media', {
      query: { search: 'Урок & 2', sort: 'name', cursor: undefined, limit: 60 },
    })
    expect(sent).toEqual([
      {
        method: 'GET',
        address: '/api/media?search=%D0%A3%D1%80%D0%BE%D0%BA+%26+2&sort=name&limit=60',
      },
    ])
  })

  test('has no question mark without a query', async () => {
    const { sent } = fakeServer(Response.json(noMedia))
    await request('GET /api/media')
    expect(sent).toEqual([{ method: 'GET', address: '/api/media' }])
  })

  test('sends its headers and its body as JSON', async () => {
    const { sent } = fakeServer(Response.json(video))
    await request('PATCH /api/videos/{videoId}', {
      params: { videoId: 'video' },
      headers: { 'if-match': '"3"' },
      body: { filename: 'Mine.mp4' },
    })
    expect(sent).toEqual([
      {
        method: 'PATCH',
        address: '/api/videos/video',
        ifMatch: '"3"',
        contentType: 'application/json',
        body: { filename: 'Mine.mp4' },
      },
    ])
  })

  test('passes its signal on', async () => {
    const { signals } = fakeServer(new Response(null, { status: 204 }))
    const { signal } = new AbortController()
    await request('DELETE /api/videos/{videoId}', { params: { videoId: 'video' }, signal })
    expect(signals).toEqual([signal])
  })
})

describe('a response', () => {
  test('resolves to its JSON, or to undefined for a 204', async () => {
    fakeServer(Response.json({ courses: [] }), new Response(null, { status: 204 }))
    expect(await request('GET /api/courses')).toEqual({ courses: [] })
    const params = { videoId: 'video' }
    expect(await request('DELETE /api/videos/{videoId}', { params })).toBeUndefined()
  })

  test('is returned unread when streamed', async () => {
    const answer = new Response('{"done":true}\n')
    fakeServer(answer)
    const response = await requestStream('POST /api/chapters/{chapterId}/videos/batch', {
      params: { chapterId: 'chapter' },
      body: { videos: [] },
    })
    expect(response).toBe(answer)
    expect(response.bodyUsed).toBe(false)
  })

  test('throws a problem with all its members', async () => {
    const problem = {
      type: '/problems/version-mismatch',
      title: 'The video has changed in the meantime',
      status: 412,
      detail: 'Someone else renamed it.',
      video: { id: 'video' },
    }
    fakeServer(problemAnswer(problem))
    const error = await request('GET /api/courses').catch((thrown: unknown) => thrown)
    expect(error).toEqual(new ProblemError(412, problem))
    expect(error).toMatchObject({ status: 412, problem, message: 'Someone else renamed it.' })
  })

  test.each([
    ['text', () => new Response('<html>', { status: 502 }), 502],
    ['empty', () => new Response('', { status: 500 }), 500],
    ['another kind of JSON', () => Response.json({ error: 'no' }, { status: 404 }), 404],
    ['a success with broken JSON', () => new Response('{"courses":', { status: 200 }), 200],
    ['a success without the expected members', () => Response.json({}), 200],
    ['a success that is null', () => Response.json(null), 200],
    ['a success with a course of another form', () => Response.json({ courses: [{}] }), 200],
  ])('throws if it is %s', async (_kind, answer, status) => {
    fakeServer(answer())
    await expect(request('GET /api/courses')).rejects.toEqual(unexpectedResponse(status))
  })

  const anId = { mediaId: 'media' }
  test.each<[RouteName, () => Promise<unknown>]>([
    ['GET /api/media/{mediaId}', () => request('GET /api/media/{mediaId}', { params: anId })],
    [
      'PATCH /api/media/{mediaId}',
      () =>
        request('PATCH /api/media/{mediaId}', {
          params: anId,
          headers: { 'if-match': '"1"' },
          body: { filename: 'Mine.mp4' },
        }),
    ],
    [
      'POST /api/media/{mediaId}/restore',
      () => request('POST /api/media/{mediaId}/restore', { params: anId }),
    ],
    [
      'POST /api/media/{mediaId}/replace',
      () =>
        request('POST /api/media/{mediaId}/replace', { params: anId, body: { mediaId: 'other' } }),
    ],
    [
      'POST /api/media/{mediaId}/merge',
      () => request('POST /api/media/{mediaId}/merge', { params: anId, body: { into: 'other' } }),
    ],
    [
      'PUT /api/media/{mediaId}/captions/{language}',
      () =>
        request('PUT /api/media/{mediaId}/captions/{language}', {
          params: { ...anId, language: 'en' },
          body: new Blob(['WEBVTT'], { type: 'text/vtt' }),
        }),
    ],
    [
      'POST /api/courses/{courseId}/restore',
      () => request('POST /api/courses/{courseId}/restore', { params: { courseId: 'course' } }),
    ],
    [
      'PUT /api/chapters/{chapterId}/videos/{videoId}',
      () =>
        request('PUT /api/chapters/{chapterId}/videos/{videoId}', {
          params: { chapterId: 'chapter', videoId: 'video' },
          body: { mediaId: 'media', filename: 'Mine.mp4', position: 'a0' },
        }),
    ],
    ['GET /api/health', () => request('GET /api/health')],
  ])('to %s throws if it is empty', async (_name, send) => {
    fakeServer(Response.json({}), new Response(null, { status: 204 }))
    await expect(send()).rejects.toEqual(unexpectedResponse(200))
    await expect(send()).rejects.toEqual(unexpectedResponse(204))
  })

  test('may have no body only where the contract says so', async () => {
    const params = { videoId: 'video' }
    fakeServer(
      new Response(null, { status: 204 }),
      Response.json(video),
      Response.json({}),
      new Response(null, { status: 204 }),
    )
    const restore = () => request('POST /api/videos/{videoId}/restore', { params })
    expect(await restore()).toBeUndefined()
    expect(await restore()).toEqual(video)
    await expect(restore()).rejects.toEqual(unexpectedResponse(200))
    await expect(request('GET /api/courses')).rejects.toEqual(unexpectedResponse(204))
  })

  test('has no body where the contract says so', async () => {
    const params = { videoId: 'video' }
    fakeServer(Response.json({}), new Response('', { status: 200 }))
    const remove = () => request('DELETE /api/videos/{videoId}', { params })
    await expect(remove()).rejects.toEqual(unexpectedResponse(200))
    await expect(remove()).rejects.toEqual(unexpectedResponse(200))
  })

  test('may have unknown members', async () => {
    const newer = { courses: [], cursor: 'next' }
    fakeServer(Response.json(newer))
    expect(await request('GET /api/courses')).toEqual(newer)
  })

  test('that is a web page throws an error that says so', async () => {
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    fakeServer(new Response('<!doctype html><title>Sign in</title>', { headers }))
    await expect(request('GET /api/courses')).rejects.toThrow(
      'Lectern received a web page instead of a response (200).',
    )
  })

  test('that never arrives rejects with the error of fetch as the cause', async () => {
    const cut = new TypeError('Failed to fetch')
    fakeServer(cut)
    await expect(request('GET /api/courses')).rejects.toEqual(
      new NoResponseError('The server didn’t respond', { cause: cut }),
    )
  })

  test('that is aborted rejects with the reason of its signal', async () => {
    const controller = new AbortController()
    fakeServer(() => {
      controller.abort('left')
      throw controller.signal.reason
    })
    const { signal } = controller
    await expect(request('GET /api/courses', { signal })).rejects.toBe('left')
  })
})

test('the error message says where the fault lies: the input, the connection, or Lectern', () => {
  const problem = {
    type: 'about:blank',
    title: 'No',
    status: 400,
    detail: 'The name is not right.',
  }
  const errors = [{ path: 'body.filename', message: 'Enter a filename' }]
  expect([
    describeError(new ProblemError(400, { ...problem, errors })),
    describeError(new ProblemError(400, { ...problem, errors: [] })),
    describeError(new NoResponseError('The server didn’t respond')),
    describeError(new CodeError('This part of Lectern couldn’t be loaded.')),
    describeError(new TypeError('undefined is not a function')),
  ]).toEqual([
    'Enter a filename',
    'The name is not right.',
    'The server can’t be reached. Check your connection, then try again.',
    'This part of Lectern couldn’t be loaded.',
    'Something went wrong in Lectern. Try again, or reload the page if it keeps happening.',
  ])
})

test.each([
  [404, true],
  [409, true],
  [408, false],
  [425, false],
  [429, false],
  [503, false],
])('an answer of %i is final: %s', (status, expected) => {
  expect(isFinal({ status })).toBe(expected)
})
