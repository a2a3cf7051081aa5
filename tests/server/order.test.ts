import { generateNKeysBetween } from 'fractional-indexing'
import { describe, expect } from 'vitest'
import type { Video } from '#contract/videos.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

/** Creates a chapter with videos A, B, C … at these positions. */
async function place(server: TestServer, positions: readonly string[]) {
  const [chapter, other] = await server.addChapters('One', 'Two')
  if (!chapter || !other) throw new Error('no chapters')
  const names = positions.map((_, index) => String.fromCharCode(65 + index))
  const assets = await server.addAssets(names)
  const made = assets.map(({ id: mediaId, filename }, index) => ({
    id: uuid(index),
    body: { mediaId, filename, position: positions[index] },
  }))
  const link = ({ id, body }: (typeof made)[number]) =>
    server.send(`PUT /api/chapters/${chapter.id}/videos/${id}`, { body })
  for (const video of made) expect((await link(video)).status).toBe(201)

  const list = async (chapterId = chapter.id): Promise<Video[]> =>
    (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos
  const find = async (name: string) => {
    const video = (await list()).find(({ filename }) => filename === name)
    if (!video) throw new Error(`no video ${name}`)
    return video
  }
  return {
    chapterId: chapter.id,
    otherId: other.id,
    list,
    find,
    order: async () => (await list()).map(({ filename }) => filename).join(''),
    versions: async () =>
      Object.fromEntries((await list()).map(({ filename, version }) => [filename, version])),
    async move(name: string, position: string, after?: string | null) {
      const { id, version } = await find(name)
      const target = after ? (await find(after)).id : after
      const answer = await server.send(`PATCH /api/videos/${id}`, {
        body: { position, ...(target !== undefined && { after: target }) },
        headers: { 'if-match': `"${version}"` },
      })
      return [answer.status, await answer.json()]
    },
    add: async (position: string) => {
      const [asset] = await server.addAssets(['Z'])
      const body = { mediaId: asset?.id, filename: 'Z', position }
      const route = `PUT /api/chapters/${chapter.id}/videos/${crypto.randomUUID()}`
      const answer = await server.send(route, { body })
      return [answer.status, await answer.json()]
    },
  }
}

// Ids sort by their index. They are linked one by one, not as a batch.
const run = crypto.randomUUID().slice(0, 8)
const uuid = (index: number) => `${run}-0000-4000-8000-${String(index).padStart(12, '0')}`

describe('a move', () => {
  test('to a position between two neighbours leaves them as they are', async ({ server }) => {
    const { move, order, versions } = await place(server, ['a0', 'a1', 'a2'])
    const [status, video] = await move('C', 'a0V', 'A')
    expect([status, video.position, video.version]).toEqual([200, 'a0V', 2])
    expect(await order()).toBe('ACB')
    expect(await versions()).toEqual({ A: 1, B: 1, C: 2 })
  })

  test('between two with the same position gives new positions to as few as possible', async ({
    server,
  }) => {
    const { move, order, versions, list, find } = await place(server, ['a0', 'a0', 'a0', 'a1'])
    const [status, video] = await move('D', 'a0', 'A')
    expect(await order()).toBe('ADBC')
    expect([status, video]).toEqual([200, await find('D')])
    // There is room for two before A; after it, more videos would have to move.
    expect(await versions()).toEqual({ A: 2, D: 2, B: 1, C: 1 })
    const positions = (await list()).map(({ position }) => position)
    expect(positions.toSorted()).toEqual(positions)
    expect((await list()).map(({ revision }) => revision)).toEqual([0, 1, 0, 0])
  })

  test('to the front or the end goes past equal positions, too', async ({ server }) => {
    const { move, order } = await place(server, ['a0', 'a0', 'a0'])
    await move('C', 'a0', null)
    expect(await order()).toBe('CAB')
    await move('C', 'a0', 'B')
    expect(await order()).toBe('ABC')
    await move('A', 'a0', 'C')
    expect(await order()).toBe('BCA')
  })

  test('after a video that is not in the chapter goes to its position', async ({ server }) => {
    const { find, list, chapterId, otherId } = await place(server, ['a0', 'a0', 'a1'])
    const { id } = await find('C')
    const [away] = await server.addVideos(otherId, await server.addAssets(['X']))
    const gone = await find('B')
    await server.send(`DELETE /api/videos/${gone.id}`)
    for (const [index, after] of [away?.id, crypto.randomUUID(), gone.id, id].entries()) {
      const answer = await server.send(`PATCH /api/videos/${id}`, {
        body: { position: 'Zz', after },
        headers: { 'if-match': `"${index + 1}"` },
      })
      expect([answer.status, (await answer.json()).position]).toEqual([200, 'Zz'])
    }
    expect((await list(chapterId)).map(({ filename }) => filename)).toEqual(['C', 'A'])
  })

  test('to another chapter can name a video to follow there', async ({ server }) => {
    const { find, list, otherId } = await place(server, ['a0', 'a1'])
    const [first] = await server.addVideos(otherId, await server.addAssets(['X', 'Y']))
    const { id } = await find('B')
    const answer = await server.send(`PATCH /api/videos/${id}`, {
      body: { position: 'a5', after: first?.id, chapterId: otherId },
      headers: { 'if-match': '"1"' },
    })
    expect(answer.status).toBe(200)
    const names = (await list(otherId)).map(({ filename }) => filename)
    expect(names).toEqual(['X', 'B', 'Y'])
  })

  test('needs a position together with `after`', async ({ server }) => {
    const { find } = await place(server, ['a0', 'a1'])
    const [{ id }, before] = [await find('A'), await find('B')]
    const answer = await server.send(`PATCH /api/videos/${id}`, {
      body: { after: before.id, filename: 'x' },
      headers: { 'if-match': '"1"' },
    })
    const message = 'Send a position together with after'
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [{ path: 'body.position', message }] }),
    ])
  })

  test('keeps the place of a removed video among its neighbours', async ({ server }) => {
    const { move, find, order } = await place(server, ['a0', 'a0', 'a0', 'a0'])
    const { id } = await find('B')
    await server.send(`DELETE /api/videos/${id}`)
    await move('D', 'a0', 'A')
    await server.send(`POST /api/videos/${id}/restore`)
    expect(await order()).toBe('ADBC')
  })
})

describe('keys that have grown long', () => {
  const long = (length: number) => `a0${'V'.repeat(length - 2)}`

  test('are refused over 256 characters, like malformed keys', async ({ server }) => {
    const { add, move, order } = await place(server, ['a0', 'a1'])
    for (const position of [long(257), 'a00', '', 'a', '#', 'a0 ']) {
      expect((await add(position))[0]).toBe(400)
      expect((await move('A', position))[0]).toBe(400)
    }
    expect(await order()).toBe('AB')
  })

  test('are kept under 200 characters', async ({ server }) => {
    const { add, order, versions } = await place(server, ['a0', 'a1'])
    const [status, video] = await add(long(199))
    expect([status, video.position, video.version]).toEqual([201, long(199), 1])
    expect(await order()).toBe('AZB')
    expect(await versions()).toEqual({ A: 1, Z: 1, B: 1 })
  })

  test('of a link give new keys to the whole chapter, in order', async ({ server }) => {
    const { add, order, list, versions } = await place(server, ['a0', 'a1', 'a2'])
    const [status, video] = await add(long(200))
    expect(status).toBe(201)
    expect(await list()).toContainEqual(video)
    expect(await order()).toBe('AZBC')
    expect((await list()).map(({ position }) => position)).toEqual(['Zz', 'a0', 'a1', 'a2'])
    // B and C keep their positions.
    expect(await versions()).toEqual({ A: 2, Z: 2, B: 1, C: 1 })
  })

  test('of a link that is sent again still return the same link', async ({ server }) => {
    const { chapterId, list } = await place(server, ['a0'])
    const [asset] = await server.addAssets(['Z'])
    const body = { mediaId: asset?.id, filename: 'Z', position: long(256) }
    const route = `PUT /api/chapters/${chapterId}/videos/${crypto.randomUUID()}`
    const first = await server.send(route, { body })
    const again = await server.send(route, { body })
    const stored = (await list())[1]
    expect(stored?.position.length).toBeLessThan(200)
    expect([first.status, await first.json()]).toEqual([201, stored])
    expect([again.status, await again.json()]).toEqual([200, stored])
  })

  test('of a move give new keys to the whole chapter and keep the requested place', async ({
    server,
  }) => {
    const { move, order, list } = await place(server, ['a0', 'a1', 'a2'])
    const [status, video] = await move('C', long(256), null)
    expect(status).toBe(200)
    expect(await order()).toBe('CAB')
    expect(await list()).toContainEqual(video)
    expect(video.version).toBe(2)
    for (const { position } of await list()) expect(position.length).toBeLessThan(200)
  })

  test('leave room for any number of additions after them', async ({ server }) => {
    const { add, list } = await place(server, ['a0', long(199)])
    const last = 'z'.repeat(27)
    expect((await add(`${last}${'z'.repeat(256 - 27)}`))[0]).toBe(201)
    for (let round = 0; round < 3; round++) {
      const end = (await list()).at(-1)?.position ?? null
      const keys = generateNKeysBetween(end, null, 5)
      for (const key of keys) expect((await add(key))[0]).toBe(201)
    }
    const positions = (await list()).map(({ position }) => position)
    expect(positions).toHaveLength(18)
    for (const position of positions) expect(position.length).toBeLessThan(200)
  })

  test('are shortened in the middle, so that every move finds room between the same two', async ({
    server,
  }) => {
    const { move, order } = await place(server, ['a0', long(198), long(199)])
    for (const [name, after] of [
      ['C', 'A'],
      ['B', 'A'],
      ['C', 'A'],
    ] as const) {
      expect((await move(name, 'a0', after))[0]).toBe(200)
    }
    expect(await order()).toBe('ACB')
  })

  test('concurrent moves leave every video a place', async ({ server }) => {
    const { move, order } = await place(server, ['a0', 'a0', 'a0', 'a0', 'a0', 'a0'])
    const answers = await Promise.all([
      move('F', 'a0', 'A'),
      move('E', 'a0', 'B'),
      move('D', 'a0', null),
    ])
    // A video that was re-keyed meanwhile has a new version, and its page sends the move again.
    for (const [status] of answers) expect([200, 412]).toContain(status)
    expect((await order()).split('').sort().join('')).toBe('ABCDEF')
  })
})
