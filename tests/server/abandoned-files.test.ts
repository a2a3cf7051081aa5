import { utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { findUsedFiles } from '#server/db/asset-files.ts'
import { startUpkeep } from '#server/upkeep.ts'
import { readVideo, test, type UploadServer } from '../support/upload-server.ts'

const video = readVideo('02.mp4')
const day = 86_400_000

/** Backdates all files, as if nobody had touched them for that long. */
function age(server: UploadServer, days: number) {
  const time = new Date(Date.now() - days * day)
  for (const [folder, names] of Object.entries(server.listFiles())) {
    const { folders } = server
    for (const name of names) utimesSync(path.join(folders[folder as 'media'], name), time, time)
  }
}

const deletion =
  ({ store, database }: UploadServer) =>
  (before: Date) =>
    store.deleteStale(before, (names) => findUsedFiles(database, names))

test('deletes abandoned uploads and keeps the others', async ({ server }) => {
  const [abandoned, resumed, recent] = Array.from({ length: 3 }, () => crypto.randomUUID())
  for (const id of [abandoned, resumed]) await server.begin(String(id), video.length)
  age(server, 8)
  await server.continue(String(resumed), 0, video.slice(0, 10))
  await server.begin(String(recent), video.length)
  expect(await deletion(server)(new Date(Date.now() - 7 * day))).toBe(2)
  expect(server.listFiles().uploads).toEqual(
    [resumed, recent].flatMap((id) => [String(id), `${id}.json`]).sort(),
  )
  expect((await server.continue(String(abandoned), 0, video)).status).toBe(404)
  expect((await server.continue(String(resumed), 10, video.slice(10))).status).toBe(204)
})

test('deletes library files that belong to no asset once they are old', async ({ server }) => {
  const id = crypto.randomUUID()
  await server.upload(id, video)
  await server.app.request(`/api/media/${id}/thumbnail`, {
    method: 'PUT',
    headers: { 'content-type': 'image/webp' },
    body: readVideo('01.webp'),
  })
  const kept = server.listFiles().media
  expect(kept.length).toBe(2)
  const orphans = [crypto.randomUUID(), `${id}.older.webp`, 'note.txt']
  for (const name of orphans) writeFileSync(path.join(server.folders.media, name), 'x')
  const before = new Date(Date.now() - 7 * day)
  expect(await deletion(server)(before)).toBe(0)
  age(server, 8)
  expect(await deletion(server)(before)).toBe(3)
  expect(server.listFiles()).toEqual({ uploads: [], media: kept })
})

test('the upkeep of a running server deletes abandoned uploads', async ({ server }) => {
  await server.begin(crypto.randomUUID(), video.length)
  age(server, 3)
  const upkeep = startUpkeep({
    ...server.dependencies,
    isEmbedded: false,
    keepRemovedDays: 30,
    keepUploadsDays: 2,
    deleteAbandoned: deletion(server),
    timing: { interval: 1, quiet: 0, maxWait: 0, deletion: 1000 },
  })
  await expect.poll(() => server.listFiles()).toEqual({ uploads: [], media: [] })
  await expect
    .poll(() => server.logged.at(-1))
    .toEqual({
      level: 'info',
      message: 'deleted abandoned uploads',
      fields: { files: 2, ms: expect.any(Number) },
    })
  await upkeep.stop()
})
