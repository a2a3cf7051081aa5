import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '#shared/random.ts'
import { newFolder, spawnServer } from '../../support/server-process.ts'
import { uploadThroughKills, uploadTo } from '../../support/upload-client.ts'
import { checksum, padVideo } from '../../support/upload-server.ts'

const size = 24 * 1024 * 1024
const kills = 4

const read = async (url: string) => (await fetch(url)).json()

test('an upload resumes after every kill of the server and ends as one complete file', async () => {
  const random = seededRandom(7)
  const folder = newFolder()
  const file = {
    id: crypto.randomUUID(),
    filename: 'Lesson.mp4',
    bytes: padVideo('02.mp4', size),
  }
  await uploadThroughKills(() => spawnServer(folder), file, kills, random)
  const server = spawnServer(folder)
  const address = await server.address
  await uploadTo(address, file)
  const { sizeBytes, contentHash } = await read(`${address}/api/media/${file.id}`)
  expect({ sizeBytes, contentHash }).toEqual({ sizeBytes: size, contentHash: checksum(file.bytes) })
  const served = await fetch(`${address}/media/${file.id}/file`)
  expect(checksum(new Uint8Array(await served.arrayBuffer()))).toBe(checksum(file.bytes))
  expect(readdirSync(path.join(folder, 'media'))).toEqual([file.id])
  expect(readdirSync(path.join(folder, 'uploads'))).toEqual([])
})
