import {
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  paginateListObjectsV2,
  paginateListParts,
  type S3,
} from '@aws-sdk/client-s3'
import type { MediaStore } from '../media-store.ts'
import type { BucketAddress } from './bucket-address.ts'
import { ignoreMissing } from './s3-errors.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
// The bucket may hold objects that are not the library's, which are never deleted.
const ownName = new RegExp(`^(${uuid})(?:\\.info|\\.part|\\.${uuid}\\.(?:jpg|png|webp))?$`)

/** Creates a function that deletes objects that are untouched since a date and not in use. */
export function createStaleObjectCleanup(
  client: S3,
  { bucket, prefix }: BucketAddress,
): MediaStore['deleteStale'] {
  const location = { Bucket: bucket, Prefix: prefix }
  const toId = (key = '') => ownName.exec(key.slice(prefix.length))?.[1]

  async function listObjects() {
    const objects: { name: string; id: string; modifiedAt: Date }[] = []
    for await (const page of paginateListObjectsV2({ client }, { ...location, Delimiter: '/' })) {
      for (const { Key, LastModified: modifiedAt } of page.Contents ?? []) {
        const id = toId(Key)
        if (Key && id && modifiedAt)
          objects.push({ name: Key.slice(prefix.length), id, modifiedAt })
      }
    }
    return objects
  }

  // The SDK has no paginator for multipart uploads.
  async function listUploads() {
    const uploads: MultipartUpload[] = []
    let markers: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
    while (markers) {
      const page: ListMultipartUploadsCommandOutput = await client.listMultipartUploads({
        ...location,
        ...markers,
      })
      uploads.push(...(page.Uploads ?? []))
      const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page
      markers =
        page.IsTruncated && KeyMarker
          ? { KeyMarker, ...(UploadIdMarker && { UploadIdMarker }) }
          : undefined
    }
    return uploads.filter(({ Key }) => toId(Key) !== undefined)
  }

  /** Whether an upload began before a date, and has received no part since. */
  async function isUntouched({ Key, UploadId, Initiated }: MultipartUpload, before: Date) {
    if (!Initiated || Initiated >= before) return false
    for await (const { Parts = [] } of paginateListParts(
      { client },
      { Bucket: bucket, Key, UploadId },
    )) {
      if (Parts.some(({ LastModified }) => LastModified && LastModified >= before)) return false
    }
    return true
  }

  return async (before, findUsed) => {
    const uploads = await listUploads()
    const objects = await listObjects()
    const touched = new Set(
      objects.filter(({ modifiedAt }) => modifiedAt >= before).map(({ id }) => id),
    )
    const abandoned: MultipartUpload[] = []
    for (const upload of uploads) {
      const id = toId(upload.Key) ?? ''
      if (touched.has(id)) continue
      if (await isUntouched(upload, before)) abandoned.push(upload)
      else touched.add(id)
    }
    const names = objects.filter(({ id }) => !touched.has(id)).map(({ name }) => name)
    const used = await findUsed(names)
    const unused = names.filter((name) => !used.has(name))
    for (const { Key, UploadId } of abandoned) {
      await client.abortMultipartUpload({ Bucket: bucket, Key, UploadId }).catch(ignoreMissing)
    }
    for (const name of unused) {
      await client.deleteObject({ Bucket: bucket, Key: `${prefix}${name}` })
    }
    return abandoned.length + unused.length
  }
}
