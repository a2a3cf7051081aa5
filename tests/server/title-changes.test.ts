import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const uuid = () => crypto.randomUUID()

const read = async (answer: Response) => ({ status: answer.status, body: await answer.json() })

const readProblem = async (answer: Response) => [answer.status, (await answer.json()).type]

/** The same tests hold for courses and chapters. */
const subjects = [
  {
    name: 'course',
    add: async (server: TestServer) => server.addCourse('Painting'),
    collection: async (_: TestServer) => '/api/courses',
  },
  {
    name: 'chapter',
    add: async (server: TestServer) => {
      const [chapter] = await server.addChapters('Painting')
      if (!chapter) throw new Error('no chapter')
      return chapter
    },
    collection: async (server: TestServer) =>
      `/api/courses/${(await server.addCourse()).id}/chapters`,
  },
] as const

describe.for(subjects)('a $name that is created', ({ name, collection }) => {
  test('again under its id is the same', async ({ server }) => {
    const path = await collection(server)
    const body = { id: uuid(), title: 'Painting' }
    const first = await server.send(`POST ${path}`, { body })
    expect(first.headers.get('etag')).toBe('"1"')
    const created = await read(first)
    expect(created).toEqual({
      status: 201,
      body: expect.objectContaining({ ...body, version: 1 }),
    })
    expect(await read(await server.send(`POST ${path}`, { body }))).toEqual({
      ...created,
      status: 200,
    })

    const renamed = await server.send(`PATCH /api/${name}s/${body.id}`, {
      body: { title: 'Drawing' },
      headers: { 'if-match': '"1"' },
    })
    const late = await server.send(`POST ${path}`, { body })
    expect(late.headers.get('etag')).toBe('"2"')
    expect(await read(late)).toEqual({ status: 200, body: await renamed.json() })
  })

  test('by many requests at once under one id is created once', async ({ server }) => {
    const path = await collection(server)
    const body = { id: uuid(), title: 'Painting' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => server.send(`POST ${path}`, { body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
  })

  test('under the id of another is refused', async ({ server }) => {
    const path = await collection(server)
    const id = uuid()
    await server.send(`POST ${path}`, { body: { id, title: 'Painting' } })
    const other = await server.send(`POST ${path}`, { body: { id, title: 'Drawing' } })
    expect(await readProblem(other)).toEqual([422, '/problems/id-reused'])
    const malformed = await server.send(`POST ${path}`, { body: { id: 'x', title: 'x' } })
    expect(await readProblem(malformed)).toEqual([400, '/problems/invalid-request'])
  })

  test('after its removal stays removed', async ({ server }) => {
    const path = await collection(server)
    const body = { id: uuid(), title: 'Painting' }
    await server.send(`POST ${path}`, { body })
    await server.send(`DELETE /api/${name}s/${body.id}`)
    expect(await readProblem(await server.send(`POST ${path}`, { body }))).toEqual([
      410,
      `/problems/${name}-removed`,
    ])
  })
})

test('a chapter under the id of another course’s chapter is refused', async ({ server }) => {
  const [chapter] = await server.addChapters('Painting')
  const other = await server.addCourse()
  const answer = await server.send(`POST /api/courses/${other.id}/chapters`, {
    body: { id: chapter?.id, title: 'Painting' },
  })
  expect(await readProblem(answer)).toEqual([422, '/problems/id-reused'])
})

describe.for(subjects)('a change to a $name', ({ name, add }) => {
  test('has to name the version that it is based on', async ({ server }) => {
    const { id } = await add(server)
    const patch = (title: string, ifMatch?: string) =>
      server.send(`PATCH /api/${name}s/${id}`, {
        body: { title },
        headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      })
    expect(await readProblem(await patch('Drawing'))).toEqual([428, '/problems/version-required'])
    expect(await readProblem(await patch('Drawing', '1'))).toEqual([
      400,
      '/problems/invalid-request',
    ])
    const changed = await read(await patch('Drawing', '"1"'))
    expect(changed).toEqual({
      status: 200,
      body: expect.objectContaining({ id, title: 'Drawing', version: 2 }),
    })
    expect(await read(await patch('Sculpting', '"1"'))).toEqual({
      status: 412,
      body: {
        type: '/problems/version-mismatch',
        title: 'It has changed in the meantime',
        status: 412,
        detail: `The ${name} has changed in the meantime.`,
        [name]: changed.body,
      },
    })
  })

  test('that changes nothing makes no new version', async ({ server }) => {
    const { id, title } = await add(server)
    const answer = await server.send(`PATCH /api/${name}s/${id}`, {
      body: { title },
      headers: { 'if-match': '"1"' },
    })
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(await read(answer)).toEqual({
      status: 200,
      body: expect.objectContaining({ id, title, version: 1 }),
    })
  })

  test('that is sent twice at once succeeds once', async ({ server }) => {
    const { id } = await add(server)
    const answers = await Promise.all(
      ['One', 'Two'].map((title) =>
        server.send(`PATCH /api/${name}s/${id}`, {
          body: { title },
          headers: { 'if-match': '"1"' },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  })
})
