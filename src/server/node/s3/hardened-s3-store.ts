import type { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import { type MetadataValue, S3Store } from '@tus/s3-store'
import type { Upload } from '@tus/server'
import { ignoreMissing } from './s3-errors.ts'

type Body = Readable | Buffer

/**
 * The S3 store of tus, hardened: an upload's parts are stored one after the other, and a removal
 * leaves nothing behind. A class, since the store exposes its methods only to subclasses.
 */
export class HardenedS3Store extends S3Store {
  readonly #lastParts = new Map<string, Promise<unknown>>()

  constructor(client: S3, bucket: string) {
    super({ s3ClientConfig: { bucket } })
    this.client.destroy()
    this.client = client
  }

  /** Starts from scratch, whatever an earlier upload under the same key has left. */
  override async create(upload: Upload): Promise<Upload> {
    await this.clearCache(upload.id)
    await this.deleteIncompletePart(upload.id)
    return super.create(upload)
  }

  override write(...args: Parameters<S3Store['write']>): Promise<number> {
    const [, key] = args
    return super.write(...args).finally(() => this.#lastParts.delete(key))
  }

  protected override uploadPart(metadata: MetadataValue, body: Body, number: number) {
    const { id: key } = metadata.file
    return this.#inOrder(key, () => super.uploadPart(metadata, body, number))
  }

  protected override uploadIncompletePart(key: string, body: Readable) {
    return this.#inOrder(key, () => super.uploadIncompletePart(key, body))
  }

  /**
   * Waits for the previous part, and fails if that one fails. The store adds up the parts that it
   * finds: one after a gap would count as if the gap had been received.
   */
  #inOrder<Result>(key: string, upload: () => Promise<Result>): Promise<Result> {
    const uploading = (this.#lastParts.get(key) ?? Promise.resolve()).then(upload)
    uploading.catch(() => {})
    this.#lastParts.set(key, uploading)
    return uploading
  }

  /** Removes the description last, so that an interrupted removal can be repeated. */
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

  /** Removes the description of an upload, but not its object. */
  async forget(key: string): Promise<void> {
    await this.client.deleteObject({ Bucket: this.bucket, Key: this.infoKey(key) })
    await this.clearCache(key)
  }
}
