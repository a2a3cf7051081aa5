import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seededRandom } from '#shared/random.ts'
import { startS3, testBucket } from '../../support/s3-server.ts'
import { newFolder, spawnServer } from '../../support/server-process.ts'
import { uploadThroughKills, uploadTo } from '../../support/upload-client.ts'
import { checksum, padVideo } from '../../support/upload-server.ts'

const size = 32 * 1024 * 1024
const kills = 4

let s3: Awaited<ReturnType<typeof startS3>>

beforeEach(async () => {
  s3 = await startS3()
})
afterEach(() => s3.stop())

const spawnWithBucket = (folder: string, environment: Record<string, string> = {}) =>
  spawnServer(folder, {
    ...s3.environment,
    LECTERN_MEDIA: `s3://${testBucket}/course`,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...environment,
  })

test('an upload to a bucket resumes after every kill of the server and ends as one complete file', async () => {
  const random = seededRandom(11)
  const folder = newFolder()
  const file = {
    id: crypto.randomUUID(),
    filename: 'Lesson.mp4',
    bytes: padVideo('02.mp4', size),
  }
  await uploadThroughKills(() => spawnWithBucket(folder), file, kills, random)
  const server = spawnWithBucket(folder)
  const address = await server.address
  await uploadTo(address, file)
  const asset = await (await fetch(`${address}/api/media/${file.id}`)).json()
  expect([asset.sizeBytes, asset.contentHash]).toEqual([size, checksum(file.bytes)])
  const served = await fetch(`${address}/media/${file.id}/file`)
  expect(checksum(new Uint8Array(await served.arrayBuffer()))).toBe(checksum(file.bytes))
  expect(await s3.listKeys()).toEqual({ objects: [`course/${file.id}`], uploads: [] })
  expect(existsSync(path.join(folder, 'media'))).toBe(false)
})

test('the demo plays when media is kept in a bucket', async () => {
  const address = await spawnWithBucket(newFolder()).address
  const { media } = await (await fetch(`${address}/api/media`)).json()
  for (const part of ['file', 'thumbnail']) {
    const served = await fetch(`${address}/media/${media[0].id}/${part}`, {
      headers: { range: 'bytes=0-9' },
    })
    expect([served.status, (await served.arrayBuffer()).byteLength]).toEqual([206, 10])
  }
  expect((await s3.listKeys()).objects).toEqual([])
})

test('an unusable bucket ends the start with a message, before a database is created', async () => {
  const folder = newFolder()
  const { code, output } = await spawnWithBucket(folder, { LECTERN_MEDIA: 's3://elsewhere' }).exited
  expect([code, output.trim()]).toEqual([
    1,
    expect.stringMatching(
      /^There is no bucket elsewhere at 127\.0\.0\.1:\d+\. Create it, or correct/,
    ),
  ])
  expect(readdirSync(folder)).toEqual([])
})
