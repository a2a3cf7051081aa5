import { createActor, fromPromise, type NonReducibleUnknown, SimulatedClock } from 'xstate'
import {
  type LinkOutcome,
  type LinkRequest,
  type RemovalOutcome,
  type RestoreOutcome,
  type SaveOutcome,
  type SaveRequest,
  type VideoAddress,
  type VideoInput,
  videoMachine,
} from '#machines/video.machine.ts'

/** One call of an effect, which the test settles; settling it waits until its actor has heard. */
export interface EffectCall<Output, Input> {
  input: Input
  signal: AbortSignal
  resolve: (output: Output) => Promise<void>
  reject: (reason: unknown) => Promise<void>
}

/** An effect that does nothing but wait for the test: `next` is its next call, once it has come. */
export function fakeEffect<Output, Input = NonReducibleUnknown>() {
  const calls: EffectCall<Output, Input>[] = []
  const untaken: EffectCall<Output, Input>[] = []
  const takers: ((call: EffectCall<Output, Input>) => void)[] = []
  const actor = effectOf<Output, Input>((call) => {
    calls.push(call)
    const take = takers.shift()
    if (take) take(call)
    else untaken.push(call)
  })
  const next = () =>
    new Promise<EffectCall<Output, Input>>((resolve) => {
      const call = untaken.shift()
      if (call) resolve(call)
      else takers.push(resolve)
    })
  return { actor, calls, next }
}

/** The wait for a connection: over at once while there is one, else when the test ends it. */
function fakeConnection(isOnline: boolean) {
  let online = isOnline
  let waits: EffectCall<void, NonReducibleUnknown>[] = []
  const endWaits = async (end: (wait: EffectCall<void, NonReducibleUnknown>) => Promise<void>) => {
    const ended = waits
    waits = []
    await Promise.all(ended.map(end))
  }
  return {
    actor: effectOf<void, NonReducibleUnknown>((wait) => {
      if (online) void wait.resolve()
      else waits.push(wait)
    }),
    lose() {
      online = false
    },
    async regain() {
      online = true
      await endWaits((wait) => wait.resolve())
    },
    async breakWaits(reason: unknown) {
      await endWaits((wait) => wait.reject(reason))
    },
  }
}

function effectOf<Output, Input>(onCall: (call: EffectCall<Output, Input>) => void) {
  return fromPromise<Output, Input>(({ input, signal, self }) => {
    const heard = new Promise<void>((resolve) => {
      self.subscribe({ complete: resolve, error: () => resolve() })
    })
    return new Promise<Output>((resolve, reject) => {
      onCall({
        input,
        signal,
        resolve: (output) => {
          resolve(output)
          return heard
        },
        reject: (reason) => {
          reject(reason)
          return heard
        },
      })
    })
  })
}

/** A video machine whose effects the test plays. */
export function fakeVideoEffects({ isOnline = true } = {}) {
  const connection = fakeConnection(isOnline)
  const linkVideo = fakeEffect<LinkOutcome, LinkRequest>()
  const saveFilename = fakeEffect<SaveOutcome, SaveRequest>()
  const removeVideo = fakeEffect<RemovalOutcome, VideoAddress>()
  const restoreVideo = fakeEffect<RestoreOutcome, VideoAddress>()
  const machine = videoMachine.provide({
    actors: {
      connectionReady: connection.actor,
      linkVideo: linkVideo.actor,
      saveFilename: saveFilename.actor,
      removeVideo: removeVideo.actor,
      restoreVideo: restoreVideo.actor,
    },
  })
  return { connection, linkVideo, saveFilename, removeVideo, restoreVideo, machine }
}

/** A running video with fake effects and a clock that stands still. */
export function startVideo(input: VideoInput, options?: { isOnline: boolean }) {
  const effects = fakeVideoEffects(options)
  const clock = new SimulatedClock()
  const video = createActor(effects.machine, { input, clock }).start()
  const state = () => video.getSnapshot().value
  const context = () => video.getSnapshot().context
  return { ...effects, clock, video, state, context }
}

export const pick: VideoInput = {
  id: 'video-1',
  chapterId: 'chapter-1',
  mediaId: 'media-1',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  version: 0,
  revision: 0,
  durationSeconds: 12,
}

/** The same video as the server has it. */
export const row: VideoInput = { ...pick, version: 3 }

export const confirmed = (filename: string, version: number, confirmedAt = 7) => ({
  outcome: 'confirmed' as const,
  filename,
  version,
  confirmedAt,
})

export const refused = (detail: string) => ({
  outcome: 'refused' as const,
  problem: { type: '/problems/link-refused', title: 'The link was refused', status: 403, detail },
})
