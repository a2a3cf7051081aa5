/** A bucket, and what the keys of its objects begin with: empty, or with a slash at its end. */
export type BucketAddress = { bucket: string; prefix: string }

const pattern = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/
// Of the characters that S3 calls safe, those that no tool or shell takes for its own.
const segment = /^(?!\.{1,2}$)[\w.-]+$/
const maxPrefixLength = 512

/**
 * Parses `s3://bucket` or `s3://bucket/prefix`.
 * @returns `undefined` for other texts, and for buckets that can't exist
 */
export function parseBucketAddress(text: string): BucketAddress | undefined {
  const [, bucket, path = ''] = pattern.exec(text) ?? []
  if (bucket === undefined || bucket.includes('..') || path.length > maxPrefixLength) {
    return undefined
  }
  const folder = path.replace(/\/$/, '')
  if (folder === '') return path === '' ? { bucket, prefix: '' } : undefined
  return folder.split('/').every((name) => segment.test(name))
    ? { bucket, prefix: `${folder}/` }
    : undefined
}
