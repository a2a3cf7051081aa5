import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { generateNKeysBetween } from 'fractional-indexing'
import { beforeAll, expect, test, vi } from 'vitest'
import { newFolder, spawnServer } from '../../support/server-process.ts'

const findUnfinished = (folder: string) =>
  readdirSync(folder).find((name) => name.startsWith('database.unfinished-'))
const hasFile = (folder: string, file: string) => {
  const unfinished = findUnfinished(folder)
  return unfinished !== undefined && existsSync(path.join(folder, unfinished, file))
}

// The moments of a first start at which it is killed, as seen from outside.
const moments: Record<string, (folder: string) => boolean> = {
  'before any file exists': () => true,
  'when the new database has a folder': (folder) => findUnfinished(folder) !== undefined,
  'while it is being created': (folder) => hasFile(folder, 'PG_VERSION'),
  'when it can be opened': (folder) => hasFile(folder, 'postgresql.auto.conf'),
  'when it has just been moved into place': (folder) => existsSync(path.join(folder, 'database')),
}

const read = async (url: string) => (await fetch(url)).json()

test('a first start that is killed at any moment leaves no half-made database', async () => {
  const folder = newFolder()
  for (const isReached of Object.values(moments)) {
    const server = spawnServer(folder)
    await vi.waitUntil(() => isReached(folder), { timeout: 60_000, interval: 1 })
    await server.end('SIGKILL')
  }
  const server = spawnServer(folder)
  const { courses } = await read(`${await server.address}/api/courses`)
  expect(courses).toEqual([
    expect.objectContaining({ title: 'Drawing from life', chapterCount: 3, videoCount: 65 }),
  ])
  expect(readdirSync(folder)).toEqual(['database', 'lock', 'media', 'uploads'])
})

let setUp: string
beforeAll(async () => {
  setUp = newFolder()
  const server = spawnServer(setUp)
  await server.address
  await server.end('SIGTERM')
})

test('every acknowledged link survives kills', async () => {
  const folder = newFolder(setUp)
  const acknowledged = new Set<string>()
  for (const count of [1, 60, 150]) {
    const server = spawnServer(folder)
    const address = await server.address
    await linkUntil(address, acknowledged, count)
    await server.end('SIGKILL')
  }
  const server = spawnServer(folder)
  const address = await server.address
  const { courses } = await read(`${address}/api/courses`)
  const kept = new Set<string>()
  for (const course of courses) {
    for (const { id } of (await read(`${address}/api/courses/${course.id}`)).chapters) {
      const { videos } = await read(`${address}/api/chapters/${id}/videos`)
      for (const video of videos) kept.add(video.id)
    }
  }
  expect(acknowledged.size).toBeGreaterThan(0)
  expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([])
})

/**
 * Links batch after batch, each to a new chapter, until that many more links are acknowledged, and
 * leaves one more batch in flight.
 */
async function linkUntil(address: string, acknowledged: Set<string>, count: number) {
  const { media } = await read(`${address}/api/media?limit=60`)
  const positions = generateNKeysBetween(null, null, media.length)
  const enough = acknowledged.size + count
  const post = async (url: string, body: object) =>
    fetch(`${address}${url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const linkOnce = async () => {
    const course = await (await post('/api/courses', { title: 'x' })).json()
    const chapter = await (await post(`/api/courses/${course.id}/chapters`, { title: 'x' })).json()
    const videos = media.map(
      ({ id, filename }: { id: string; filename: string }, index: number) => ({
        id: crypto.randomUUID(),
        mediaId: id,
        filename,
        position: positions[index],
      }),
    )
    const answer = await post(`/api/chapters/${chapter.id}/videos/batch`, { videos })
    for (const line of (await answer.text()).split('\n').filter(Boolean)) {
      const { id, status } = JSON.parse(line)
      if (status === 201) acknowledged.add(id)
    }
  }
  while (acknowledged.size < enough) await linkOnce()
  linkOnce().catch(() => {}) // Still in flight when the server is killed.
}
