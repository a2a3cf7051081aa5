import { describe, expect } from 'vitest'
import type { MediaPage } from '#contract/media.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const maxNameLength = 255

const page = async (server: TestServer, query = ''): Promise<MediaPage> =>
  (await server.send(`GET /api/media?${query}`)).json()
const names = ({ media }: MediaPage) => media.map(({ filename }) => filename)

describe('the library', () => {
  test('is sorted in natural order', async ({ server }) => {
    await server.addAssets([
      'Lesson 10.mp4',
      'lesson 2.mp4',
      'Lesson 1.mp4',
      'Intro.mp4',
      'Élan.mp4',
    ])
    const first = await page(server)
    expect(names(first)).toEqual([
      'Élan.mp4',
      'Intro.mp4',
      'Lesson 1.mp4',
      'lesson 2.mp4',
      'Lesson 10.mp4',
    ])
    expect(first).toEqual({ media: expect.any(Array), nextCursor: null, total: 5 })
    expect(first.media[0]).toEqual({
      id: expect.any(String),
      filename: 'Élan.mp4',
      sizeBytes: 1000,
      durationSeconds: 12.5,
      width: 640,
      height: 360,
      codec: 'h264',
      mimeType: 'video/mp4',
      status: 'ready',
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      usageCount: 0,
      tags: [],
    })
  })

  test('can be sorted by age and by length', async ({ server }) => {
    await server.addAssets(['long.mp4'], { durationSeconds: 90 })
    await server.addAssets(['short.mp4'], { durationSeconds: 0.5 })
    expect(names(await page(server, 'sort=shortest'))).toEqual(['short.mp4', 'long.mp4'])
    expect(names(await page(server, 'sort=longest'))).toEqual(['long.mp4', 'short.mp4'])
    expect(names(await page(server, 'sort=newest'))).toEqual(['short.mp4', 'long.mp4'])
  })

  test.for(['name', 'newest', 'shortest', 'longest', 'largest'])(
    'sorted by %s is paged without gaps or repeats',
    async (sort, { server }) => {
      const all = Array.from({ length: 23 }, (_, index) => `Lesson ${index % 5}.mp4`)
      await server.addAssets(all.slice(0, 11))
      await server.addAssets(all.slice(11), { durationSeconds: 0.1 })
      const whole = await page(server, `sort=${sort}`)
      const seen: unknown[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = cursor && `&cursor=${cursor}`
        const part: MediaPage = await page(server, `sort=${sort}&limit=5${query}`)
        expect(part.total).toBe(23)
        seen.push(...part.media)
        cursor = part.nextCursor
      }
      expect(seen).toEqual(whole.media)
      expect(seen).toHaveLength(23)
    },
  )

  // At the maximum length: the sort keys that grow most, and the most bytes and escapes per letter.
  test.for(['\ufdfa', '각', '🎬', '光', '"', '1a', 'ÿ'])(
    'is paged even with the longest names, made of %s',
    async (character, { server }) => {
      const all = [0, 1, 2].map((index) =>
        [...`${index}${character.repeat(maxNameLength)}`].slice(0, maxNameLength).join(''),
      )
      await server.addAssets(all)
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const part: MediaPage = await page(server, `limit=1${cursor && `&cursor=${cursor}`}`)
        seen.push(...names(part))
        cursor = part.nextCursor
      }
      expect(seen).toEqual(all)
    },
  )

  test.for([
    ['LESSON', ['Lesson 1 – Welcome.mp4', 'Lesson 2.mp4']],
    ['welcome 1', ['Lesson 1 – Welcome.mp4']],
    ['resume', ['Résumé 100%.mp4']],
    ['%', ['Résumé 100%.mp4']],
    ['_', ['IMG_1.mp4']],
    ['\\', []],
    ['光', ['第3回 光と影.mp4']],
    ['🎬', ['🎬 cut.mp4']],
    ['nothing', []],
  ] as const)('is searched for %o', async ([search, found], { server }) => {
    await server.addAssets([
      'Lesson 1 – Welcome.mp4',
      'Lesson 2.mp4',
      'Résumé 100%.mp4',
      'IMG_1.mp4',
      '第3回 光と影.mp4',
      '🎬 cut.mp4',
    ])
    const result = await page(server, new URLSearchParams({ search }).toString())
    expect([names(result), result.total]).toEqual([found, found.length])
  })

  test('counts where an asset is linked', async ({ server }) => {
    const assets = await server.addAssets(['a.mp4', 'b.mp4'])
    const [first, second] = await server.addChapters('One', 'Two')
    if (!first || !second) throw new Error('no chapters')
    const [removed] = await server.addVideos(first.id, assets)
    await server.addVideos(second.id, assets)
    await server.send(`DELETE /api/videos/${removed?.id}`)
    const { media } = await page(server)
    expect(media.map(({ usageCount }) => usageCount)).toEqual([1, 2])
  })

  test('refuses an invalid query', async ({ server }) => {
    await server.addAssets(['a.mp4', 'b.mp4'])
    const { nextCursor } = await page(server, 'limit=1')
    const cursorAt = (sort: string, value: unknown) =>
      btoa(JSON.stringify([sort, value, crypto.randomUUID()]))
    const withNul = cursorAt('name', '\0')
    const unreadableTimes = ['0000-01-01T00:00:00.000Z', `2026-01-01T00:00:00.${'0'.repeat(200)}Z`]
    const malformed = ['limit=0', 'limit=201', 'limit=x', 'sort=size', 'cursor=x', 'cursor=WzFd']
    const unusable = ['search=a%00b', `cursor=${withNul}`, `sort=newest&cursor=${nextCursor}`]
    const untimely = unreadableTimes.map((time) => `sort=newest&cursor=${cursorAt('newest', time)}`)
    for (const query of [...malformed, ...unusable, ...untimely]) {
      const answer = await server.send(`GET /api/media?${query}`)
      const problem = await answer.json()
      expect([query, answer.status, problem.type]).toEqual([
        query,
        400,
        '/problems/invalid-request',
      ])
      expect(problem.errors).toEqual([
        { path: `query.${/(\w+)=[^&]*$/.exec(query)?.[1]}`, message: expect.any(String) },
      ])
    }
  })
})
