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

/** Every request that needs the chapter. */
const uses = ({ chapter, video, elsewhere, link }: Stage) =>
  [
    [`GET /api/chapters/${chapter.id}/videos`],
    [`PATCH /api/chapters/${chapter.id}`, { title: 'x' }],
    [`PUT /api/chapters/${chapter.id}/videos/${uuid()}`, link],
    [`PUT /api/chapters/${chapter.id}/videos/${video.id}`, link],
    [`POST /api/chapters/${chapter.id}/videos/batch`, { videos: [{ id: uuid(), ...link }] }],
    [`PATCH /api/videos/${video.id}`, { filename: 'x.mp4' }],
    [`PATCH /api/videos/${video.id}`, { position: 'b01' }],
    [`PATCH /api/videos/${elsewhere.id}`, { chapterId: chapter.id, position: 'b01' }],
    [`POST /api/videos/${video.id}/restore`],
  ] as const

const answersTo = async (server: TestServer, requests: ReturnType<typeof uses>) => {
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
  test('answers 410 to all that needs it, and names itself', async ({ server }) => {
    const staged = await stage(server)
    await server.send(`DELETE /api/chapters/${staged.chapter.id}`)
    const requests = uses(staged)
    expect(await answersTo(server, requests)).toEqual(
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

  test('comes back as it was, with its videos, however often it is asked', async ({ server }) => {
    const staged = await stage(server)
    const { chapter, other, video, elsewhere, link } = staged
    const before = await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))
    for (const _ of ['once', 'again']) await server.send(`DELETE /api/chapters/${chapter.id}`)
    for (const _ of ['once', 'again']) {
      const restored = await server.send(`POST /api/chapters/${chapter.id}/restore`)
      expect(restored.headers.get('etag')).toBe('"1"')
      expect(await read(restored)).toEqual({ status: 200, body: chapter })
    }
    expect(await read(await server.send(`GET /api/chapters/${chapter.id}/videos`))).toEqual(before)
    const course = await (await server.send(`GET /api/courses/${chapter.courseId}`)).json()
    expect(course.chapters).toEqual([chapter, other].map((one) => expect.objectContaining(one)))
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

  test('keeps its place: one that is added meanwhile stands behind it', async ({ server }) => {
    const [first, last] = await server.addChapters('One', 'Two')
    const path = `/api/courses/${first?.courseId}`
    await server.send(`DELETE /api/chapters/${last?.id}`)
    await server.send(`POST ${path}/chapters`, { body: { title: 'Three' } })
    await server.send(`POST /api/chapters/${last?.id}/restore`)
    const { chapters } = await (await server.send(`GET ${path}`)).json()
    expect(chapters.map(({ title }: { title: string }) => title)).toEqual(['One', 'Two', 'Three'])
  })

  test('does not keep its videos from being removed', async ({ server }) => {
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

describe('a removed course', () => {
  test('answers 410 to all that needs it or its chapters', async ({ server }) => {
    const staged = await stage(server)
    const { chapter, other } = staged
    const courseId = chapter.courseId
    await server.send(`DELETE /api/chapters/${other.id}`)
    await server.send(`DELETE /api/courses/${courseId}`)
    const course = { id: courseId, title: 'A course' }
    const requests = [
      ...uses(staged).filter(([route]) => !route.includes(staged.elsewhere.id)),
      [`GET /api/courses/${courseId}`],
      [`PATCH /api/courses/${courseId}`, { title: 'x' }],
      [`POST /api/courses/${courseId}/chapters`, { title: 'x' }],
      [`POST /api/chapters/${chapter.id}/restore`],
      [`POST /api/chapters/${other.id}/restore`],
    ] as const
    expect(await answersTo(server, requests as unknown as ReturnType<typeof uses>)).toEqual(
      requests.map(() => removed('course', course)),
    )
    expect(await read(await server.send('GET /api/courses'))).toEqual({
      status: 200,
      body: { courses: [] },
    })
  })

  test('comes back with the chapters that it had', async ({ server }) => {
    const { chapter, other } = await stage(server)
    const path = `/api/courses/${chapter.courseId}`
    await server.send(`DELETE /api/chapters/${other.id}`)
    const before = await read(await server.send(`GET ${path}`))
    for (const _ of ['once', 'again']) await server.send(`DELETE ${path}`)
    for (const _ of ['once', 'again']) {
      const restored = await server.send(`POST ${path}/restore`)
      expect(restored.headers.get('etag')).toBe('"1"')
      expect(await read(restored)).toEqual(before)
    }
    expect((await server.send(`GET /api/chapters/${chapter.id}/videos`)).status).toBe(200)
  })
})

test('what never was can’t be restored', async ({ server }) => {
  const answers = [
    await server.send(`POST /api/chapters/${uuid()}/restore`),
    await server.send(`POST /api/courses/${uuid()}/restore`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404])
})
