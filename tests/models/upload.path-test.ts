import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import { type UploadInput, type UploadReport, uploadMachine } from '#machines/upload.machine.ts'
import { createDrivers, expectAgreement, startActor } from './actor-under-test.ts'
import type { CreatePathTest } from './started-path-test.ts'

/** What the events alone imply about an upload. */
interface UploadHistory {
  sentBytes: number
  problem: unknown
  /** Whether the server may have a part of it. */
  isBegun: boolean
}

/** Tests a path of an upload: what it reports to its queue, and which effects run. */
export const createUploadPathTest: CreatePathTest = (input) => {
  const actor = startActor(uploadMachine, input, ['sendFile', 'connectionReady', 'cancelUpload'])
  const { id, filename, sizeBytes, ...given } = input as UploadInput
  const history: UploadHistory = {
    sentBytes: 0,
    problem: given.problem ?? null,
    isBegun: given.isBegun ?? false,
  }
  const running = () =>
    actor.calls.filter(({ signal, isAnswered }) => !signal.aborted && !isAnswered)
  const expectRunning = (...ids: string[]) => expect(running().map((call) => call.id)).toEqual(ids)
  const reported = (): UploadReport | undefined => actor.reports.at(-1)?.upload
  const expectStatus = (status: UploadReport['status'], ...effects: string[]) => {
    expectRunning(...effects)
    expect([...actor.snapshot().tags]).toEqual([status])
    // The queue assumes this status until the first report.
    if (status === 'queued' && actor.reports.length === 0) return
    const { sentBytes, problem } = history
    expect(reported()).toMatchObject({ id, filename, sizeBytes, sentBytes, problem, status })
  }
  return {
    actor,
    events: createDrivers(uploadMachine, async (event) => {
      const before = actor.snapshot().value
      await actor.take(event)
      follow(history, event, before)
    }),
    states: {
      upload: (model) => expectAgreement(model, actor.snapshot()),
      'upload.queued': () => expectStatus('queued'),
      'upload.sending': () => {
        expect(running()[0]?.input).toEqual({
          id,
          filename,
          sizeBytes,
          mayBeKnown: history.isBegun,
        })
      },
      'upload.sending.uploading': () => expectStatus('uploading', 'sendFile'),
      'upload.sending.processing': () => expectStatus('processing', 'sendFile'),
      'upload.ready': () => expectStatus('ready'),
      'upload.waiting.backingOff': () => expectStatus('waiting'),
      'upload.waiting.reconnecting': () => expectStatus('waiting', 'connection'),
      'upload.paused': () => expectStatus('paused'),
      'upload.missing': () => expectStatus('missing'),
      'upload.failed': () => expectStatus('failed'),
      'upload.cancelling': () => {
        expectStatus('cancelled', 'cancelUpload')
        expect(running()[0]?.input).toEqual({ id })
      },
      'upload.cancelled': () => expectStatus('cancelled'),
    },
  }
}

function follow(history: UploadHistory, event: AnyEventObject, before: unknown) {
  const isSending = typeof before === 'object' && before !== null && 'sending' in before
  if (isSending && event.type !== 'file.progressed') history.isBegun = true
  switch (event.type) {
    case 'file.progressed':
      history.sentBytes = event.sentBytes
      return
    case 'file.refused':
      history.problem = event.problem
      return
    case 'upload.retry':
    case 'upload.resume':
    case 'upload.attach':
      if (before !== 'cancelling') history.problem = null
      return
    case 'upload.cancel':
      if (before === 'ready' || before === 'cancelled' || before === 'cancelling') return
      history.sentBytes = 0
      history.problem = null
      history.isBegun = false
  }
}
