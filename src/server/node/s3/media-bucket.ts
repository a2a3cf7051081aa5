import type { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import type { StoredFile } from '../../dependencies.ts'
import type { MediaStore } from '../media-store.ts'
import { streamLazily } from '../stored-files.ts'
import type { BucketAddress } from './bucket-address.ts'
import { connectToS3 } from './s3-client.ts'
import { ignoreMissing } from './s3-errors.ts'
import { createStaleObjectCleanup } from './untouched-objects.ts'
import { createUploadBucket } from './upload-bucket.ts'

/**
 * Opens the bucket that media is stored in.
 * @throws StartError if it can't be used
 */
export const openMediaBucket = async (address: BucketAddress): Promise<MediaStore> =>
  createMediaBucket(await connectToS3(address), address)

/** Stores media in a bucket, under the same names as in a folder. */
function createMediaBucket(client: S3, { bucket, prefix }: BucketAddress): MediaStore {
  const locate = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` })

  async function open(name: string): Promise<StoredFile | undefined> {
    const found = await client.headObject(locate(name)).catch(ignoreMissing)
    if (!found) return undefined
    return {
      size: found.ContentLength ?? 0,
      modifiedAt: found.LastModified?.getTime() ?? 0,
      stream: (start, end) =>
        streamLazily(async (abortSignal) => {
          const range = { ...locate(name), Range: `bytes=${start}-${end}` }
          const { Body } = await client.getObject(range, { abortSignal })
          if (!Body) throw new Error(`The object ${name} came without its bytes`)
          // In Node, the body is a Node stream.
          return Body as Readable
        }),
    }
  }

  return {
    open,
    uploads: createUploadBucket(client, { bucket, prefix }, open),

    async write(name, bytes) {
      await client.putObject({ ...locate(name), Body: bytes })
    },

    async remove(name) {
      await client.deleteObject(locate(name))
    },

    hasRoomFor: async () => true,
    deleteStale: createStaleObjectCleanup(client, { bucket, prefix }),
    close: () => client.destroy(),
  }
}
