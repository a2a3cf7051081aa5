import {
  type ActorRefFrom,
  type AnyStateMachine,
  createActor,
  fromPromise,
  type NonReducibleUnknown,
  SimulatedClock,
  setup,
} from 'xstate'
import {
  describeVideo,
  type RequestOutcome,
  type SavedRow,
  type ServerState,
  type VideoInput,
  type VideoReport,
  type VideoRequest,
} from '#machines/video.context.ts'
import { type VideoChildEvent, type VideoEvent, videoMachine } from '#machines/video.machine.ts'

/** A call of an effect. The test settles it, and can await until the effect’s actor is done. */
export interface EffectCall<Output, Input> {
  input: Input
  signal: AbortSignal
  resolve: (output: Output) => Promise<void>
  reject: (reason: unknown) => Promise<void>
}

/** An effect that waits for the test to settle it. `next` resolves with its next call. */
export function fakeEffect<Output, Input = NonReducibleUnknown>() {
  const calls: EffectCall<Output, Input>[] = []
  const queue: EffectCall<Output, Input>[] = []
  const waiters: ((call: EffectCall<Output, Input>) => void)[] = []
  const actor = createEffect<Output, Input>((call) => {
    calls.push(call)
    const takeCall = waiters.shift()
    if (takeCall) takeCall(call)
    else queue.push(call)
  })
  const next = () =>
    new Promise<EffectCall<Output, Input>>((resolve) => {
      const call = queue.shift()
      if (call) resolve(call)
      else waiters.push(resolve)
    })
  return { actor, calls, next }
}

function createEffect<Output, Input>(onCall: (call: EffectCall<Output, Input>) => void) {
  return fromPromise<Output, Input>(({ input, signal, self }) => {
    const settled = new Promise<void>((resolve) => {
      self.subscribe({ complete: resolve, error: () => resolve() })
    })
    return new Promise<Output>((resolve, reject) => {
      onCall({
        input,
        signal,
        resolve: (output) => {
          resolve(output)
          return settled
        },
        reject: (reason) => {
          reject(reason)
          return settled
        },
      })
    })
  })
}

/** Records which main-path states an actor visits, starting with the current ones. */
export function followMainPath(actor: ActorRefFrom<AnyStateMachine>) {
  const visited = new Set<string>()
  const note = () => {
    for (const [id, meta] of Object.entries(actor.getSnapshot().getMeta())) {
      if (meta?.mainPath) visited.add(id)
    }
  }
  note()
  actor.subscribe(note)
  return () => [...visited]
}

/** A video machine with effects that the test settles. */
export function fakeVideoEffects() {
  const connection = fakeEffect<void, { attempt: number }>()
  const requests = fakeEffect<RequestOutcome, VideoRequest>()
  const machine = videoMachine.provide({
    actors: { connectionReady: connection.actor, sendRequest: requests.actor },
  })
  return { connection, requests, machine }
}

/**
 * A running video with fake effects, a stopped clock and a parent that records its reports.
 */
export function startVideo(input: VideoInput) {
  const effects = fakeVideoEffects()
  const clock = new SimulatedClock()
  const reports: VideoChildEvent[] = []
  const parent = setup({
    types: { events: {} as VideoChildEvent, children: {} as Record<string, 'video'> },
    actors: { video: effects.machine },
    actions: { note: ({ event }) => reports.push(event) },
  }).createMachine({
    invoke: { id: input.id, src: 'video', input },
    on: { '*': { actions: 'note' } },
  })
  const root = createActor(parent, { clock }).start()
  const video = root.getSnapshot().children[input.id] as ActorRefFrom<typeof videoMachine>
  const read = () => video.getSnapshot()
  const send = (...events: (VideoEvent | { type: 'video.release' })[]) => {
    for (const event of events) video.send(event)
  }
  /** Loses a request's answer and lets the delay pass, so that the next try awaits a connection. */
  const lose = async (delay: number) => {
    const lost = await effects.requests.next()
    await lost.reject(cut)
    clock.increment(delay)
    return lost
  }
  return {
    ...effects,
    clock,
    video,
    reports,
    send,
    lose,
    rename: (filename: string, saved: SavedRow = input) =>
      send({ type: 'video.edit', saved }, { type: 'video.rename', filename }),
    state: () => read().value,
    context: () => read().context,
    /** The last report to its chapter. */
    reported: () => reports.filter((event) => event.type === 'video.reported').at(-1)?.video,
    described: (): VideoReport => describeVideo(read().context),
    sent: () => effects.requests.calls.map(({ input: { kind, attempt } }) => `${kind} ${attempt}`),
  }
}

export type StartedVideo = ReturnType<typeof startVideo>

export const cut = new TypeError('The connection was cut')

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
export const row: VideoInput = { ...pick, version: 3, revision: 4 }

/** The content of a link of `pick`. */
export const link = { id: 'video-1', mediaId: 'media-1', filename: 'Lesson 1.mp4', position: 'a0' }

/** The server has the row, with these differences from `row`. */
export const linked = (changes: Partial<ServerState> = {}) => ({
  outcome: 'confirmed' as const,
  server: serverState(changes),
})

/** Someone else was faster; the server has the row, with these differences from `row`. */
export const stale = (changes: Partial<ServerState> = {}) => ({
  outcome: 'stale' as const,
  server: serverState(changes),
})

const serverState = (changes: Partial<ServerState>): ServerState => ({
  status: 'linked',
  filename: row.filename,
  chapterId: row.chapterId,
  position: row.position,
  version: row.version,
  revision: row.revision,
  at: 7,
  ...changes,
})

export const removed = (revision: number) => ({
  outcome: 'confirmed' as const,
  server: { status: 'removed' as const, revision, at: 8 },
})

/** The server has no such video; its id can be linked. */
export const unlinked = (revision: number) => ({
  outcome: 'confirmed' as const,
  server: { status: 'unlinked' as const, version: 0, revision, at: 8 },
})

export const refused = (detail: string, status = 403) => ({
  outcome: 'refused' as const,
  problem: { type: '/problems/refused', title: 'Refused', status, detail },
})
