import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const [mine, theirs] = [crypto.randomUUID(), crypto.randomUUID()]

type RequestOptions = { revision?: number; page?: string; ifMatch?: number; body?: unknown }

async function send(server: TestServer, route: string, options: RequestOptions = {}) {
  const { revision, page = mine, ifMatch, body } = options
  const answer = await server.send(route, {
    body,
    headers: {
      ...(revision !== undefined && { 'lectern-revision': `${revision}`, 'lectern-page': page }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    },
  })
  const text = await answer.text()
  return [answer.status, ...(text === '' ? [] : [JSON.parse(text)])]
}

/** Links a video in a new chapter, and returns the requests that tests send about it. */
async function linkOne(server: TestServer) {
  const [chapter, other] = await server.addChapters('One', 'Two')
  const assets = await server.addAssets(['a.mp4', 'b.mp4'])
  if (!chapter || !other) throw new Error('no chapter')
  const [row] = await server.addVideos(chapter.id, assets.slice(0, 1))
  if (!row) throw new Error('no video')
  const { id, chapterId, mediaId, filename, position } = row
  const place = { id, chapterId, mediaId, filename, position }
  const video = { ...place, version: 1, revision: 0, durationSeconds: 12.5 }
  return { ...requestsFor(server, id, chapter.id), video, assets, chapterId, otherId: other.id }
}

const requestsFor = (server: TestServer, id: string, chapterId: string) => ({
  remove: (options?: RequestOptions) => send(server, `DELETE /api/videos/${id}`, options),
  restore: (options?: RequestOptions) => send(server, `POST /api/videos/${id}/restore`, options),
  rename: (filename: string, options: RequestOptions) =>
    send(server, `PATCH /api/videos/${id}`, { ...options, body: { filename } }),
  link: (content: object) =>
    send(server, `PUT /api/chapters/${chapterId}/videos/${id}`, { body: content }),
  list: async () => {
    const [, { videos }] = await send(server, `GET /api/chapters/${chapterId}/videos`)
    return videos
  },
})

const stale = (current: object) => [
  409,
  {
    type: '/problems/stale-revision',
    title: 'A later change was applied first',
    status: 409,
    detail: expect.any(String),
    current,
  },
]

describe('a change that is delivered again', () => {
  test('changes nothing if it is a removal that has since been undone', async ({ server }) => {
    const { remove, restore, list, video } = await linkOne(server)
    expect(await remove({ revision: 1 })).toEqual([204])
    const back = { ...video, version: 2, revision: 2 }
    expect(await restore({ revision: 2 })).toEqual([200, back])
    expect(await remove({ revision: 1 })).toEqual(
      stale({ status: 'linked', video: back, revision: 2 }),
    )
    expect(await list()).toEqual([back])
  })

  test('is answered like the first time and changes nothing', async ({ server }) => {
    const { remove, restore, rename, list, video } = await linkOne(server)
    const renamed = { ...video, filename: 'New.mp4', version: 2, revision: 1 }
    for (const _ of ['once', 'again']) {
      expect(await rename('New.mp4', { revision: 1, ifMatch: 1 })).toEqual([200, renamed])
    }
    for (const _ of ['once', 'again']) expect(await remove({ revision: 2 })).toEqual([204])
    for (const _ of ['once', 'again']) {
      expect(await restore({ revision: 3 })).toEqual([200, { ...renamed, version: 3, revision: 3 }])
    }
    expect(await list()).toEqual([{ ...renamed, version: 3, revision: 3 }])
  })

  test('is stale if it is a rename that was overtaken', async ({ server }) => {
    const { rename, video } = await linkOne(server)
    await rename('One.mp4', { revision: 1, ifMatch: 1 })
    await rename('Two.mp4', { revision: 2, ifMatch: 2 })
    const now = { ...video, filename: 'Two.mp4', version: 3, revision: 2 }
    expect(await rename('One.mp4', { revision: 1, ifMatch: 3 })).toEqual(
      stale({ status: 'linked', video: now, revision: 2 }),
    )
  })
})

describe('the changes of two pages', () => {
  test('with the same revision are not taken for duplicates of each other', async ({ server }) => {
    const { remove, restore, video } = await linkOne(server)
    await remove({ revision: 1 })
    const removed = { ...video, revision: 1 }
    expect(await restore({ revision: 1, page: theirs })).toEqual(
      stale({ status: 'removed', video: removed, revision: 1 }),
    )
    expect(await restore({ revision: 2, page: theirs })).toEqual([
      200,
      { ...video, version: 2, revision: 2 },
    ])
    expect(await remove({ revision: 2 })).toEqual(
      stale({ status: 'linked', video: { ...video, version: 2, revision: 2 }, revision: 2 }),
    )
  })

  test('sent at once with the same revision are applied only once', async ({ server }) => {
    const { rename, list, video } = await linkOne(server)
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        rename(`${index}.mp4`, { revision: 1, page: crypto.randomUUID(), ifMatch: 1 }),
      ),
    )
    expect(answers.map(([status]) => status).sort()).toEqual([200, ...Array(5).fill(409)])
    const [, winner] = answers.find(([status]) => status === 200) ?? []
    expect(winner).toEqual({ ...video, filename: expect.any(String), version: 2, revision: 1 })
    expect(await list()).toEqual([winner])
  })

  test('sent at once end with the one of the highest revision', async ({ server }) => {
    const { remove, restore, list, video } = await linkOne(server)
    const removals = [1, 3, 5, 7].flatMap((revision) => [
      () => remove({ revision, page: crypto.randomUUID() }),
      () => restore({ revision: revision + 1, page: crypto.randomUUID() }),
    ])
    await Promise.all(removals.toReversed().map((send) => send()))
    expect(await list()).toEqual([{ ...video, version: expect.any(Number), revision: 8 }])
  })
})

describe('a change without a revision', () => {
  test('is applied as it arrives and takes the next revision', async ({ server }) => {
    const { remove, restore, rename, video } = await linkOne(server)
    await remove({ revision: 4 })
    const back = { ...video, version: 2, revision: 5 }
    expect(await restore()).toEqual([200, back])
    // Nothing changes, so the revision stays.
    expect(await restore()).toEqual([200, back])
    const renamed = { ...back, filename: 'x.mp4', version: 3, revision: 6 }
    expect(await rename('x.mp4', { ifMatch: 2 })).toEqual([200, renamed])
    expect(await remove()).toEqual([204])
    expect(await remove()).toEqual([204])
    expect(await restore()).toEqual([200, { ...renamed, version: 4, revision: 8 }])
    // It belongs to no page, so no page's request can be its duplicate.
    expect(await remove({ revision: 8 })).toEqual(
      stale({ status: 'linked', video: { ...renamed, version: 4, revision: 8 }, revision: 8 }),
    )
  })

  test('one header without the other is refused, and so are invalid ones', async ({ server }) => {
    const { video } = await linkOne(server)
    const wrong: Record<string, string>[] = [
      { 'lectern-revision': '1' },
      { 'lectern-page': mine },
      ...['0', '-1', '1.5', 'x', '1234567890'].map((revision) => ({
        'lectern-revision': revision,
        'lectern-page': mine,
      })),
      { 'lectern-revision': '1', 'lectern-page': 'me' },
    ]
    for (const headers of wrong) {
      for (const route of [
        `DELETE /api/videos/${video.id}`,
        `POST /api/videos/${video.id}/restore`,
      ]) {
        const answer = await server.send(route, { headers })
        expect([answer.status, await answer.json()]).toEqual([
          400,
          expect.objectContaining({ type: '/problems/invalid-request' }),
        ])
      }
    }
  })
})

describe('a restoration', () => {
  test('of a linked video raises the revision but not the version', async ({ server }) => {
    const { restore, remove, video } = await linkOne(server)
    expect(await restore({ revision: 2 })).toEqual([200, { ...video, revision: 2 }])
    expect(await remove({ revision: 1 })).toEqual(
      stale({ status: 'linked', video: { ...video, revision: 2 }, revision: 2 }),
    )
  })

  test('changes nothing if the asset is in the chapter again', async ({ server }) => {
    const { restore, remove, video, assets } = await linkOne(server)
    await remove({ revision: 1 })
    const [other] = await server.addVideos(video.chapterId, assets.slice(0, 1))
    expect(await restore({ revision: 2 })).toEqual([
      409,
      expect.objectContaining({ type: '/problems/asset-already-linked' }),
    ])
    await server.send(`DELETE /api/videos/${other?.id}`)
    expect(await restore({ revision: 2 })).toEqual([200, { ...video, version: 2, revision: 2 }])
  })
})

describe('an id that was never linked', () => {
  async function chooseId(server: TestServer) {
    const { assets, chapterId, video } = await linkOne(server)
    const id = crypto.randomUUID()
    const content = { mediaId: assets[1]?.id, filename: 'b.mp4', position: 'a1' }
    const linked = { id, chapterId, ...content, version: 1, durationSeconds: 12.5 }
    return { ...requestsFor(server, id, chapterId), id, content, linked, video, assets }
  }
  const removed = (revision: number) => [
    410,
    expect.objectContaining({ type: '/problems/removed', revision }),
  ]

  test('can be linked again after its removal is undone, and keeps the revision', async ({
    server,
  }) => {
    const { remove, restore, rename, link, list, content, linked, video } = await chooseId(server)
    expect(await remove({ revision: 1 })).toEqual([204])
    expect(await link(content)).toEqual(removed(1))
    expect(await rename('x.mp4', { revision: 2, ifMatch: 1 })).toEqual(removed(1))
    expect(await restore({ revision: 2 })).toEqual([204])
    expect(await restore({ revision: 2 })).toEqual([204])
    expect(await remove({ revision: 1 })).toEqual(
      stale({ status: 'vacant', video: null, revision: 2 }),
    )
    expect((await rename('x.mp4', { revision: 3, ifMatch: 1 }))[0]).toBe(404)
    const now = { ...linked, revision: 2 }
    expect(await link(content)).toEqual([201, now])
    expect(await link(content)).toEqual([200, now])
    expect(await list()).toEqual([video, now])
  })

  test('is vacant if its restoration arrives first, and its removal is then stale', async ({
    server,
  }) => {
    const { remove, restore, link, content, linked } = await chooseId(server)
    expect((await restore())[0]).toBe(404)
    expect(await restore({ revision: 2 })).toEqual([204])
    expect(await remove({ revision: 1 })).toEqual(
      stale({ status: 'vacant', video: null, revision: 2 }),
    )
    expect(await link(content)).toEqual([201, { ...linked, revision: 2 }])
  })

  test('is a tombstone for late requests, and for a page without revisions', async ({ server }) => {
    const { remove, restore, link, content, linked } = await chooseId(server)
    expect(await remove()).toEqual([204])
    expect(await link(content)).toEqual(removed(1))
    expect(await remove({ revision: 1 })).toEqual(
      stale({ status: 'removed', video: null, revision: 1 }),
    )
    expect(await restore()).toEqual([204])
    expect(await restore()).toEqual([204])
    expect(await remove()).toEqual([204])
    expect(await link(content)).toEqual(removed(3))
    expect(await restore()).toEqual([204])
    expect(await link(content)).toEqual([201, { ...linked, revision: 4 }])
  })

  test('stays vacant when its link is refused, and can then be linked in a batch', async ({
    server,
  }) => {
    const { restore, id, content, linked, video, assets } = await chooseId(server)
    await restore({ revision: 3 })
    const second = requestsFor(server, crypto.randomUUID(), video.chapterId)
    await second.restore({ revision: 1 })
    const batch = async (videos: object[]) => {
      const route = `POST /api/chapters/${video.chapterId}/videos/batch`
      const answer = await server.send(route, { body: { videos } })
      const lines = (await answer.text()).trimEnd().split('\n')
      return lines.map((line) => JSON.parse(line)).map(({ status, video }) => [status, video])
    }
    expect(await batch([{ ...content, id, mediaId: crypto.randomUUID() }])).toEqual([
      [422, undefined],
      [undefined, undefined],
    ])
    expect(await batch([{ ...content, id, mediaId: video.mediaId }])).toEqual([
      [409, undefined],
      [undefined, undefined],
    ])
    const [fresh] = await server.addAssets(['c.mp4'])
    const other = { id: crypto.randomUUID(), mediaId: fresh?.id, filename: 'c.mp4', position: 'a2' }
    const lines = await batch([{ ...content, id }, { ...content, id }, other])
    expect(lines.map(([status]) => status)).toEqual([201, 200, 201, undefined])
    expect(lines[0]).toEqual([201, { ...linked, revision: 3 }])
    expect(assets).toHaveLength(2)
  })

  test('is linked once by concurrent links', async ({ server }) => {
    const { restore, link, list, content, linked, video } = await chooseId(server)
    await restore({ revision: 1 })
    const answers = await Promise.all(Array.from({ length: 4 }, () => link(content)))
    expect(answers.map(([status]) => status).sort()).toEqual([200, 200, 200, 201])
    expect(await list()).toEqual([video, { ...linked, revision: 1 }])
  })
})
