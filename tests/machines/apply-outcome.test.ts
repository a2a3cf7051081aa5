import { describe, expect, test } from 'vitest'
import { createProblem } from '#contract/problem.ts'
import { createRemovedProblem } from '#contract/removals.ts'
import { applyOutcome } from '#machines/apply-outcome.ts'
import type { Patch, RequestKind } from '#machines/next-request.ts'
import {
  findSendableRequest,
  initialContext,
  startRequest,
  type VideoContext,
  wantPlace,
} from '#machines/video.context.ts'
import { linked, pick, refused, row } from './fake-effects.ts'

const { filename, chapterId, position } = row
const elsewhere = { chapterId: 'other', position: 'b0' }

/** A video with a request in flight for what it wants. */
function createSending(changes: Partial<VideoContext>, input = row): VideoContext {
  const context = { ...initialContext(input), ...changes }
  return { ...context, ...startRequest(context) }
}

const createWanted = (changes: Partial<VideoContext['wanted']>) => ({
  wanted: { ...initialContext(row).wanted, ...changes },
})

const moving = createSending(createWanted(elsewhere))
const renaming = createSending(createWanted({ filename: 'Mine.mp4' }))

const refusal = refused('Not now.')
const { problem } = refusal

/** Puts a change request with this patch in flight. */
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
  test('leaves the server’s place as our only place', () => {
    expect(moving.ownPlaces).toEqual([{ chapterId, position }, elsewhere])
    expect(applyOutcome(moving, refusal)).toMatchObject({
      ownPlaces: [{ chapterId, position }],
      placeProblem: problem,
      wanted: { chapterId, position },
    })
  })

  test('keeps the places that an earlier change may have reached', () => {
    const again: VideoContext = { ...moving, unknown: ['change', 'change'] }
    const left = applyOutcome(again, refusal)
    expect(left).not.toHaveProperty('ownPlaces')
    expect(left.unknown).toEqual(['change'])
  })

  test.for<RequestKind>(['remove', 'restore', 'link'])('differs from a refused %s', (kind) => {
    const request = { ...moving.request, kind } as VideoContext['request']
    const left = applyOutcome({ ...moving, request, unknown: [kind] }, refusal)
    expect(left).not.toHaveProperty('ownPlaces')
  })

  test('that was to overwrite an earlier change is not sent again', () => {
    const context: VideoContext = { ...initialContext(row), unknown: ['link', 'change', 'change'] }
    expect(
      applyOutcome(withPatch(context, { filename, ...elsewhere }), refusal),
    ).not.toHaveProperty('placeProblem')
    expect(applyOutcome(withPatch(context, { filename }), refusal).unknown).toEqual(['link'])
    expect(applyOutcome(withPatch(context, {}), refusal)).not.toHaveProperty('filenameProblem')
  })

  test('to a removed chapter goes back; the video itself is not taken for removed', () => {
    const problem = createRemovedProblem({ kind: 'chapter', id: 'other', title: 'Other' })
    const left = { ...moving, ...applyOutcome(moving, { outcome: 'refused', problem }) }
    expect(left).toMatchObject({
      wanted: { chapterId, position },
      confirmed: { status: 'linked', chapterId, position },
      placeProblem: problem,
      problem: null,
    })
  })

  test('within a removed chapter is refused for all of the video, which stays linked', () => {
    const problem = createRemovedProblem({ kind: 'chapter', id: chapterId, title: 'Own' })
    const inside = createSending(createWanted({ position: 'b0', filename: 'Mine.mp4' }))
    const left = { ...inside, ...applyOutcome(inside, { outcome: 'refused', problem }) }
    expect(left).toMatchObject({
      confirmed: { status: 'linked' },
      wanted: { position: 'b0', filename: 'Mine.mp4' },
      problem,
    })
    expect(findSendableRequest(left)).toBe(null)
    const moved = { ...left, ...wantPlace(left, elsewhere) }
    expect(findSendableRequest(moved)).toEqual({
      kind: 'change',
      patch: { ...elsewhere, filename: 'Mine.mp4' },
      version: row.version,
    })
  })

  test('of a removed video takes it for removed', () => {
    const problem = createProblem('removed', 'It was removed.')
    expect(applyOutcome(moving, { outcome: 'refused', problem })).toMatchObject({
      confirmed: { status: 'removed' },
      problem,
    })
  })

  test('of a name is reported as a problem, unless the name has changed since', () => {
    expect(applyOutcome(renaming, refusal)).toMatchObject({ filenameProblem: problem })
    const later = { ...renaming, wanted: { ...renaming.wanted, filename: 'Later.mp4' } }
    expect(applyOutcome(later, refusal)).not.toHaveProperty('filenameProblem')
  })
})

describe('a link that is refused because its chapter was removed', () => {
  const problem = createRemovedProblem({ kind: 'chapter', id: pick.chapterId, title: 'Own' })
  const link = createSending({ unknown: ['link'] }, pick)
  const refuse = (context: VideoContext): VideoContext => ({
    ...context,
    ...applyOutcome(context, { outcome: 'refused', problem }),
  })
  const expectLinkElsewhere = (context: VideoContext) => {
    expect(context.problem).toBe(null)
    expect(startRequest(context).request).toMatchObject({
      kind: 'link',
      chapterId: elsewhere.chapterId,
      link: { id: pick.id, mediaId: pick.mediaId, position: elsewhere.position },
    })
  }

  test('fails, and is sent to the chapter that the video is moved to', () => {
    const failed = refuse(link)
    expect(failed).toMatchObject({ problem, confirmed: { status: 'unlinked' } })
    expectLinkElsewhere({ ...failed, ...wantPlace(failed, elsewhere) })
    const within = { ...failed, ...wantPlace(failed, { ...elsewhere, chapterId: pick.chapterId }) }
    expect(within.problem).toBe(problem)
  })

  test('is sent to the chapter that the video has been moved to meanwhile', () => {
    expectLinkElsewhere(refuse({ ...link, ...wantPlace(link, elsewhere) }))
  })

  test('fails if the other chapter was removed, too', () => {
    const moved = refuse({ ...link, ...wantPlace(link, elsewhere) })
    expect(refuse({ ...moved, ...startRequest(moved) })).toMatchObject({ problem })
  })
})

describe('an answer', () => {
  test('to a link keeps a name that was typed meanwhile', () => {
    const linking = createSending({}, pick)
    expect(applyOutcome(linking, linked({ filename: 'Theirs.mp4' })).wanted?.filename).toBe(
      'Theirs.mp4',
    )
    const typed = { ...linking, wanted: { ...linking.wanted, filename: 'Mine.mp4' } }
    expect(applyOutcome(typed, linked({ filename: 'Theirs.mp4' })).wanted?.filename).toBe(
      'Mine.mp4',
    )
  })

  test('to a link adopts the server’s place instead of the one that was sent', () => {
    const linking = { ...createSending({}, pick), ownPlaces: [{ chapterId, position }, elsewhere] }
    expect(applyOutcome(linking, linked({ position: 'a7' })).wanted).toEqual({
      ...linking.wanted,
      position: 'a7',
    })
  })

  test('keeps the neighbour of a pending place, and of no other', () => {
    const waiting = { ...renaming, wanted: { ...renaming.wanted, ...elsewhere, after: 'another' } }
    const renamed = linked({ filename: 'Mine.mp4' })
    expect(applyOutcome(waiting, renamed).wanted).toEqual(waiting.wanted)
    const unordered = { ...renaming, wanted: { ...renaming.wanted, ...elsewhere } }
    expect(applyOutcome(unordered, renamed).wanted).not.toHaveProperty('after')
    const arrived = { ...waiting, wanted: { ...waiting.wanted, chapterId, position } }
    expect(applyOutcome(arrived, renamed).wanted).not.toHaveProperty('after')
  })
})
