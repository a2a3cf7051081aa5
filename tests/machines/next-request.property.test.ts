import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Confirmed,
  type NextRequest,
  nextRequest,
  type RequestKind,
  type Wanted,
} from '#machines/next-request.ts'

const kinds: RequestKind[] = ['link', 'change', 'remove', 'restore']

const filenameArbitrary = fc.constantFrom('One.mp4', 'Two.mp4', 'Three.mp4')
const places = {
  chapterId: fc.constantFrom('chapter-1', 'chapter-2'),
  position: fc.constantFrom('a0', 'a1', 'b0'),
}
const wantedArbitrary: fc.Arbitrary<Wanted> = fc
  .record({
    isPresent: fc.boolean(),
    filename: filenameArbitrary,
    ...places,
    after: fc.constantFrom(null, 'video-2', undefined),
  })
  .map(({ after, ...wanted }) => (after === undefined ? wanted : { ...wanted, after }))
const confirmedArbitrary: fc.Arbitrary<Confirmed> = fc.record({
  status: fc.constantFrom('unlinked', 'linked', 'removed'),
  filename: filenameArbitrary,
  ...places,
  version: fc.nat(5),
  revision: fc.nat(5),
})
const unknownArbitrary = fc.shuffledSubarray(kinds)

/** Stores one video as the real server does: in order of revisions, guarded by a version. */
interface Server extends Confirmed {
  status: 'unlinked' | 'linked' | 'removed'
}

type Sent = NextRequest & { revision: number }
type Outcome = 'applied' | 'stale' | 'refused'

const original = { filename: 'One.mp4', chapterId: 'chapter-1', position: 'a0' }

function apply(server: Server, sent: Sent): Outcome {
  if (sent.kind === 'link') return applyLink(server)
  if (sent.kind === 'change' && server.status !== 'linked') return 'refused'
  if (sent.revision <= server.revision) return 'stale'
  if (sent.kind === 'change') {
    if (sent.version !== server.version) return 'stale'
    const { after: _after, ...fields } = sent.patch
    Object.assign(server, fields, { version: server.version + 1 })
  } else if (sent.kind === 'remove') server.status = 'removed'
  // A tombstone of a link that never arrived has no row to restore.
  else if (server.status === 'removed') server.status = server.version > 0 ? 'linked' : 'unlinked'
  server.revision = sent.revision
  return 'applied'
}

function applyLink(server: Server): Outcome {
  if (server.status === 'removed') return 'refused'
  if (server.status === 'unlinked') {
    Object.assign(server, original, { status: 'linked', version: 1 })
  }
  return 'applied'
}

/** What a page knows about its requests, and the requests that may still arrive, once or twice. */
interface Loop {
  wanted: Wanted
  confirmed: Confirmed
  unknown: RequestKind[]
  revision: number
  server: Server
  late: Sent[]
}

const startLoop = (): Loop => {
  const server: Server = { status: 'unlinked', ...original, version: 0, revision: 0 }
  return {
    wanted: { isPresent: true, ...original },
    confirmed: { ...server },
    unknown: [],
    revision: 0,
    server,
    late: [],
  }
}

/** Sends the next request. Its answer arrives, or is lost on the way there or back. */
function turn(loop: Loop, outcome: 'answered' | 'lost there' | 'lost back' | 'late') {
  const next = nextRequest(loop.wanted, loop.confirmed, loop.unknown)
  if (!next) return null
  if (next.kind !== 'link') loop.revision += 1
  const sent: Sent = { ...next, revision: loop.revision }
  if (outcome !== 'answered') {
    loop.unknown = [...loop.unknown, next.kind]
    if (outcome === 'lost back') apply(loop.server, sent)
    if (outcome === 'late') loop.late.push(sent)
    return sent
  }
  const result = apply(loop.server, sent)
  // A link to a removed row is refused; a person's retry then starts from the removal.
  loop.confirmed = { ...loop.server }
  loop.revision = Math.max(loop.revision, loop.server.revision)
  if (result !== 'refused' || next.kind !== 'change') loop.unknown = []
  return sent
}

const steps = fc.oneof(
  { weight: 2, arbitrary: fc.record({ want: wantedArbitrary }) },
  {
    weight: 4,
    arbitrary: fc.record({
      outcome: fc.constantFrom('answered' as const, 'lost there', 'lost back', 'late'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ arrives: fc.nat(3), isRepeated: fc.boolean() }) },
)

type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

function arrive(loop: Loop, index: number, isRepeated: boolean) {
  const sent = loop.late[index % Math.max(1, loop.late.length)]
  if (!sent) return
  apply(loop.server, sent)
  if (!isRepeated) loop.late = loop.late.filter((request) => request !== sent)
}

function take(loop: Loop, step: Step) {
  if ('want' in step) loop.wanted = step.want
  else if ('outcome' in step) turn(loop, step.outcome)
  else arrive(loop, step.arrives, step.isRepeated)
}

const summarizeWanted = ({ isPresent, filename, chapterId, position }: Wanted) =>
  isPresent ? { isPresent, filename, chapterId, position } : { isPresent }

const summarizeServer = ({ status, filename, chapterId, position }: Server) =>
  status === 'linked' ? { isPresent: true, filename, chapterId, position } : { isPresent: false }

describe('a loop of next requests', () => {
  test('brings the server to what is wanted, whatever was lost, late or duplicated', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (taken) => {
        const loop = startLoop()
        for (const step of taken) take(loop, step)
        let requests = 0
        while (turn(loop, 'answered')) requests += 1
        expect(requests, 'it needs a handful of answers to get there').toBeLessThan(8)
        expect(summarizeServer(loop.server)).toEqual(summarizeWanted(loop.wanted))
        expect(nextRequest(loop.wanted, loop.confirmed, loop.unknown)).toBeNull()

        // Late requests meet a higher revision, or a row that is already linked or removed.
        for (const sent of loop.late) apply(loop.server, sent)
        expect(summarizeServer(loop.server)).toEqual(summarizeWanted(loop.wanted))
      }),
      { numRuns: 5000 },
    )
  })

  test('sends nothing without an effect if every request was answered', () => {
    fc.assert(
      fc.property(wantedArbitrary, confirmedArbitrary, (wanted, confirmed) => {
        const next = nextRequest(wanted, confirmed, [])
        if (!next) {
          expect(summarizeServer(confirmed)).toEqual(summarizeWanted(wanted))
        } else {
          const server = { ...confirmed }
          expect(apply(server, { ...next, revision: 99 })).toBe('applied')
          const { revision: _after, ...after } = server
          const { revision: _before, ...before } = confirmed
          const isVacant = next.kind === 'restore' && confirmed.version === 0
          if (!isVacant) expect(after).not.toEqual(before)
        }
      }),
    )
  })
})

describe('the next request', () => {
  const wanted: Wanted = { isPresent: true, ...original }
  const unlinked: Confirmed = { status: 'unlinked', ...original, version: 0, revision: 0 }
  const linked: Confirmed = { ...unlinked, status: 'linked', version: 3 }
  const removed: Confirmed = { ...linked, status: 'removed' }
  const absent: Wanted = { ...wanted, isPresent: false }

  test.each<[string, Wanted, Confirmed, RequestKind[], NextRequest | null]>([
    ['a pick is linked', wanted, unlinked, [], { kind: 'link' }],
    [
      'a pick whose link may have arrived is linked again',
      wanted,
      unlinked,
      ['link'],
      { kind: 'link' },
    ],
    ['a linked video is left alone', wanted, linked, [], null],
    ['a removed video is restored', wanted, removed, [], { kind: 'restore' }],
    ['a video that may be removed is restored', wanted, linked, ['remove'], { kind: 'restore' }],
    [
      'a pick whose removal may precede its link is restored',
      wanted,
      unlinked,
      ['link', 'remove'],
      { kind: 'restore' },
    ],
    ['a pick that was never sent needs no removal', absent, unlinked, [], null],
    ['a pick that may be linked is removed', absent, unlinked, ['link'], { kind: 'remove' }],
    [
      'a vacant id whose link may still arrive is removed',
      absent,
      { ...unlinked, revision: 2 },
      [],
      { kind: 'remove' },
    ],
    ['a linked video is removed', absent, linked, [], { kind: 'remove' }],
    ['a video that may have changed is removed', absent, linked, ['change'], { kind: 'remove' }],
    ['a removed video is left alone', absent, removed, [], null],
    ['a video that may be restored is removed', absent, removed, ['restore'], { kind: 'remove' }],
    ['an unanswered removal is sent again', absent, linked, ['remove'], { kind: 'remove' }],
  ])('%s', (_name, want, confirmed, unknown, request) => {
    expect(nextRequest(want, confirmed, unknown)).toEqual(request)
  })

  const change = (patch: Partial<Wanted>) => ({ kind: 'change', patch, version: 3 })
  const place = { chapterId: 'chapter-2', position: 'b0' }

  test('changes only what differs', () => {
    const request = (changes: Partial<Wanted>) => nextRequest({ ...wanted, ...changes }, linked, [])
    expect(request({ filename: 'Two.mp4' })).toEqual(change({ filename: 'Two.mp4' }))
    expect(request(place)).toEqual(change(place))
    expect(request({ position: 'b0' })).toEqual(change({ chapterId: 'chapter-1', position: 'b0' }))
    expect(request({ chapterId: 'chapter-2' })).toEqual(
      change({ chapterId: 'chapter-2', position: 'a0' }),
    )
    expect(request({ ...place, after: null })).toEqual(change({ ...place, after: null }))
    expect(request({ filename: 'Two.mp4', ...place, after: 'video-2' })).toEqual(
      change({ filename: 'Two.mp4', ...place, after: 'video-2' }),
    )
    expect(request({ after: 'video-2' })).toBeNull()
  })

  test('overwrites a change that may have arrived with everything that is wanted', () => {
    expect(nextRequest(wanted, linked, ['change'])).toEqual(change({ ...original }))
    expect(nextRequest({ ...wanted, after: 'video-2' }, linked, ['change'])).toEqual(
      change({ ...original, after: 'video-2' }),
    )
  })

  test('depends on which kinds are unknown, not on their order or number', () => {
    fc.assert(
      fc.property(
        wantedArbitrary,
        confirmedArbitrary,
        unknownArbitrary,
        (want, confirmed, unknown) => {
          const once = nextRequest(want, confirmed, unknown)
          expect(nextRequest(want, confirmed, [...unknown, ...unknown].reverse())).toEqual(once)
        },
      ),
    )
  })
})
