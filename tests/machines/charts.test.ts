import { describe, expect, test } from 'vitest'
import { type AnyActorLogic, type AnyStateMachine, type AnyStateNode, createActor } from 'xstate'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { uploadMachine } from '#machines/upload.machine.ts'
import { uploadsMachine } from '#machines/uploads.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'

const machines: AnyStateMachine[] = [
  videoMachine,
  chapterMachine,
  authoringMachine,
  uploadMachine,
  uploadsMachine,
]

/** Callback actors, which run until they are stopped. */
const endless = ['prefetchLinks', 'sendFile']

describe.each(machines.map((machine) => ({ id: machine.id, machine })))('$id', ({ machine }) => {
  test('describes every state and every transition', () => {
    const undescribed = listStates(machine.root).flatMap((state) => [
      ...(state.description ? [] : [state.id]),
      ...listTransitions(state)
        .filter(({ description }) => !description)
        .map(({ eventType }) => `${state.id} on ${eventType}`),
    ])
    expect(undescribed).toEqual([])
  })

  test('names all its actions, guards, actors and delays, and implements each', () => {
    const named = listStates(machine.root).map((state) => ({
      actions: [
        ...[state.config.entry ?? [], state.config.exit ?? []].flat(),
        ...listTransitions(state).flatMap(({ actions }) => actions),
      ].map(getName),
      guards: listTransitions(state).flatMap(({ guard }) => (guard ? [getName(guard)] : [])),
      actors: state.invoke.map(({ src }) => getName(src)),
      delays: state.after.map(({ delay }) => getName(delay)),
    }))
    for (const kind of ['actions', 'guards', 'actors', 'delays'] as const) {
      const unimplemented = named
        .flatMap((names) => names[kind])
        .filter((name) => !(name in machine.implementations[kind]))
      expect(unimplemented, kind).toEqual([])
    }
  })

  test('gives every invoked actor an id and handles its end and its error', () => {
    const unhandled = listStates(machine.root).flatMap(({ id, invoke, config }) =>
      [config.invoke ?? []]
        .flat()
        .filter(
          ({ id: invokedId, src, onDone, onError }) =>
            !(invokedId && onError && (onDone || endless.includes(String(src)))),
        )
        .map(() => `${id} (${invoke.map(({ src }) => src).join()})`),
    )
    expect(unhandled).toEqual([])
  })

  test('says which effect was not provided', async () => {
    for (const [name, logic] of Object.entries(machine.implementations.actors)) {
      if (!isEffect(logic)) continue
      const effect = createActor(logic, { input: {} })
      const failure = new Promise((error) =>
        effect.subscribe({ error, complete: () => error(null) }),
      )
      effect.start()
      expect(await failure).toEqual(new Error(`${name} must be provided`))
    }
  })
})

/** Whether this is the stub of an effect, not a machine. */
const isEffect = (logic: object): logic is AnyActorLogic => 'start' in logic && !('root' in logic)

function listStates(state: AnyStateNode): AnyStateNode[] {
  return [state, ...Object.values(state.states).flatMap(listStates)]
}

const listTransitions = ({ transitions, always = [] }: AnyStateNode) => [
  ...[...transitions.values()].flat(),
  ...always,
]

/** Returns the name of a part, or the source of an inline one. */
function getName(part: unknown): string {
  if (typeof part === 'string') return part
  if (typeof part === 'object' && part !== null && 'type' in part) return String(part.type)
  return `inline: ${part}`
}
