/** A bucket, and the prefix of its objects' keys, which is empty or ends with a slash. */
export type BucketAddress = { bucket: string; prefix: string }

const pattern = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/
// The characters that S3 calls safe, except those with a meaning to tools or shells.
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
