import { HeadBucketCommand, S3 } from '@aws-sdk/client-s3'
import type { BucketAddress } from './bucket-address.ts'
import {
  createEndpointError,
  createRegionError,
  explainBucketError,
  explainRequestError,
} from './s3-errors.ts'

const connectionTimeout = 5000
const startTimeout = 15_000
const endpointVariables = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL']

/**
 * Connects to S3 or a compatible service, with AWS's standard environment variables and files, and
 * checks that the bucket is accessible.
 * @throws StartError if it is not
 */
export async function connectToS3({ bucket }: BucketAddress): Promise<S3> {
  const endpoint = readEndpoint()
  const client = new S3({
    // Other services may not have a host name for each bucket.
    forcePathStyle: endpoint !== undefined,
    // The default logger would also print errors that are thrown.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: {
      connectionTimeout,
      // A video that is playing holds its connection, and must not block the others.
      httpAgent: { maxSockets: Number.POSITIVE_INFINITY },
      httpsAgent: { maxSockets: Number.POSITIVE_INFINITY },
    },
  })
  try {
    await openBucket(client, bucket, endpoint)
  } catch (error) {
    client.destroy()
    throw error
  }
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args)
      } catch (error) {
        throw explainRequestError(error)
      }
    },
    { step: 'initialize', name: 'explainErrors' },
  )
  return client
}

async function openBucket(client: S3, bucket: string, endpoint: URL | undefined) {
  const region = await client.config.region().catch((error: unknown) => {
    throw createRegionError(bucket, error)
  })
  const host = endpoint?.host ?? `AWS, region ${region}`
  const abortSignal = AbortSignal.timeout(startTimeout)
  await client
    .send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })
    .catch((error: unknown) => {
      throw explainBucketError(error, bucket, host)
    })
}

// The SDK reads these as well, but fails with an error that names neither variable.
function readEndpoint(): URL | undefined {
  const name = endpointVariables.find((variable) => process.env[variable])
  const text = name && process.env[name]
  if (!name || !text) return undefined
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) throw createEndpointError(name)
  return new URL(text)
}
