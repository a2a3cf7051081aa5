import { DrizzleQueryError, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { type Link, maxBatchSize } from '#contract/videos.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const uuid = () => crypto.randomUUID()

async function setUpChapter(server: TestServer, assetCount = 1) {
  const names = Array.from({ length: assetCount }, (_, index) => `Lesson ${index + 1}.mp4`)
  const assets = await server.addAssets(names)
  const [chapter, other] = await server.addChapters('One', 'Two')
  if (!chapter || !other) throw new Error('no chapters')
  const links = assets.map(
    ({ id: mediaId, filename }, index): Link => ({
      id: uuid(),
      mediaId,
      filename,
      position: `a${index}`.slice(0, 2),
    }),
  )
  const [link] = links
  if (!link) throw new Error('no link')
  return { chapterId: chapter.id, otherId: other.id, assets, links, link }
}

const put = (server: TestServer, chapterId: string, { id, ...body }: Link) =>
  server.send(`PUT /api/chapters/${chapterId}/videos/${id}`, { body })

async function batch(server: TestServer, chapterId: string, videos: readonly Link[]) {
  const answer = await server.send(`POST /api/chapters/${chapterId}/videos/batch`, {
    body: { videos },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const text = await answer.text()
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.at(-1)).toEqual({ done: true })
  return new Map(lines.slice(0, -1).map((line) => [line.id, line]))
}

const listVideos = async (server: TestServer, chapterId: string) =>
  (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos

const summarizeProblem = async (answer: Response) => [answer.status, (await answer.json()).type]

/** Counts the statements that insert links; `intercept` may throw in their place. */
function interceptInserts(server: TestServer, intercept: (query: string) => void = () => {}) {
  const { database } = server
  const transact = database.transaction
  const inserts = {
    count: 0,
    restore: () => {
      database.transaction = transact
    },
  }
  database.transaction = (run, config) =>
    transact.call(
      database,
      (transaction) => {
        const execute = transaction.execute
        transaction.execute = (query) => {
          const text = JSON.stringify(query)
          if (text.includes('INSERT INTO linked_videos')) {
            inserts.count++
            intercept(text)
          }
          return execute.call(transaction, query)
        }
        return run(transaction)
      },
      config,
    ) as ReturnType<typeof run>
  return inserts
}

/** What Drizzle throws for a statement that failed with this code. */
const createFailure = (code: string | undefined) =>
  new DrizzleQueryError('INSERT', [], Object.assign(new Error('failed'), code && { code }))

describe('a link', () => {
  test('is made once, however often it is sent', async ({ server }) => {
    const { chapterId, link } = await setUpChapter(server)
    const first = await put(server, chapterId, link)
    const video = { ...link, chapterId, version: 1, revision: 0, durationSeconds: 12.5 }
    expect([first.status, await first.json()]).toEqual([201, video])
    const second = await put(server, chapterId, link)
    expect([second.status, await second.json()]).toEqual([200, video])
    expect(await listVideos(server, chapterId)).toEqual([video])
  })

  test('stays the same link when its video has been renamed and moved since', async ({
    server,
  }) => {
    const { chapterId, otherId, link } = await setUpChapter(server)
    await put(server, chapterId, link)
    await server.send(`PATCH /api/videos/${link.id}`, {
      body: { filename: 'New.mp4', chapterId: otherId, position: 'b00' },
      headers: { 'if-match': '"1"' },
    })
    const again = await put(server, chapterId, link)
    expect([again.status, await again.json()]).toEqual([
      200,
      {
        ...link,
        chapterId: otherId,
        filename: 'New.mp4',
        position: 'b00',
        version: 2,
        revision: 1,
        durationSeconds: 12.5,
      },
    ])
  })

  test('is refused with other content or for another chapter under the same id', async ({
    server,
  }) => {
    const { chapterId, otherId, link } = await setUpChapter(server)
    await put(server, chapterId, link)
    const reused = [422, '/problems/id-reused']
    expect(
      await summarizeProblem(await put(server, chapterId, { ...link, filename: 'x.mp4' })),
    ).toEqual(reused)
    expect(
      await summarizeProblem(await put(server, chapterId, { ...link, position: 'a5' })),
    ).toEqual(reused)
    expect(await summarizeProblem(await put(server, otherId, link))).toEqual(reused)
  })

  test('adds an asset to a chapter only once', async ({ server }) => {
    const { chapterId, otherId, link } = await setUpChapter(server)
    await put(server, chapterId, link)
    expect(await summarizeProblem(await put(server, chapterId, { ...link, id: uuid() }))).toEqual([
      409,
      '/problems/asset-already-linked',
    ])
    expect((await put(server, otherId, { ...link, id: uuid() })).status).toBe(201)
  })

  test('needs a chapter and an asset', async ({ server }) => {
    const { chapterId, link } = await setUpChapter(server)
    expect(await summarizeProblem(await put(server, uuid(), link))).toEqual([
      404,
      '/problems/not-found',
    ])
    expect(
      await summarizeProblem(await put(server, chapterId, { ...link, mediaId: uuid() })),
    ).toEqual([422, '/problems/media-not-found'])
  })

  test('loses to a removal that arrived first', async ({ server }) => {
    const { chapterId, link } = await setUpChapter(server)
    await server.send(`DELETE /api/videos/${link.id}`)
    expect(await summarizeProblem(await put(server, chapterId, link))).toEqual([
      410,
      '/problems/removed',
    ])
    expect(await listVideos(server, chapterId)).toEqual([])
  })

  test('treats ids in capitals as the same ids', async ({ server }) => {
    const { chapterId, link } = await setUpChapter(server)
    expect((await put(server, chapterId, link)).status).toBe(201)
    const loud = { ...link, id: link.id.toUpperCase(), mediaId: link.mediaId.toUpperCase() }
    expect((await put(server, chapterId.toUpperCase(), loud)).status).toBe(200)
  })

  test('of the same asset, sent several times at once, succeeds exactly once', async ({
    server,
  }) => {
    const { chapterId, link } = await setUpChapter(server)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => put(server, chapterId, { ...link, id: uuid() })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
  })
})

describe('a batch', () => {
  test('links all its videos, at version 1 and in order', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, 9)
    const lines = await batch(server, chapterId, links)
    const videos = links.map((link) => ({
      ...link,
      chapterId,
      version: 1,
      revision: 0,
      durationSeconds: 12.5,
    }))
    expect(links.map(({ id }) => lines.get(id))).toEqual(
      videos.map((video) => ({ id: video.id, status: 201, video })),
    )
    expect(await listVideos(server, chapterId)).toEqual(videos)
  })

  test('reports the outcome of each link', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, 6)
    const [fresh, linked, reused, removed, unknown, duplicate] = links as [
      Link,
      Link,
      Link,
      Link,
      Link,
      Link,
    ]
    await put(server, chapterId, linked)
    await put(server, chapterId, { ...reused, filename: 'Other.mp4' })
    await server.send(`DELETE /api/videos/${removed.id}`)
    await put(server, chapterId, { ...duplicate, id: uuid() })

    const lines = await batch(server, chapterId, [
      fresh,
      linked,
      reused,
      removed,
      { ...unknown, mediaId: uuid() },
      duplicate,
    ])
    const outcomes = links.map(({ id }) => [lines.get(id).status, lines.get(id).problem?.type])
    expect(outcomes).toEqual([
      [201, undefined],
      [200, undefined],
      [422, '/problems/id-reused'],
      [410, '/problems/removed'],
      [422, '/problems/media-not-found'],
      [409, '/problems/asset-already-linked'],
    ])
  })

  test('settles links that share an id or an asset within it', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, 2)
    const [first, second] = links as [Link, Link]
    // Of two links to the same asset, the one with the lower id wins.
    first.id = first.id.replace(/^./, '0')
    second.id = second.id.replace(/^./, 'f')
    const answer = await server.send(`POST /api/chapters/${chapterId}/videos/batch`, {
      body: { videos: [first, first, { ...second, id: first.id }, { ...first, id: second.id }] },
    })
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ status }) => status)).toEqual([201, 200, 422, 409, undefined])
  })

  test('contains the failure of a link to that link', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, 5)
    await server.database.execute(sql`
      CREATE FUNCTION raise_for_lesson_3() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.filename = 'Lesson 3.mp4' THEN
          RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await server.database.execute(sql`
      CREATE TRIGGER raise_for_lesson_3 BEFORE INSERT ON linked_videos
      FOR EACH ROW EXECUTE FUNCTION raise_for_lesson_3()`)
    try {
      const lines = await batch(server, chapterId, links)
      expect(links.map(({ id }) => lines.get(id).status)).toEqual([201, 201, 500, 201, 201])
      expect(lines.get(links[2]?.id).problem.type).toBe('/problems/unexpected')
      expect(JSON.stringify([...lines.values()])).not.toContain('not this one')
      expect(server.logged.filter(({ level }) => level === 'error')).toEqual([
        {
          level: 'error',
          message: 'links failed',
          fields: { chapterId, videoIds: [links[2]?.id], error: expect.any(Error) },
        },
      ])
    } finally {
      await server.database.execute(sql`DROP FUNCTION raise_for_lesson_3 CASCADE`)
    }
  })

  test('takes one statement, whatever its size', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, maxBatchSize)
    const inserts = interceptInserts(server)
    const lines = await batch(server, chapterId, links)
    inserts.restore()
    expect([...lines.values()].every(({ status }) => status === 201)).toBe(true)
    expect([lines.size, inserts.count]).toEqual([maxBatchSize, 1])
  })

  test('finds a failing link by bisection, not by trying each', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server, maxBatchSize)
    const [bad] = links.slice(77)
    const inserts = interceptInserts(server, (query) => {
      if (query.includes(bad?.id ?? '')) throw createFailure('23514')
    })
    const lines = await batch(server, chapterId, links)
    inserts.restore()
    const failed = [...lines.values()].filter(({ status }) => status !== 201)
    expect(failed.map(({ id, status }) => [id, status])).toEqual([[bad?.id, 500]])
    expect(inserts.count).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(maxBatchSize)) + 1)
  })

  test.for(['08006', '53100', '57014', '40P01', 'ECONNRESET', 'CONNECTION_CLOSED', undefined])(
    'asks a database that fails with %s only once and logs the reason once',
    async (code, { server }) => {
      const { chapterId, links } = await setUpChapter(server, 20)
      const inserts = interceptInserts(server, () => {
        throw createFailure(code)
      })
      const lines = await batch(server, chapterId, links)
      const single = await put(server, chapterId, links[0] as Link)
      inserts.restore()
      expect([...lines.values()].map(({ status }) => status)).toEqual(links.map(() => 500))
      expect([single.status, inserts.count]).toEqual([500, 2])
      const videoIds = links.map(({ id }) => id)
      const logged = { level: 'error', message: 'links failed' }
      const error = createFailure(code)
      expect(server.logged.filter(({ level }) => level === 'error')).toEqual([
        { ...logged, fields: { chapterId, videoIds, error } },
        { ...logged, fields: { chapterId, videoIds: videoIds.slice(0, 1), error } },
      ])
    },
  )

  test('is not buffered by proxies', async ({ server }) => {
    const { chapterId, links } = await setUpChapter(server)
    const { headers } = await server.send(`POST /api/chapters/${chapterId}/videos/batch`, {
      body: { videos: links },
    })
    expect(headers.get('cache-control')).toBe('no-store, no-transform')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  test('is refused as a whole when it is invalid', async ({ server }) => {
    const { chapterId, link } = await setUpChapter(server)
    const path = `POST /api/chapters/${chapterId}/videos/batch`
    const many = Array.from({ length: maxBatchSize + 1 }, () => ({ ...link, id: uuid() }))
    const empty = await server.send(path, { body: { videos: [] } })
    const tooMany = await server.send(path, { body: { videos: many } })
    const bad = await server.send(path, { body: { videos: [link, { ...link, filename: 'a/b' }] } })
    expect([empty.status, tooMany.status, bad.status]).toEqual([400, 400, 400])
    expect((await bad.json()).errors).toEqual([
      { path: 'body.videos.1.filename', message: expect.stringContaining('Remove / and') },
    ])
    const nowhere = await server.send(`POST /api/chapters/${uuid()}/videos/batch`, {
      body: { videos: [link] },
    })
    expect(await summarizeProblem(nowhere)).toEqual([404, '/problems/not-found'])
  })
})
