import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Link } from '#contract/videos.ts'
import { createTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const page = crypto.randomUUID()

/** A change that a page requests; it sends them one after another. */
type Change = { type: 'remove' } | { type: 'restore' } | { type: 'rename'; filename: string }

const changes = fc.array(
  fc.oneof(
    fc.constantFrom<Change>({ type: 'remove' }, { type: 'restore' }),
    fc.record({ type: fc.constant('rename' as const), filename: fc.constantFrom('x', 'y') }),
  ),
  { minLength: 1, maxLength: 6 },
)

/** Changes in order, some of which are delivered again at any later time. */
const deliveries = changes.chain((list) =>
  fc
    .array(fc.tuple(fc.nat(list.length - 1), fc.nat(list.length)), { maxLength: 6 })
    .map((repeats) => ({ changes: list, repeats })),
)

test('late duplicates of a page’s requests don’t change the result of its last one', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, fc.boolean(), async ({ changes, repeats }, isLinked) => {
      const [once, again] = [await stage(isLinked), await stage(isLinked)]
      const versions: number[] = []
      for (const [index, change] of changes.entries()) {
        versions.push(await readVersion(once))
        await deliver(once, change, index + 1, versions[index] ?? 1)
        await deliver(again, change, index + 1, versions[index] ?? 1)
        for (const [which, when] of repeats) {
          const repeated = changes[which]
          // A repeat comes after its first delivery; the last turn takes all that remain.
          const isDue = when === index || (index === changes.length - 1 && when > index)
          if (!repeated || which > index || !isDue) continue
          await deliver(again, repeated, which + 1, versions[which] ?? 1)
        }
      }
      expect(await describeRow(again)).toEqual(await describeRow(once))
    }),
    { numRuns: 15 },
  )
})

async function stage(isLinked: boolean) {
  const [chapter] = await server.addChapters('One')
  const [asset] = await server.addAssets(['a.mp4'])
  if (!chapter || !asset) throw new Error('nothing to link')
  const content = { mediaId: asset.id, filename: 'a.mp4', position: 'a0' }
  const link: Link = { id: crypto.randomUUID(), ...content }
  if (isLinked) await putLink({ chapterId: chapter.id, link })
  return { chapterId: chapter.id, link }
}
type Stage = Awaited<ReturnType<typeof stage>>

const putLink = ({ chapterId, link: { id, ...body } }: Stage) =>
  server.send(`PUT /api/chapters/${chapterId}/videos/${id}`, { body })

function deliver({ link }: Stage, change: Change, revision: number, version: number) {
  const path = `/api/videos/${link.id}`
  const headers = { 'lectern-revision': `${revision}`, 'lectern-page': page }
  if (change.type === 'remove') return server.send(`DELETE ${path}`, { headers })
  if (change.type === 'restore') return server.send(`POST ${path}/restore`, { headers })
  return server.send(`PATCH ${path}`, {
    body: { filename: change.filename },
    headers: { ...headers, 'if-match': `"${version}"` },
  })
}

async function listVideos({ chapterId }: Stage) {
  const answer = await server.send(`GET /api/chapters/${chapterId}/videos`)
  return (await answer.json()).videos
}

const readVersion = async (stage: Stage): Promise<number> =>
  (await listVideos(stage))[0]?.version ?? 1

/** Describes the row, or the answer to a link under its id. */
async function describeRow(stage: Stage) {
  const [row] = await listVideos(stage)
  if (row) return [row.filename, row.version, row.revision]
  const answer = await putLink(stage)
  const { revision } = await answer.json()
  return [answer.status, revision]
}
