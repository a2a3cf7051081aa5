import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const uuid = () => crypto.randomUUID()
const read = async (answer: Response) => ({ status: answer.status, body: await answer.json() })
const ifMatch = { 'if-match': '"1"' }

async function stage(server: TestServer) {
  const [chapter, other] = await server.addChapters('Basics', 'More')
  if (!chapter || !other) throw new Error('no chapters')
  const [asset, spare] = await server.addAssets(['a.mp4', 'b.mp4'])
  if (!asset || !spare) throw new Error('no assets')
  const [video] = await server.addVideos(chapter.id, [asset])
  const [elsewhere] = await server.addVideos(other.id, [spare])
  if (!video || !elsewhere) throw new Error('no videos')
  const link = { mediaId: spare.id, filename: 'b.mp4', position: 'b00' }
  return { chapter, other, video, elsewhere, link }
}
type Stage = Awaited<ReturnType<typeof stage>>

/** Lists every request that needs the chapter. */
const listUses = ({ chapter, video, elsewhere, link }: Stage) =>
  [
    [`GET /api/chapters/${chapter.id}/videos`],
    [`PATCH /api/chapters/${chapter.id}`, { title: 'x' }],
    [`PUT /api/chapters/${chapter.id}/videos/${uuid()}`, link],
    [`PUT /api/chapters/${chapter.id}/videos/${video.id}`, link],
    [`POST /api/chapters/${chapter.id}/videos/batch`, { videos: [{ id: uuid(), ...link }] }],
    [`PATCH /api/videos/${video.id}`, { filename: 'x.mp4' }],
    [`PATCH /api/videos/${video.id}`, { position: 'b01' }],
    [`PATCH /api/videos/${video.id}`, { chapterId: chapter.id, position: 'b01' }],
    [`PATCH /api/videos/${elsewhere.id}`, { chapterId: chapter.id, position: 'b01' }],
    [`POST /api/videos/${video.id}/restore`],
  ] as const

const readAnswers = async (server: TestServer, requests: ReturnType<typeof listUses>) => {
  const answers: unknown[] = []
  for (const [route, body] of requests) {
    answers.push(await read(await server.send(route, { body, headers: ifMatch })))
  }
  return answers
}

const removed = (kind: 'chapter' | 'course', { id, title }: { id: string; title: string }) => ({
  status: 410,
  body: {
    type: `/problems/${kind}-removed`,
    title: `The ${kind} was removed`,
    status: 410,
    detail: `The ${kind} “${title}” was removed. Restore it first.`,
    [kind]: { id, title },
  },
})

describe('a removed chapter', () => {
  test('answers 410 to every request that needs it, with its id and title', async ({ server }) => {
    const staged = await stage(server)
    await server.send(`DELETE /api/chapters/${staged.chapter.id}`)
    const requests = listUses(staged)
    expect(await readAnswers(server, requests)).toEqual(
      requests.map(() => removed('chapter', staged.chapter)),
    )
  })

  test('is not listed or counted, nor are its videos', async ({ server }) => {
    const { chapter, other } = await stage(server)
    await server.send(`DELETE /api/chapters/${chapter.id}`)
    const course = await (await server.send(`GET /api/courses/${chapter.courseId}`)).json()
    expect(course.chapters).toEqual([expect.objectContaining(other)])
    const { courses } = await (await server.send('GET /api/courses')).json()
    expect(courses).toEqual([expect.objectContaining({ chapterCount: 1, videoCount: 1 })])
    const { media } = await (await server.send('GET /api/media')).json()
    expect(media.map(({ usageCount }: { usageCount: number }) => usageCount)).toEqual([0, 1])
  })

  test('is restored as it was, with its videos, however often the request is sent', async ({
    server,
  }) => {
    const staged = await stage(server)
    const { chapter, other, video, elsewhere, link } = staged
    const before = await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))
    for (const _ of ['once', 'again']) await server.send(`DELETE /api/chapters/${chapter.id}`)
    for (const _ of ['once', 'again']) {
      const restored = await server.send(`POST /api/chapters/${chapter.id}/restore`)
      expect(restored.headers.get('etag')).toBe('"3"')
      expect(await read(restored)).toEqual({ status: 200, body: { ...chapter, version: 3 } })
    }
    expect(await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))).toEqual(before)
    const course = await (await server.send(`GET /api/courses/${chapter.courseId}`)).json()
    expect(course.chapters).toEqual(
      [{ ...chapter, version: 3 }, other].map((expected) => expect.objectContaining(expected)),
    )
    const statuses: number[] = []
    for (const [route, body] of [
      [`PUT /api/chapters/${chapter.id}/videos/${uuid()}`, link],
      [`PATCH /api/videos/${video.id}`, { filename: 'x.mp4' }],
      [`PATCH /api/videos/${elsewhere.id}`, { filename: 'y.mp4' }],
    ] as const) {
      statuses.push((await server.send(route, { body, headers: ifMatch })).status)
    }
    expect(statuses).toEqual([201, 200, 200])
  })

  test('keeps its place: a chapter added meanwhile comes after it', async ({ server }) => {
    const [first, last] = await server.addChapters('One', 'Two')
    const path = `/api/courses/${first?.courseId}`
    await server.send(`DELETE /api/chapters/${last?.id}`)
    await server.send(`POST ${path}/chapters`, { body: { title: 'Three' } })
    await server.send(`POST /api/chapters/${last?.id}/restore`)
    const { chapters } = await (await server.send(`GET ${path}`)).json()
    expect(chapters.map(({ title }: { title: string }) => title)).toEqual(['One', 'Two', 'Three'])
  })

  test('does not prevent its videos from being removed', async ({ server }) => {
    const { chapter, video } = await stage(server)
    await server.send(`DELETE /api/chapters/${chapter.id}`)
    expect((await server.send(`DELETE /api/videos/${video.id}`)).status).toBe(204)
    await server.send(`POST /api/chapters/${chapter.id}/restore`)
    expect(await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))).toEqual({
      status: 200,
      body: { videos: [] },
    })
  })
})

describe.for(['chapter', 'course'] as const)('a removed %s', (kind) => {
  test('lets its videos be moved to another chapter', async ({ server }) => {
    const { chapter, video } = await stage(server)
    const target = await server.addChapters('Elsewhere').then(([added]) => added)
    const id = kind === 'chapter' ? chapter.id : chapter.courseId
    await server.send(`DELETE /api/${kind}s/${id}`)
    const body = { chapterId: target?.id, position: 'b01', filename: 'moved.mp4' }
    const answer = await server.send(`PATCH /api/videos/${video.id}`, { body, headers: ifMatch })
    expect(await read(answer)).toEqual({
      status: 200,
      body: expect.objectContaining({ id: video.id, ...body, version: 2 }),
    })
    await server.send(`POST /api/${kind}s/${id}/restore`)
    expect(await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))).toEqual({
      status: 200,
      body: { videos: [] },
    })
  })
})

describe('a removed course', () => {
  test('answers 410 to every request that needs it or its chapters', async ({ server }) => {
    const staged = await stage(server)
    const { chapter, other } = staged
    const courseId = chapter.courseId
    await server.send(`DELETE /api/chapters/${other.id}`)
    await server.send(`DELETE /api/courses/${courseId}`)
    const course = { id: courseId, title: 'A course' }
    const requests = [
      ...listUses(staged).filter(([route]) => !route.includes(staged.elsewhere.id)),
      [`GET /api/courses/${courseId}`],
      [`PATCH /api/courses/${courseId}`, { title: 'x' }],
      [`POST /api/courses/${courseId}/chapters`, { title: 'x' }],
      [`POST /api/chapters/${chapter.id}/restore`],
      [`POST /api/chapters/${other.id}/restore`],
    ] as const
    expect(await readAnswers(server, requests as unknown as ReturnType<typeof listUses>)).toEqual(
      requests.map(() => removed('course', course)),
    )
    expect(await read(await server.send('GET /api/courses'))).toEqual({
      status: 200,
      body: { courses: [] },
    })
  })

  test('is restored with the chapters that it had', async ({ server }) => {
    const { chapter, other } = await stage(server)
    const path = `/api/courses/${chapter.courseId}`
    await server.send(`DELETE /api/chapters/${other.id}`)
    const before = await read(await server.send(`GET ${path}`))
    for (const _ of ['once', 'again']) await server.send(`DELETE ${path}`)
    for (const _ of ['once', 'again']) {
      const restored = await server.send(`POST ${path}/restore`)
      expect(restored.headers.get('etag')).toBe('"3"')
      expect(await read(restored)).toEqual({ ...before, body: { ...before.body, version: 3 } })
    }
    expect((await server.send(`GET /api/chapters/${chapter.id}/videos`)).status).toBe(200)
  })
})

describe.for(['chapter', 'course'] as const)('a %s, in requests that name its version,', (kind) => {
  /** Returns functions that remove and restore it by version, and read whether it is listed. */
  async function prepare(server: TestServer) {
    const { chapter } = await stage(server)
    const id = kind === 'chapter' ? chapter.id : chapter.courseId
    const path = `/api/${kind}s/${id}`
    const isShown = async () => {
      const { courses } = await (await server.send('GET /api/courses')).json()
      return courses[0]?.chapterCount === 2
    }
    const change = async (request: 'remove' | 'restore', version: number) => {
      const route = request === 'remove' ? `DELETE ${path}` : `POST ${path}/restore`
      const headers = { 'if-match': `"${version}"` }
      return read204(await server.send(route, { headers }))
    }
    return { id, path, isShown, change }
  }

  const read204 = async (answer: Response) =>
    answer.status === 204 ? { status: 204, body: undefined } : read(answer)

  const mismatch = (id: string, version: number) => ({
    status: 412,
    body: expect.objectContaining({
      type: '/problems/version-mismatch',
      [kind]: expect.objectContaining({ id, version }),
    }),
  })

  test('is not removed again by a late duplicate', async ({ server }) => {
    const { id, isShown, change } = await prepare(server)
    expect((await change('remove', 1)).status).toBe(204)
    expect((await change('restore', 2)).status).toBe(200)
    expect(await change('remove', 1)).toEqual(mismatch(id, 3))
    expect(await isShown()).toBe(true)
    expect((await change('remove', 3)).status).toBe(204)
    expect(await isShown()).toBe(false)
  })

  test('is not restored again by a late duplicate', async ({ server }) => {
    const { id, isShown, change } = await prepare(server)
    await change('remove', 1)
    await change('restore', 2)
    await change('remove', 3)
    expect(await change('restore', 2)).toEqual(mismatch(id, 4))
    expect(await isShown()).toBe(false)
    expect((await change('restore', 4)).status).toBe(200)
    expect(await isShown()).toBe(true)
  })

  test('answers a repeated request like the first', async ({ server }) => {
    const { isShown, change } = await prepare(server)
    const statuses: number[] = []
    for (const [request, version] of [
      ['remove', 1],
      ['remove', 1],
      ['restore', 2],
      ['restore', 2],
    ] as const) {
      statuses.push((await change(request, version)).status)
    }
    expect(statuses).toEqual([204, 204, 200, 200])
    expect(await isShown()).toBe(true)
  })

  test('is not removed if someone else has changed it', async ({ server }) => {
    const { id, path, isShown, change } = await prepare(server)
    await server.send(`PATCH ${path}`, { body: { title: 'Other' }, headers: ifMatch })
    expect(await change('remove', 1)).toEqual(mismatch(id, 2))
    expect(await isShown()).toBe(true)
  })

  test('needs a valid version', async ({ server }) => {
    const { path } = await prepare(server)
    const headers = { 'if-match': 'W/"1"' }
    const answers = [
      await server.send(`DELETE ${path}`, { headers }),
      await server.send(`POST ${path}/restore`, { headers }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400])
  })
})

test('a chapter or course that never existed can’t be restored', async ({ server }) => {
  const answers = [
    await server.send(`POST /api/chapters/${uuid()}/restore`),
    await server.send(`POST /api/courses/${uuid()}/restore`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404])
})
