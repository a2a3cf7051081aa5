import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { CourseSummary } from '#contract/courses.ts'
import { seedBulk } from '#server/db/seed/bulk.ts'
import { createSeedContext } from '#server/node/storage.ts'
import { type TestServer, testFile } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const readCounts = async (server: TestServer) => {
  const { courses } = await (await server.send('GET /api/courses')).json()
  const { total } = await (await server.send('GET /api/media?limit=1')).json()
  return {
    total,
    courses: courses.map(({ title, chapterCount, videoCount }: CourseSummary) => ({
      title,
      chapterCount,
      videoCount,
    })),
  }
}

test('the demo has a course with an empty chapter, one with 5 videos and one with 60', async ({
  server,
}) => {
  const files = JSON.parse(readFileSync('demo/media.json', 'utf8'))
  await server.addDemo(files)
  expect(await readCounts(server)).toEqual({
    total: files.length + 72,
    courses: [{ title: 'Drawing from life', chapterCount: 3, videoCount: 65 }],
  })
  const { courses } = await (await server.send('GET /api/courses')).json()
  const { chapters } = await (await server.send(`GET /api/courses/${courses[0].id}`)).json()
  const sizes: number[] = []
  for (const { id } of chapters) {
    const { videos } = await (await server.send(`GET /api/chapters/${id}/videos`)).json()
    sizes.push(videos.length)
  }
  expect(sizes).toEqual([0, 5, 60])
})

test('a bulk seed creates the requested numbers', async ({ server }) => {
  await seedBulk(server.database, createSeedContext(), [testFile], {
    chapters: 7,
    videos: 100,
    media: 40,
  })
  await seedBulk(server.database, createSeedContext(), [testFile], {
    chapters: 0,
    videos: 0,
    media: 2,
  })
  expect(await readCounts(server)).toEqual({
    total: 42,
    courses: [{ title: '7 chapters, 100 videos', chapterCount: 7, videoCount: 100 }],
  })
})

test('a bulk seed says which option it lacks', async ({ server }) => {
  await expect(
    seedBulk(server.database, createSeedContext(), [testFile], {
      chapters: 2,
      videos: 100,
      media: 10,
    }),
  ).rejects.toThrow('add --media 50 or more')
})
