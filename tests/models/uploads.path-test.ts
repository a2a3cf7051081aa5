import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import type { UploadStatus } from '#machines/upload.machine.ts'
import { maxSending } from '#machines/uploads.machine.ts'
import { createDrivers, expectAgreement, startActor } from './actor-under-test.ts'
import { readSilentChildren } from './silent-child.ts'
import type { CreatePathTest } from './started-path-test.ts'
import { quietUploadsMachine } from './uploads.model.ts'

/** What the events alone imply about an upload. */
interface Upload {
  input: unknown
  status: UploadStatus
  isUrgent: boolean
  received: AnyEventObject[]
}

/** Tests a path of the queue: which uploads have an actor, and which events each is sent. */
export const createUploadsPathTest: CreatePathTest = (input) => {
  const actor = startActor(quietUploadsMachine, input, [])
  const uploads = new Map<string, Upload>()
  return {
    actor,
    events: createDrivers(quietUploadsMachine, async (event) => {
      await actor.take(event)
      follow(uploads, event)
    }),
    states: {
      uploads: (model) => expectAgreement(model, actor.snapshot()),
      'uploads.open': () => {
        const children = Object.entries(readSilentChildren(actor.snapshot()))
        const expected = [...uploads].map(([id, { input: given, received }]) => [
          id,
          { input: given, received },
        ])
        expect(new Map(children)).toEqual(new Map(expected as [string, object][]))
      },
    },
  }
}

function follow(uploads: Map<string, Upload>, event: AnyEventObject) {
  switch (event.type) {
    case 'uploads.add':
      for (const input of event.uploads.filter(({ id }: { id: string }) => !uploads.has(id))) {
        const { isUrgent } = event
        uploads.set(input.id, { input, status: 'queued', isUrgent, received: [] })
      }
      return startNext(uploads)
    case 'upload.dispatch':
      uploads.get(event.id)?.received.push(event.event)
      return
    case 'uploads.dispatch':
      for (const upload of uploads.values()) upload.received.push(event.event)
      return
    case 'upload.prioritize': {
      // The hurried upload goes before all others.
      const hurried = uploads.get(event.id)
      if (hurried) hurried.isUrgent = true
      return
    }
    case 'upload.reported': {
      const upload = uploads.get(event.upload.id)
      if (upload) upload.status = event.upload.status
      return startNext(uploads)
    }
    case 'uploads.clear':
      for (const [id, { status }] of uploads) {
        if (status === 'ready' || status === 'cancelled') uploads.delete(id)
      }
  }
}

function startNext(uploads: Map<string, Upload>) {
  const all = [...uploads.values()]
  const sending = all.filter(({ status }) =>
    ['uploading', 'waiting', 'processing'].includes(status),
  )
  const queued = all.filter(({ status }) => status === 'queued')
  const urgent = queued.filter(({ isUrgent }) => isUrgent)
  const rest = queued.filter(({ isUrgent }) => !isUrgent)
  for (const upload of [...urgent, ...rest].slice(0, Math.max(0, maxSending - sending.length))) {
    upload.received.push({ type: 'upload.start' })
  }
}
