import { createProblem } from '#contract/problem.ts'
import { errorCode, errorMessage } from '#shared/error-message.ts'
import { ProblemError } from '../../http/problem-response.ts'
import { StartError } from '../start-error.ts'

const missing = /^(NotFound|NoSuchKey|NoSuchUpload)$/

/**
 * Ignores the error of a missing object or upload, which services report in different ways;
 * rethrows any other.
 */
export function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Error && missing.test(error.name))) throw error
}

const requestStatuses = new Set([400, 404, 405, 409, 411, 412, 416])

/**
 * Turns the error of a service that can't be used, whatever the cause, into a problem. An error
 * that concerns a single request stays as it is.
 */
export function explainRequestError(error: unknown): unknown {
  const isRefused = requestStatuses.has(readStatus(error) ?? 0) && !isNamed(error, 'NoSuchBucket')
  if (isRefused || isNamed(error, 'AbortError')) return error
  return new ProblemError(
    createProblem(
      'media-unavailable',
      'The video storage is unavailable at the moment. Try again later.',
    ),
    { cause: error },
  )
}

/** Turns the error of a bucket that does not open into one for the person at the terminal. */
export function explainBucketError(error: unknown, bucket: string, host: string): StartError {
  return new StartError(explain(error, bucket, host), 1, { cause: error })
}

function explain(error: unknown, bucket: string, host: string): string {
  const where = `The bucket ${bucket} at ${host}`
  const status = readStatus(error)
  if (isNamed(error, 'CredentialsProviderError')) {
    return `LECTERN_MEDIA names the bucket ${bucket}, but there are no credentials for it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`
  }
  if (status === 404) {
    return `There is no bucket ${bucket} at ${host}. Create it, or correct LECTERN_MEDIA or AWS_REGION.`
  }
  if (status === 301 || status === 400) {
    return `${where} can’t be opened from this region (${status}). Set AWS_REGION to the region of the bucket.`
  }
  if (status === 401 || status === 403) {
    return `${where} rejected the credentials (${status}). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they allow listing, reading, writing and deleting.`
  }
  const reason = status ?? (errorCode(error) || errorMessage(error))
  return `${where} can’t be reached (${reason}). Check AWS_ENDPOINT_URL_S3, AWS_REGION, and that this machine can connect to it.`
}

/** There is no region to send requests to and sign them for. */
export const createRegionError = (bucket: string, cause: unknown) =>
  new StartError(
    `LECTERN_MEDIA names the bucket ${bucket}, but no region is set. Set AWS_REGION, such as AWS_REGION=eu-central-1; services other than AWS use us-east-1 unless they say otherwise.`,
    1,
    { cause },
  )

export const createEndpointError = (name: string) =>
  new StartError(`${name} must be an address such as https://s3.example.com.`)

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name

// The SDK adds the response's metadata to its errors.
const readStatus = (error: unknown): number | undefined =>
  error instanceof Error && '$metadata' in error
    ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode
    : undefined
