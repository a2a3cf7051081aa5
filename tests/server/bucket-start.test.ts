import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openMediaBucket } from '#server/node/s3/media-bucket.ts'
import { startS3, testBucket } from '../support/s3-server.ts'

let s3: Awaited<ReturnType<typeof startS3>>

beforeEach(async () => {
  s3 = await startS3()
  const environment = {
    ...s3.environment,
    // Shield the test from this machine’s own AWS configuration.
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_ENDPOINT_URL: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await s3.stop()
})

const host = () => new URL(s3.address).host

/** The error that opening the bucket ends with, if any. */
const openingError = (bucket = testBucket) =>
  openMediaBucket({ bucket, prefix: '' }).then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  )

test('a bucket opens with the endpoint in either variable', async () => {
  expect(await openingError()).toBeUndefined()
  vi.stubEnv('AWS_ENDPOINT_URL', s3.address)
  vi.stubEnv('AWS_ENDPOINT_URL_S3', undefined)
  expect(await openingError()).toBeUndefined()
})

test('missing credentials are named', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined)
  expect(await openingError()).toBe(
    'StartError: LECTERN_MEDIA names the bucket lessons, but there are no credentials for it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.',
  )
})

test('refused credentials are named', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'other')
  expect(await openingError()).toBe(
    `StartError: The bucket lessons at ${host()} rejected the credentials (403). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they allow listing, reading, writing and deleting.`,
  )
})

test('a bucket that does not exist is named', async () => {
  expect(await openingError('elsewhere')).toBe(
    `StartError: There is no bucket elsewhere at ${host()}. Create it, or correct LECTERN_MEDIA or AWS_REGION.`,
  )
})

test('a missing region is named', async () => {
  vi.stubEnv('AWS_REGION', undefined)
  expect(await openingError()).toBe(
    'StartError: LECTERN_MEDIA names the bucket lessons, but no region is set. Set AWS_REGION, such as AWS_REGION=eu-central-1; services other than AWS use us-east-1 unless they say otherwise.',
  )
})

test('a bucket of another region is named', async () => {
  s3.failNext(/^HEAD/, 5, 301, 'PermanentRedirect')
  expect(await openingError()).toBe(
    `StartError: The bucket lessons at ${host()} can’t be opened from this region (301). Set AWS_REGION to the region of the bucket.`,
  )
})

test('a service that can’t be reached is named', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await expect.poll(() => closed.listening).toBe(true)
  const { port } = closed.address() as AddressInfo
  closed.close()
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.1:${port}`)
  expect(await openingError()).toBe(
    `StartError: The bucket lessons at 127.0.0.1:${port} can’t be reached (ECONNREFUSED). Check AWS_ENDPOINT_URL_S3, AWS_REGION, and that this machine can connect to it.`,
  )
})

test.for(['s3.example.com', 'ftp://s3.example.com', 'http://', 'http://a b'])(
  'an endpoint can’t be %s',
  async (endpoint) => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint)
    expect(await openingError()).toBe(
      'StartError: AWS_ENDPOINT_URL_S3 must be an address such as https://s3.example.com.',
    )
  },
)
