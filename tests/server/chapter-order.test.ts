import { generateNKeysBetween } from 'fractional-indexing'
import { describe, expect } from 'vitest'
import type { Chapter } from '#contract/chapters.ts'
import { chapters } from '#server/db/schema.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

// Ids sort by their index.
const run = crypto.randomUUID().slice(0, 8)
const uuid = (index: number) => `${run}-0000-4000-8000-${String(index).padStart(12, '0')}`

/** Creates a course with chapters A, B, C … at these positions. */
async function place(server: TestServer, positions: readonly string[]) {
  const { id: courseId } = await server.addCourse()
  const rows = positions.map((position, index) => ({
    id: uuid(index),
    courseId,
    title: String.fromCharCode(65 + index),
    position,
  }))
  await server.database.insert(chapters).values(rows)

  const list = async (): Promise<Chapter[]> => {
    const { chapters } = await (await server.send(`GET /api/courses/${courseId}`)).json()
    // A course adds counts of videos to its chapters, which a chapter's own response lacks.
    return chapters.map(({ videoCount, durationSeconds, ...chapter }: Chapter) => chapter)
  }
  const find = async (title: string) => {
    const chapter = (await list()).find((candidate) => candidate.title === title)
    if (!chapter) throw new Error(`no chapter ${title}`)
    return chapter
  }
  const readId = async (title: string | null | undefined) =>
    typeof title === 'string' ? (await find(title)).id : title
  return {
    list,
    find,
    order: async () => (await list()).map(({ title }) => title).join(''),
    versions: async () =>
      Object.fromEntries((await list()).map(({ title, version }) => [title, version])),
    async move(title: string, position: string, after?: string | null) {
      const { id, version } = await find(title)
      const answer = await server.send(`PATCH /api/chapters/${id}`, {
        body: { position, after: await readId(after) },
        headers: { 'if-match': `"${version}"` },
      })
      return { status: answer.status, body: await answer.json() }
    },
    async create(body: { id?: string; title: string; position?: string; after?: string | null }) {
      const answer = await server.send(`POST /api/courses/${courseId}/chapters`, {
        body: { ...body, after: await readId(body.after) },
      })
      return { status: answer.status, body: await answer.json() }
    },
  }
}

describe('a chapter that is moved', () => {
  test('between two neighbours leaves them as they are', async ({ server }) => {
    const { move, order, versions, find } = await place(server, ['a0', 'a1', 'a2'])
    expect(await move('C', 'a0V', 'A')).toEqual({ status: 200, body: await find('C') })
    expect((await find('C')).position).toBe('a0V')
    expect(await order()).toBe('ACB')
    expect(await versions()).toEqual({ A: 1, B: 1, C: 2 })
  })

  test('between two with the same position gives new positions to as few as possible', async ({
    server,
  }) => {
    const { move, order, versions, find, list } = await place(server, ['a0', 'a0', 'a0', 'a1'])
    expect(await move('D', 'a0', 'A')).toEqual({ status: 200, body: await find('D') })
    expect(await order()).toBe('ADBC')
    expect(await versions()).toEqual({ A: 2, D: 2, B: 1, C: 1 })
    const positions = (await list()).map(({ position }) => position)
    expect(positions.toSorted()).toEqual(positions)
  })

  test('to where it already is gets no new version', async ({ server }) => {
    const { move, versions } = await place(server, ['a0', 'a1'])
    expect(await move('B', 'a1', 'A')).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await versions()).toEqual({ A: 1, B: 1 })
  })

  test('keeps the place of a removed chapter among its neighbours', async ({ server }) => {
    const { move, find, order } = await place(server, ['a0', 'a0', 'a0', 'a0'])
    const { id } = await find('B')
    await server.send(`DELETE /api/chapters/${id}`)
    await move('D', 'a0', 'A')
    await server.send(`POST /api/chapters/${id}/restore`)
    expect(await order()).toBe('ADBC')
  })

  test('to a long position shortens the positions of its course', async ({ server }) => {
    const { move, order, list } = await place(server, ['a0', 'a1', 'a2'])
    const long = `a0${'V'.repeat(250)}`
    expect((await move('C', long, 'A')).status).toBe(200)
    expect(await order()).toBe('ACB')
    expect((await list()).map(({ position }) => position.length)).toEqual([2, 2, 2])
  })

  test('at the same time as others ends with one order', async ({ server }) => {
    const positions = generateNKeysBetween(null, null, 6)
    const { move, list } = await place(server, positions)
    const [before = '', behind = ''] = positions
    const moves = await Promise.all(['C', 'D', 'E', 'F'].map((title) => move(title, before, 'A')))
    expect(moves.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const chapters = await list()
    expect([chapters.at(0)?.title, chapters.at(-1)?.title]).toEqual(['A', 'B'])
    const places = chapters.map(({ position }) => position)
    expect(new Set(places).size).toBe(6)
    expect(places.every((position) => position <= behind)).toBe(true)
  })

  test('needs a position together with `after`', async ({ server }) => {
    const { find } = await place(server, ['a0', 'a1'])
    const [{ id }, { id: after }] = [await find('A'), await find('B')]
    const answer = await server.send(`PATCH /api/chapters/${id}`, {
      body: { after, title: 'x' },
      headers: { 'if-match': '"1"' },
    })
    const message = 'Send a position together with after'
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [{ path: 'body.position', message }] }),
    ])
  })

  test('needs a valid position', async ({ server }) => {
    const { move } = await place(server, ['a0'])
    const statuses: number[] = []
    for (const position of ['', 'a', 'a00', '-', `a0${'V'.repeat(255)}`]) {
      statuses.push((await move('A', position)).status)
    }
    expect(statuses).toEqual([400, 400, 400, 400, 400])
  })
})

describe('a chapter that is created at a place', () => {
  test('appears at that place', async ({ server }) => {
    const { create, order } = await place(server, ['a0', 'a1'])
    expect(await create({ title: 'X', position: 'a0V', after: 'A' })).toMatchObject({
      status: 201,
      body: { title: 'X', position: 'a0V', version: 1 },
    })
    expect(await order()).toBe('AXB')
  })

  test('between two with the same position makes room', async ({ server }) => {
    const { create, order, find } = await place(server, ['a0', 'a0'])
    const created = await create({ title: 'X', position: 'a0', after: 'A' })
    expect(await order()).toBe('AXB')
    expect(created).toEqual({ status: 201, body: await find('X') })
    expect(created.body.version).toBe(1)
  })

  test('is recognized when sent again, even after a move', async ({ server }) => {
    const { create, move, order, find } = await place(server, ['a0', 'a1'])
    const sent = { id: crypto.randomUUID(), title: 'X', position: 'a0V' }
    await create(sent)
    await move('X', 'a2')
    expect(await create(sent)).toEqual({ status: 200, body: await find('X') })
    expect(await order()).toBe('ABX')
  })

  test('at another place under the same id is refused', async ({ server }) => {
    const { create, order } = await place(server, ['a0', 'a1'])
    const id = crypto.randomUUID()
    await create({ id, title: 'X', position: 'a0V' })
    for (const body of [
      { id, title: 'X', position: 'a2' },
      { id, title: 'X' },
      { id, title: 'Y', position: 'a0V' },
    ]) {
      expect(await create(body)).toMatchObject({
        status: 422,
        body: { type: '/problems/id-reused' },
      })
    }
    expect(await order()).toBe('AXB')
  })

  test('needs a position together with `after`', async ({ server }) => {
    const { create } = await place(server, ['a0'])
    expect(await create({ title: 'X', after: 'A' })).toMatchObject({
      status: 400,
      body: {
        errors: [{ path: 'body.position', message: 'Send a position together with after' }],
      },
    })
  })
})
