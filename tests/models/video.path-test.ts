import { expect } from 'vitest'
import type { VideoInput, VideoRequest } from '#machines/video.context.ts'
import { type VideoEvent, type VideoTag, videoMachine } from '#machines/video.machine.ts'
import { createDrivers, expectAgreement, startActor } from './actor-under-test.ts'
import type { CreatePathTest } from './started-path-test.ts'
import {
  expectReported,
  filenameExpectations,
  linkExpectations,
  requestExpectations,
  type VideoExpectation,
} from './video.expectations.ts'
import { remember, rememberRequest, startHistory } from './video.history.ts'

/** The tags of each region. */
const tags: Record<string, VideoTag[]> = {
  link: ['optimistic', 'linking', 'linked', 'failed', 'removing', 'removed'],
  filename: ['editing', 'conflict', 'unsaved'],
  request: ['retrying'],
}

/** Events that concern only the editor and leave a request in flight as it is. */
const editorEvents = new Set<string>(['video.edit', 'video.cancel'] satisfies VideoEvent['type'][])

/** Tests a path of the video against a running actor and the row that the fold makes of it. */
export const createVideoPathTest: CreatePathTest = (input) => {
  const start = input as VideoInput
  const actor = startActor(videoMachine, start, ['connectionReady', 'sendRequest'])
  const history = startHistory(start)
  let seenCalls = 0
  const rememberCalls = () => {
    for (const { id, input: sent } of actor.calls.slice(seenCalls)) {
      if (id === 'request') rememberRequest(history, sent as VideoRequest)
    }
    seenCalls = actor.calls.length
  }
  rememberCalls()

  const check = (region: string, expectation: VideoExpectation) => () => {
    const shown = tags[region]?.filter((tag) => actor.snapshot().hasTag(tag))
    expect(shown).toEqual(expectation.tags)
    if (region === 'request') {
      expect(Object.keys(actor.snapshot().children)).toEqual(expectation.children ?? [])
    }
    expectation.also?.(history, actor)
  }
  const checks = (region: string, expectations: Record<string, VideoExpectation>) =>
    Object.fromEntries(
      Object.entries(expectations).map(([state, expectation]) => [
        `video.${region}.${state}`,
        check(region, expectation),
      ]),
    )

  return {
    actor,
    events: createDrivers(videoMachine, async (event) => {
      const { request } = actor.snapshot().value
      await actor.take(event)
      if (editorEvents.has(event.type)) {
        expect(
          actor.snapshot().value,
          'opening or closing an editor does not affect the request',
        ).toMatchObject({
          request,
        })
      }
      remember(history, event)
      rememberCalls()
    }),
    states: {
      video: (model) => {
        expectAgreement(model, actor.snapshot())
        expectReported(history, actor)
      },
      ...checks('link', linkExpectations),
      ...checks('filename', filenameExpectations),
      ...checks('request', requestExpectations),
    },
  }
}
