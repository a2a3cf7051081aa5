import {
  type ActorOptions,
  type ActorRefFrom,
  createActor,
  fromCallback,
  fromPromise,
} from 'xstate'
import { connectionReady } from '#client/lib/connection.ts'
import { computeBackoff } from '#machines/backoff.ts'
import { type SendFileInput, type UploadEvent, uploadMachine } from '#machines/upload.machine.ts'
import { uploadsMachine } from '#machines/uploads.machine.ts'
import { delay } from '#shared/delay.ts'
import { cancelUpload } from './api/cancel-upload.ts'
import { sendFile } from './api/send-file.ts'
import { findFile, forgetFile } from './kept-files.ts'
import { discardDrawn, makeThumbnail } from './thumbnails/make-thumbnail.ts'

type Options = {
  /** Called once the library has a file; resolves with the id of the asset that owns it. */
  onReady: (uploadId: string) => Promise<string>
  random?: () => number
  actorOptions?: Pick<ActorOptions<typeof uploadsMachine>, 'clock' | 'inspect'>
}

/** After this many attempts, the browser's claim to be online is no longer trusted. */
const maxTrustingAttempts = 5

/** Starts the queue of all uploads, with its effects. */
export function createUploads({ onReady, random = Math.random, actorOptions }: Options) {
  const jitter = 0.5 + random() / 2
  const finish = (id: string) => {
    const file = findFile(id)
    forgetFile(id)
    void onReady(id).then((mediaId) => file && makeThumbnail(id, mediaId, file))
  }
  const upload = uploadMachine.provide({
    actors: {
      sendFile: fromCallback<UploadEvent, SendFileInput>(({ input, sendBack }) =>
        sendFile(input, (event) => {
          sendBack(event)
          if (event.type === 'file.received') finish(input.id)
        }),
      ),
      connectionReady: fromPromise(({ input, signal }) =>
        connectionReady(input.attempt >= maxTrustingAttempts, delay, signal),
      ),
      cancelUpload: fromPromise(({ input, signal }) => cancelUpload(input.id, signal)),
    },
    delays: { backoff: ({ context }) => jitter * computeBackoff(context.attempt) },
  })
  const uploads = createActor(uploadsMachine.provide({ actors: { upload } }), actorOptions)
  discardCleared(uploads)
  return uploads.start()
}

/** Frees the memory of uploads that were cancelled or have failed, once they leave the list. */
function discardCleared(uploads: Uploads) {
  let ids: readonly string[] = []
  uploads.subscribe(({ context }) => {
    const listed = Object.keys(context.uploads)
    const cleared = listed.length < ids.length ? ids.filter((id) => !(id in context.uploads)) : []
    for (const id of cleared) {
      forgetFile(id)
      discardDrawn(id)
    }
    ids = listed
  })
}

export type Uploads = ActorRefFrom<typeof uploadsMachine>
