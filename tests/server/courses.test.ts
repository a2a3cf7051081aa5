import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const nowhere = '00000000-0000-4000-8000-000000000000'

/** The totals that a course adds to a chapter without videos. */
const empty = { videoCount: 0, durationSeconds: 0 }

describe('courses', () => {
  test('are created, listed newest first, read, renamed and removed', async ({ server }) => {
    const created = await server.send('POST /api/courses', { body: { title: '  Drawing ' } })
    expect(created.status).toBe(201)
    const course = await created.json()
    expect(course).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      title: 'Drawing',
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      chapters: [],
    })

    const renamed = await server.send(`PATCH /api/courses/${course.id}`, {
      body: { title: 'Painting' },
      headers: { 'if-match': '"1"' },
    })
    expect(renamed.headers.get('etag')).toBe('"2"')
    expect(await renamed.json()).toEqual({ ...course, title: 'Painting', version: 2 })
    const read = await server.send(`GET /api/courses/${course.id}`)
    expect(await read.json()).toEqual({ ...course, title: 'Painting', version: 2 })

    const second = await (
      await server.send('POST /api/courses', { body: { title: 'Second' } })
    ).json()
    const list = await (await server.send('GET /api/courses')).json()
    expect(list.courses.map(({ id }: { id: string }) => id)).toEqual([second.id, course.id])

    for (const _ of ['once', 'again']) {
      const removed = await server.send(`DELETE /api/courses/${course.id}`)
      expect(removed.status).toBe(204)
    }
    const after = await (await server.send('GET /api/courses')).json()
    expect(after).toEqual({ courses: [list.courses[0]] })
  })

  test('count their chapters and the videos that have not been removed', async ({ server }) => {
    const [first, second] = await server.addChapters('One', 'Two')
    if (!first || !second) throw new Error('no chapters')
    const assets = await server.addAssets(['a.mp4', 'b.mp4'])
    const [removed] = await server.addVideos(first.id, assets)
    await server.addVideos(second.id, assets)
    await server.send(`DELETE /api/videos/${removed?.id}`)

    const { courses } = await (await server.send('GET /api/courses')).json()
    expect(courses).toEqual([
      expect.objectContaining({ id: first.courseId, chapterCount: 2, videoCount: 3 }),
    ])
  })
})

describe('a copy of a course', () => {
  const copyId = '01900000-0000-7000-8000-0000000000d9'

  /** A course with two chapters, of which one is empty; some videos and a chapter are removed. */
  async function setUp(server: TestServer) {
    const [light, empty, gone] = await server.addChapters('Light', 'Empty', 'Gone')
    if (!light || !empty || !gone) throw new Error('no chapters')
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    const [, second, third] = await server.addVideos(light.id, assets)
    await server.send(`DELETE /api/videos/${second?.id}`)
    await server.send(`PATCH /api/videos/${third?.id}`, {
      body: { filename: 'Renamed' },
      headers: { 'if-match': '"1"' },
    })
    await server.send(`DELETE /api/chapters/${gone.id}`)
    const copy = (body = {}) =>
      server.send('POST /api/courses', {
        body: { id: copyId, title: 'Copy', copyOf: light.courseId, ...body },
      })
    return { light, empty, copy }
  }

  test('has its chapters and videos, in order, under ids of their own', async ({ server }) => {
    const { light, empty, copy } = await setUp(server)
    const created = await copy()
    expect(created.status).toBe(201)
    const course = await created.json()
    const [first, second, ...others] = course.chapters
    expect(course).toMatchObject({ id: copyId, title: 'Copy', version: 1 })
    expect(others).toEqual([])
    expect(first).toMatchObject({ title: 'Light', position: light.position, videoCount: 2 })
    expect(second).toMatchObject({ title: 'Empty', position: empty.position, videoCount: 0 })
    expect([light.id, empty.id]).not.toContain(first.id)
    expect(await server.filenames(first.id)).toEqual(['a.mp4', 'Renamed'])
    expect(await server.filenames(light.id)).toEqual(await server.filenames(first.id))
    const { videos } = await (await server.send(`GET /api/chapters/${first.id}/videos`)).json()
    expect(videos[1]).toMatchObject({ filename: 'Renamed', version: 1, revision: 0 })
  })

  test('is created once, whatever becomes of the original', async ({ server }) => {
    const { light, copy } = await setUp(server)
    const course = await (await copy()).json()
    await server.send(`DELETE /api/courses/${light.courseId}`)
    const repeated = await copy()
    expect(repeated.status).toBe(200)
    expect(await repeated.json()).toEqual(course)
    for (const other of [{ title: 'Other' }, { copyOf: undefined }, { copyOf: nowhere }]) {
      expect((await copy(other)).status).toBe(422)
    }
    const { courses } = await (await server.send('GET /api/courses')).json()
    expect(courses).toMatchObject([{ id: copyId, chapterCount: 2, videoCount: 2 }])
  })

  test('needs a course that exists', async ({ server }) => {
    const { light, copy } = await setUp(server)
    expect((await copy({ copyOf: nowhere })).status).toBe(404)
    await server.send(`DELETE /api/courses/${light.courseId}`)
    expect((await copy()).status).toBe(410)
    expect((await server.send(`GET /api/courses/${copyId}`)).status).toBe(404)
  })
})

describe('chapters', () => {
  test('come with the number and total duration of their videos when a course is read', async ({
    server,
  }) => {
    const [first, second, third] = await server.addChapters('One', 'Two', 'Three')
    if (!first || !second || !third) throw new Error('no chapters')
    const short = await server.addAssets(['a.mp4', 'b.mp4'], { durationSeconds: 1.5 })
    const long = await server.addAssets(['c.mp4'], { durationSeconds: 3600 })
    const [removed] = await server.addVideos(first.id, [...short, ...long])
    await server.addVideos(second.id, short)
    await server.send(`DELETE /api/videos/${removed?.id}`)
    // Leaves a tombstone without an asset.
    await server.send(`DELETE /api/videos/${nowhere}`)

    const read = await server.send(`GET /api/courses/${first.courseId}`)
    expect((await read.json()).chapters).toEqual([
      { ...first, videoCount: 2, durationSeconds: 3601.5 },
      { ...second, videoCount: 2, durationSeconds: 3 },
      { ...third, videoCount: 0, durationSeconds: 0 },
    ])
  })

  test('keep the order in which they were added, even when added at once', async ({ server }) => {
    const course = await server.addCourse()
    const titles = ['One', 'Two', 'Three', 'Four']
    const answers = await Promise.all(
      titles.map((title) =>
        server.send(`POST /api/courses/${course.id}/chapters`, { body: { title } }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    const made = await Promise.all(answers.map((answer) => answer.json()))
    expect(new Set(made.map(({ position }) => position)).size).toBe(4)

    const { chapters } = await (await server.send(`GET /api/courses/${course.id}`)).json()
    expect(chapters).toEqual(
      made
        .toSorted((a, b) => (a.position < b.position ? -1 : 1))
        .map((chapter) => ({ ...chapter, ...empty })),
    )
  })

  test('are renamed, moved and removed', async ({ server }) => {
    const [first, second] = await server.addChapters('One', 'Two')
    const moved = await server.send(`PATCH /api/chapters/${first?.id}`, {
      body: { title: 'Uno', position: 'a9' },
      headers: { 'if-match': '"1"' },
    })
    expect(moved.headers.get('etag')).toBe('"2"')
    expect(await moved.json()).toEqual({ ...first, title: 'Uno', position: 'a9', version: 2 })

    const path = `/api/courses/${first?.courseId}`
    const { chapters } = await (await server.send(`GET ${path}`)).json()
    expect(chapters).toEqual([
      { ...second, ...empty },
      { ...first, title: 'Uno', position: 'a9', version: 2, ...empty },
    ])

    for (const _ of ['once', 'again']) {
      expect((await server.send(`DELETE /api/chapters/${first?.id}`)).status).toBe(204)
    }
    const after = await (await server.send(`GET ${path}`)).json()
    expect(after.chapters).toEqual([{ ...second, ...empty }])
  })

  test('need a course, and a change needs something to change', async ({ server }) => {
    const answers = [
      await server.send(`POST /api/courses/${nowhere}/chapters`, { body: { title: 'x' } }),
      await server.send(`PATCH /api/chapters/${nowhere}`, { body: { title: 'x' } }),
      await server.send(`PATCH /api/courses/${nowhere}`, { body: { title: 'x' } }),
      await server.send(`GET /api/courses/${nowhere}`),
      await server.send(`PATCH /api/chapters/${nowhere}`, { body: {} }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 400])
  })
})
