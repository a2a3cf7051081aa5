import fc from 'fast-check'
import { expect } from 'vitest'
import type { Link } from '#contract/videos.ts'
import type { TestServer } from '../../support/server.ts'
import { test } from '../../support/server-test.ts'
import {
  createReferenceServer,
  type ReferenceServer,
  type ServerRequest,
} from './reference-server.ts'

/** What can be asked of the server; numbers choose among few ids, so that they meet. */
type Ask =
  | { type: 'link'; links: { video: number; media: number; name: string; chapter: number }[] }
  | { type: 'rename'; video: number; version: number; name: string }
  | { type: 'remove' | 'restore'; video: number }
  | { type: 'list'; chapter: number }

const video = fc.nat(3)
const name = fc.constantFrom('One.mp4', 'Two.mp4')
// The third chapter and the fourth asset do not exist.
const chapter = fc.oneof(
  { weight: 6, arbitrary: fc.nat(1) },
  { weight: 1, arbitrary: fc.constant(2) },
)
const link = fc.record({ video, media: fc.nat(3), name, chapter: fc.constant(0) })

const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc
    .tuple(
      fc.uniqueArray(link, { minLength: 1, maxLength: 3, selector: (one) => one.video }),
      chapter,
    )
    .map(([links, one]) => ({
      type: 'link' as const,
      links: links.map((each) => ({ ...each, chapter: one })),
    })),
  fc.record({
    type: fc.constant('rename' as const),
    video,
    version: fc.integer({ min: 1, max: 3 }),
    name,
  }),
  fc.record({ type: fc.constantFrom('remove' as const, 'restore' as const), video }),
  fc.record({ type: fc.constant('list' as const), chapter }),
)

const batches = 4
const sequences = 25

test.for(Array.from({ length: batches }, (_, index) => index + 1))(
  'the reference server answers as the real app does, batch %i',
  { timeout: 60_000 },
  async (seed, { server }) => {
    const assets = await server.addAssets(['A.mp4', 'B.mp4', 'C.mp4'])
    const media = [...assets.map(({ id }) => id), crypto.randomUUID()]
    const durations = new Map(assets.map(({ id, durationSeconds }) => [id, durationSeconds]))
    await fc.assert(
      fc.asyncProperty(
        fc.array(ask, { minLength: 8, maxLength: 25, size: 'max' }),
        async (asks) => {
          const chapters = [...(await server.addChapters('One', 'Two')).map(({ id }) => id)]
          const world: World = {
            media,
            chapters: [...chapters, crypto.randomUUID()],
            videos: Array.from({ length: 4 }, () => crypto.randomUUID()),
          }
          const reference = createReferenceServer(chapters, durations)
          for (const one of asks) {
            const answered = await answerOfApp(server, one, world)
            expect(answered, JSON.stringify(one)).toEqual(answerOfReference(reference, one, world))
          }
        },
      ),
      { seed, numRuns: sequences },
    )
  },
)

interface World {
  media: string[]
  chapters: string[]
  videos: string[]
}

const nth = (ids: string[], index: number) => ids[index] ?? ''

const linksOf = ({ links }: Extract<Ask, { type: 'link' }>, { media, videos }: World): Link[] =>
  links.map((one, index) => ({
    ...{ id: nth(videos, one.video), mediaId: nth(media, one.media), filename: one.name },
    position: `a${index}`,
  }))

function requestOf(
  one: Exclude<Ask, { type: 'link' }>,
  { chapters, videos }: World,
): ServerRequest {
  if (one.type === 'list') {
    return { method: 'GET', path: `/api/chapters/${nth(chapters, one.chapter)}/videos` }
  }
  const path = `/api/videos/${nth(videos, one.video)}`
  if (one.type === 'rename') {
    return { method: 'PATCH', path, ifMatch: `"${one.version}"`, body: { filename: one.name } }
  }
  return one.type === 'remove'
    ? { method: 'DELETE', path }
    : { method: 'POST', path: `${path}/restore` }
}

async function answerOfApp(server: TestServer, one: Ask, world: World) {
  if (one.type === 'link') {
    const chapterId = nth(world.chapters, one.links[0]?.chapter ?? 0)
    const path = `POST /api/chapters/${chapterId}/videos/batch`
    const answer = await server.send(path, { body: { videos: linksOf(one, world) } })
    if (answer.status !== 200) return { status: answer.status, body: kindIn(await answer.json()) }
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return lines.filter((line) => !('done' in line)).map(lineOf)
  }
  const { method, path, ifMatch, body } = requestOf(one, world)
  const answer = await server.send(`${method} ${path}`, {
    ...(body !== undefined && { body }),
    ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : kindIn(JSON.parse(text)) }
}

function answerOfReference(reference: ReferenceServer, one: Ask, world: World) {
  if (one.type === 'link') {
    const chapterId = nth(world.chapters, one.links[0]?.chapter ?? 0)
    if (chapterId === world.chapters[2]) return { status: 404, body: '/problems/not-found' }
    // The app links the links of one batch in the order of their ids, and answers in the order asked.
    const links = linksOf(one, world)
    const lines = new Map(
      links.toSorted(byId).map((each) => [each, reference.link(chapterId, each)]),
    )
    return [...links].map((each) => lineOf(lines.get(each)))
  }
  const { status, body } = reference.handle(requestOf(one, world))
  return { status, body: kindIn(body) }
}

/** A problem by its kind, with what a kind adds; anything else as it is. */
function kindIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('type' in body)) return body
  return 'video' in body ? [body.type, body.video] : body.type
}

const lineOf = (line?: { id: string; status: number; problem?: unknown; video?: unknown }) => [
  ...[line?.id, line?.status, line?.video ?? kindIn(line?.problem)],
]

const byId = (one: Link, other: Link) => Number(one.id > other.id) - Number(one.id < other.id)
