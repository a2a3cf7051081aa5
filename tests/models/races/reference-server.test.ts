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

/** A command for the server; numbers choose from a few ids, so that commands affect each other. */
type Command =
  | { type: 'link'; links: { video: number; media: number; name: string; chapter: number }[] }
  | { type: 'linkAtKey'; video: number; media: number; position: string }
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

/** Few revisions from two pages, so that some are repeated, equal or late. */
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
const position = fc.constantFrom('a0', 'a0', 'a1', 'a0V', `a0${'V'.repeat(197)}`, createLongKey())

const commandArbitrary: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.uniqueArray(link, { minLength: 1, maxLength: 3, selector: ({ video }) => video }),
        chapter,
      )
      .map(([links, chapter]) => ({
        type: 'link' as const,
        links: links.map((link) => ({ ...link, chapter })),
      })),
  },
  fc.record({ type: fc.constant('linkAtKey' as const), video, media: fc.nat(2), position }),
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
      .map((command) => command as Command),
  },
  fc.record({ type: fc.constant('list' as const), chapter }),
)

function createLongKey() {
  return `a0${'V'.repeat(240)}`
}

const batches = 4
const sequences = 25

test.for(Array.from({ length: batches }, (_, index) => index + 1))(
  'the reference server responds like the app, batch %i',
  async (seed, { server }) => {
    const assets = await server.addAssets(['A.mp4', 'B.mp4', 'C.mp4'])
    const media = [...assets.map(({ id }) => id), crypto.randomUUID()]
    const durations = new Map(assets.map(({ id, durationSeconds }) => [id, durationSeconds]))
    await fc.assert(
      fc.asyncProperty(
        fc.array(commandArbitrary, { minLength: 8, maxLength: 25, size: 'max' }),
        async (commands) => {
          const chapters = (await server.addChapters('One', 'Two')).map(({ id }) => id)
          const ids: Ids = {
            media,
            chapters: [...chapters, crypto.randomUUID()],
            videos: Array.from({ length: 4 }, () => crypto.randomUUID()),
            pages: Array.from({ length: 2 }, () => crypto.randomUUID()),
          }
          const reference = createReferenceServer(chapters, durations)
          for (const command of commands) {
            const actual = await sendToApp(server, command, ids)
            const expected = sendToReference(reference, command, ids)
            expect(actual, JSON.stringify(command)).toEqual(expected)
          }
        },
      ),
      { seed, numRuns: sequences },
    )
  },
)

/** The ids that the numbers of a command choose from. */
interface Ids {
  media: string[]
  chapters: string[]
  videos: string[]
  pages: string[]
}

const getId = (ids: string[], index: number) => ids[index] ?? ''

type LinkCommand = Extract<Command, { type: 'link' | 'linkAtKey' }>

const getChapterId = (command: LinkCommand, { chapters }: Ids) =>
  getId(chapters, command.type === 'link' ? (command.links[0]?.chapter ?? 0) : 0)

function createLinks(command: LinkCommand, { media, videos }: Ids): Link[] {
  if (command.type === 'linkAtKey') {
    const id = getId(videos, command.video)
    const mediaId = getId(media, command.media)
    return [{ id, mediaId, filename: 'Far.mp4', position: command.position }]
  }
  return command.links.map((link, index) => ({
    id: getId(videos, link.video),
    mediaId: getId(media, link.media),
    filename: link.name,
    position: `a${index}`,
  }))
}

function createRequest(command: Exclude<Command, LinkCommand>, ids: Ids): ServerRequest {
  const { chapters, videos, pages } = ids
  if (command.type === 'list') {
    return { method: 'GET', path: `/api/chapters/${getId(chapters, command.chapter)}/videos` }
  }
  const path = `/api/videos/${getId(videos, command.video)}`
  const requested = command.revision && {
    revision: command.revision.revision,
    page: getId(pages, command.revision.page),
  }
  if (command.type === 'remove') return { method: 'DELETE', path, ...requested }
  if (command.type === 'restore') return { method: 'POST', path: `${path}/restore`, ...requested }
  return {
    method: 'PATCH',
    path,
    ifMatch: `"${command.version}"`,
    body: command.type === 'rename' ? { filename: command.name } : createMove(command, ids),
    ...requested,
  }
}

function createMove(
  { position, after, chapter }: Extract<Command, { type: 'move' }>,
  { chapters, videos }: Ids,
) {
  return {
    position,
    after: after === null ? null : getId(videos, after),
    ...(chapter !== undefined && { chapterId: getId(chapters, chapter) }),
  }
}

async function sendToApp(server: TestServer, command: Command, ids: Ids) {
  if (command.type === 'link' || command.type === 'linkAtKey') {
    const path = `POST /api/chapters/${getChapterId(command, ids)}/videos/batch`
    const response = await server.send(path, { body: { videos: createLinks(command, ids) } })
    if (response.status !== 200) {
      return { status: response.status, body: dropWording(await response.json()) }
    }
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return lines.filter((line) => !('done' in line)).map(normalizeLine)
  }
  const { method, path, ifMatch, body, revision, page = '' } = createRequest(command, ids)
  const response = await server.send(`${method} ${path}`, {
    ...(body !== undefined && { body }),
    headers: {
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(revision !== undefined && { 'lectern-revision': `${revision}`, 'lectern-page': page }),
    },
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : dropWording(JSON.parse(text)) }
}

function sendToReference(reference: ReferenceServer, command: Command, ids: Ids) {
  if (command.type === 'link' || command.type === 'linkAtKey') {
    const chapterId = getChapterId(command, ids)
    if (chapterId === ids.chapters[2]) {
      return { status: 404, body: { type: '/problems/not-found' } }
    }
    // The app links a batch in the order of its ids, vacant ones last, and responds in the order of
    // the request.
    const links = createLinks(command, ids)
    const isVacant = new Map(links.map((link) => [link, reference.isVacant(link.id)]))
    const lines = new Map(
      links
        .toSorted((a, b) => Number(isVacant.get(a)) - Number(isVacant.get(b)) || compareIds(a, b))
        .map((link) => [link, reference.link(chapterId, link)]),
    )
    return links.map((link) => normalizeLine(lines.get(link)))
  }
  const { status, body } = reference.handle(createRequest(command, ids))
  return { status, body: dropWording(body) }
}

/** Drops the wording of a problem, but keeps its type and members. */
function dropWording(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('type' in body)) return body
  const { title: _, status: __, detail: ___, ...rest } = body as Record<string, unknown>
  return rest
}

const normalizeLine = (line?: {
  id: string
  status: number
  problem?: unknown
  video?: unknown
}) => [line?.id, line?.status, line?.video ?? dropWording(line?.problem)]

const compareIds = (a: Link, b: Link) => Number(a.id > b.id) - Number(a.id < b.id)
