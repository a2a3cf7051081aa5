import { describe, expect, test } from 'vitest'
import { applyOutcome } from '#machines/apply-outcome.ts'
import type { Patch, RequestKind } from '#machines/next-request.ts'
import { initialContext, startRequest, type VideoContext } from '#machines/video.context.ts'
import { linked, pick, refused, row } from './fake-effects.ts'

const { filename, chapterId, position } = row
const elsewhere = { chapterId: 'other', position: 'b0' }

/** A video whose request is in flight, sent for what was wanted then. */
function sending(changes: Partial<VideoContext>, input = row): VideoContext {
  const context = { ...initialContext(input), ...changes }
  return { ...context, ...startRequest(context) }
}

const wanting = (changes: Partial<VideoContext['wanted']>) => ({
  wanted: { ...initialContext(row).wanted, ...changes },
})

const moving = sending(wanting(elsewhere))
const renaming = sending(wanting({ filename: 'Mine.mp4' }))

const refusal = refused('Not now.')
const { problem } = refusal

/** Puts a request of a change in flight that says what it says. */
const withPatch = (context: VideoContext, patch: Patch): VideoContext => ({
  ...context,
  request: { ...renaming.request, kind: 'change', patch, version: 1 } as VideoContext['request'],
})

describe('nothing changes', () => {
  test('without an outcome', () => {
    expect(applyOutcome(moving, null)).toEqual({})
  })

  test('without a request', () => {
    expect(applyOutcome(initialContext(row), refusal)).toEqual({})
  })
})

describe('a refused change', () => {
  test('leaves the server’s place as the only one that is ours', () => {
    expect(moving.ownPlaces).toEqual([{ chapterId, position }, elsewhere])
    expect(applyOutcome(moving, refusal)).toMatchObject({
      ownPlaces: [{ chapterId, position }],
      placeProblem: problem,
      wanted: { chapterId, position },
    })
  })

  test('leaves those that an earlier one may have reached', () => {
    const again: VideoContext = { ...moving, unknown: ['change', 'change'] }
    const left = applyOutcome(again, refusal)
    expect(left).not.toHaveProperty('ownPlaces')
    expect(left.unknown).toEqual(['change'])
  })

  test.for<RequestKind>(['remove', 'restore', 'link'])('is told from a refused %s', (kind) => {
    const request = { ...moving.request, kind } as VideoContext['request']
    const left = applyOutcome({ ...moving, request, unknown: [kind] }, refusal)
    expect(left).not.toHaveProperty('ownPlaces')
  })

  test('that was to overwrite what had arrived is not sent again', () => {
    const context: VideoContext = { ...initialContext(row), unknown: ['link', 'change', 'change'] }
    expect(
      applyOutcome(withPatch(context, { filename, ...elsewhere }), refusal),
    ).not.toHaveProperty('placeProblem')
    expect(applyOutcome(withPatch(context, { filename }), refusal).unknown).toEqual(['link'])
    expect(applyOutcome(withPatch(context, {}), refusal)).not.toHaveProperty('filenameProblem')
  })

  test('of a name waits for a person; one that is wanted no more does not', () => {
    expect(applyOutcome(renaming, refusal)).toMatchObject({ filenameProblem: problem })
    const later = { ...renaming, wanted: { ...renaming.wanted, filename: 'Later.mp4' } }
    expect(applyOutcome(later, refusal)).not.toHaveProperty('filenameProblem')
  })
})

describe('an answer', () => {
  test('to a link leaves a name that was typed meanwhile', () => {
    const linking = sending({}, pick)
    expect(applyOutcome(linking, linked({ filename: 'Theirs.mp4' })).wanted?.filename).toBe(
      'Theirs.mp4',
    )
    const typed = { ...linking, wanted: { ...linking.wanted, filename: 'Mine.mp4' } }
    expect(applyOutcome(typed, linked({ filename: 'Theirs.mp4' })).wanted?.filename).toBe(
      'Mine.mp4',
    )
  })

  test('to a link takes over the server’s place, which replaces the one that was sent', () => {
    const linking = { ...sending({}, pick), ownPlaces: [{ chapterId, position }, elsewhere] }
    expect(applyOutcome(linking, linked({ position: 'a7' })).wanted).toEqual({
      ...linking.wanted,
      position: 'a7',
    })
  })

  test('keeps after which video a place is that waits, and only that', () => {
    const waiting = { ...renaming, wanted: { ...renaming.wanted, ...elsewhere, after: 'another' } }
    const renamed = linked({ filename: 'Mine.mp4' })
    expect(applyOutcome(waiting, renamed).wanted).toEqual(waiting.wanted)
    const unordered = { ...renaming, wanted: { ...renaming.wanted, ...elsewhere } }
    expect(applyOutcome(unordered, renamed).wanted).not.toHaveProperty('after')
    const arrived = { ...waiting, wanted: { ...waiting.wanted, chapterId, position } }
    expect(applyOutcome(arrived, renamed).wanted).not.toHaveProperty('after')
  })
})
