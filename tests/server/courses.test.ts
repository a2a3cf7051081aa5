import { describe, expect } from 'vitest'
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
