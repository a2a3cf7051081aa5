import type { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import { type MetadataValue, S3Store } from '@tus/s3-store'
import type { Upload } from '@tus/server'
import { ignoreMissing } from './s3-errors.ts'

type Body = Readable | Buffer

/**
 * The S3 store of tus, hardened: an upload's parts are stored one after the other, and a removal
 * leaves nothing. A class, since the store offers its methods to subclasses only.
 */
export class HardenedS3Store extends S3Store {
  readonly #lastParts = new Map<string, Promise<unknown>>()

  constructor(client: S3, bucket: string) {
    super({ s3ClientConfig: { bucket } })
    this.client.destroy()
    this.client = client
  }

  /** Begins anew, whatever an upload under the same key has left. */
  override async create(upload: Upload): Promise<Upload> {
    await this.clearCache(upload.id)
    await this.deleteIncompletePart(upload.id)
    return super.create(upload)
  }

  override write(...given: Parameters<S3Store['write']>): Promise<number> {
    const [, key] = given
    return super.write(...given).finally(() => this.#lastParts.delete(key))
  }

  protected override uploadPart(metadata: MetadataValue, body: Body, number: number) {
    const { id: key } = metadata.file
    return this.#inOrder(key, () => super.uploadPart(metadata, body, number))
  }

  protected override uploadIncompletePart(key: string, body: Readable) {
    return this.#inOrder(key, () => super.uploadIncompletePart(key, body))
  }

  /**
   * Waits for the part before, and fails with it. The store counts the parts that it finds: one
   * after a gap would count as if the gap had been received.
   */
  #inOrder<Result>(key: string, upload: () => Promise<Result>): Promise<Result> {
    const uploading = (this.#lastParts.get(key) ?? Promise.resolve()).then(upload)
    uploading.catch(() => {})
    this.#lastParts.set(key, uploading)
    return uploading
  }

  /** The description is removed last: a removal that was stopped can be sent again. */
  override async remove(key: string): Promise<void> {
    const metadata = await this.getMetadata(key).catch(ignoreMissing)
    if (metadata) {
      const upload = { Bucket: this.bucket, Key: key, UploadId: metadata['upload-id'] }
      await this.client.abortMultipartUpload(upload).catch(ignoreMissing)
    }
    await this.client.deleteObject({ Bucket: this.bucket, Key: key })
    await this.deleteIncompletePart(key)
    await this.forget(key)
  }

  /** Removes the description of an upload, and leaves its object. */
  async forget(key: string): Promise<void> {
    await this.client.deleteObject({ Bucket: this.bucket, Key: this.infoKey(key) })
    await this.clearCache(key)
  }
}
