import type { Dependencies, Unusable, Upload, Uploads } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { uploadsRepository } from './uploads.repository.ts'

const sentences: Record<Unusable, string> = {
  unreadable:
    'The file is damaged or isn’t a supported video. Choose an MP4, MOV, WebM or MKV file.',
  'without-video': 'The file has no video track. Choose one that does.',
  truncated: 'The file is incomplete. Export or copy it again, then choose the new one.',
  endless: 'The file is damaged and can’t be read to the end. Export it again.',
}

type Needs = Pick<Dependencies, 'database' | 'clock'> & { uploads: Uploads }

/**
 * Turns complete uploads into media assets; refuses and removes those that are not videos. A stop
 * at any point leaves an upload that can be finished later, and concurrent requests wait for the
 * same work.
 */
export function createUploadFinisher({ database, clock, uploads }: Needs) {
  const repository = uploadsRepository(database)
  const running = new Map<string, Promise<void>>()

  async function finish(upload: Upload): Promise<void> {
    const { id, filename, size } = upload
    const inspection = await uploads.inspect(upload)
    if (inspection.outcome !== 'usable') {
      await uploads.remove(id)
      refuse('unusable-video', sentences[inspection.outcome])
    }
    const { facts, contentHash } = inspection
    const file = await uploads.store(id)
    const createdAt = new Date(clock.now())
    const asset = { ...facts, id, filename, size, file, contentHash, createdAt }
    await repository.addAsset(defaultWorkspace, asset)
    await uploads.forget(id)
  }

  return {
    finish(upload: Upload): Promise<void> {
      const finishing =
        running.get(upload.id) ?? finish(upload).finally(() => running.delete(upload.id))
      running.set(upload.id, finishing)
      return finishing
    },

    /** Resolves once an upload is not being finished, whether that succeeded or failed. */
    async settle(id: string): Promise<void> {
      await running.get(id)?.catch(() => {})
    },
  }
}
