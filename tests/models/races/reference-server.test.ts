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
  | { type: 'linkFar'; video: number; media: number; position: string }
  | { type: 'rename'; video: number; version: number; name: string; revision?: Revision }
  | {
      type: 'move'
      video: number
      version: number
      position: string
      after: number | null
      chapter: number | undefined
      revision?: Revision
    }
  | { type: 'remove'; video: number; revision?: Revision }
  | { type: 'restore'; video: number; revision?: Revision }
  | { type: 'list'; chapter: number }

/** Few revisions of two pages, so that they are repeated, equal and late. */
type Revision = { revision: number; page: number } | undefined

const video = fc.nat(3)
const name = fc.constantFrom('One.mp4', 'Two.mp4')
const version = fc.integer({ min: 1, max: 3 })
// The third chapter and the fourth asset do not exist.
const chapter = fc.oneof(
  { weight: 6, arbitrary: fc.nat(1) },
  { weight: 1, arbitrary: fc.constant(2) },
)
const link = fc.record({ video, media: fc.nat(3), name, chapter: fc.constant(0) })
const revision = fc.option(
  fc.record({ revision: fc.integer({ min: 1, max: 5 }), page: fc.nat(1) }),
  {
    nil: undefined,
  },
)
const position = fc.constantFrom('a0', 'a0', 'a1', 'a0V', `a0${'V'.repeat(197)}`, longKey())

const ask: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.uniqueArray(link, { minLength: 1, maxLength: 3, selector: (one) => one.video }),
        chapter,
      )
      .map(([links, one]) => ({
        type: 'link' as const,
        links: links.map((each) => ({ ...each, chapter: one })),
      })),
  },
  fc.record({ type: fc.constant('linkFar' as const), video, media: fc.nat(2), position }),
  fc.record({ type: fc.constant('rename' as const), video, version, name, revision }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      video,
      version,
      position,
      revision,
      after: fc.option(video),
      chapter: fc.option(chapter, { nil: undefined, freq: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ type: fc.constantFrom('remove', 'restore'), video, revision })
      .map((one) => one as Ask),
  },
  fc.record({ type: fc.constant('list' as const), chapter }),
)

function longKey() {
  return `a0${'V'.repeat(240)}`
}

const batches = 4
const sequences = 25

test.for(Array.from({ length: batches }, (_, index) => index + 1))(
  'the reference server answers as the real app does, batch %i',
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
            pages: Array.from({ length: 2 }, () => crypto.randomUUID()),
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
  pages: string[]
}

const nth = (ids: string[], index: number) => ids[index] ?? ''

type LinkAsk = Extract<Ask, { type: 'link' | 'linkFar' }>

const chapterOf = (one: LinkAsk, { chapters }: World) =>
  nth(chapters, one.type === 'link' ? (one.links[0]?.chapter ?? 0) : 0)

function linksOf(one: LinkAsk, { media, videos }: World): Link[] {
  if (one.type === 'linkFar') {
    const [id, mediaId] = [nth(videos, one.video), nth(media, one.media)]
    return [{ id, mediaId, filename: 'Far.mp4', position: one.position }]
  }
  return one.links.map(({ video, media: asset, name: filename }, index) => ({
    id: nth(videos, video),
    mediaId: nth(media, asset),
    filename,
    position: `a${index}`,
  }))
}

function requestOf(one: Exclude<Ask, LinkAsk>, world: World): ServerRequest {
  const { chapters, videos, pages } = world
  if (one.type === 'list') {
    return { method: 'GET', path: `/api/chapters/${nth(chapters, one.chapter)}/videos` }
  }
  const path = `/api/videos/${nth(videos, one.video)}`
  const asked = one.revision && {
    revision: one.revision.revision,
    page: nth(pages, one.revision.page),
  }
  if (one.type === 'remove') return { method: 'DELETE', path, ...asked }
  if (one.type === 'restore') return { method: 'POST', path: `${path}/restore`, ...asked }
  return {
    method: 'PATCH',
    path,
    ifMatch: `"${one.version}"`,
    body: one.type === 'rename' ? { filename: one.name } : moveOf(one, world),
    ...asked,
  }
}

function moveOf(
  { position, after, chapter }: Extract<Ask, { type: 'move' }>,
  { chapters, videos }: World,
) {
  const afterId = after === null ? null : nth(videos, after)
  return {
    position,
    after: afterId,
    ...(chapter !== undefined && { chapterId: nth(chapters, chapter) }),
  }
}

async function answerOfApp(server: TestServer, one: Ask, world: World) {
  if (one.type === 'link' || one.type === 'linkFar') {
    const chapterId = chapterOf(one, world)
    const path = `POST /api/chapters/${chapterId}/videos/batch`
    const answer = await server.send(path, { body: { videos: linksOf(one, world) } })
    if (answer.status !== 200) return { status: answer.status, body: kindIn(await answer.json()) }
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return lines.filter((line) => !('done' in line)).map(lineOf)
  }
  const { method, path, ifMatch, body, revision, page = '' } = requestOf(one, world)
  const answer = await server.send(`${method} ${path}`, {
    ...(body !== undefined && { body }),
    headers: {
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(revision !== undefined && { 'lectern-revision': `${revision}`, 'lectern-page': page }),
    },
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : kindIn(JSON.parse(text)) }
}

function answerOfReference(reference: ReferenceServer, one: Ask, world: World) {
  if (one.type === 'link' || one.type === 'linkFar') {
    const chapterId = chapterOf(one, world)
    if (chapterId === world.chapters[2])
      return { status: 404, body: { type: '/problems/not-found' } }
    // The app links the links of one batch in the order of their ids, those last whose id is vacant,
    // and answers in the order asked.
    const links = linksOf(one, world)
    const isVacant = new Map(links.map((each) => [each, reference.isVacant(each.id)]))
    const lines = new Map(
      links
        .toSorted((a, b) => Number(isVacant.get(a)) - Number(isVacant.get(b)) || byId(a, b))
        .map((each) => [each, reference.link(chapterId, each)]),
    )
    return [...links].map((each) => lineOf(lines.get(each)))
  }
  const { status, body } = reference.handle(requestOf(one, world))
  return { status, body: kindIn(body) }
}

/** A problem by its kind, with what a kind adds; anything else as it is. */
function kindIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('type' in body)) return body
  const { title: _, status: __, detail: ___, ...rest } = body as Record<string, unknown>
  return rest
}

const lineOf = (line?: { id: string; status: number; problem?: unknown; video?: unknown }) => [
  ...[line?.id, line?.status, line?.video ?? kindIn(line?.problem)],
]

const byId = (one: Link, other: Link) => Number(one.id > other.id) - Number(one.id < other.id)
