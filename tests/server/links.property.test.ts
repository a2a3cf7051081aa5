import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Video } from '#contract/videos.ts'
import { createTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const index = fc.integer({ min: 0, max: 2 })
const stepArbitrary = fc.oneof(
  fc.record({ type: fc.constant('link' as const), index }),
  fc.record({ type: fc.constant('link-all' as const) }),
  fc.record({ type: fc.constant('remove' as const), index }),
  fc.record({ type: fc.constant('restore' as const), index }),
  fc.record({ type: fc.constant('remove-chapter' as const) }),
  fc.record({ type: fc.constant('restore-chapter' as const) }),
  fc.record({ type: fc.constant('rename' as const), index, name: fc.constantFrom('x', 'y') }),
)
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never

/** What the server should make of an id, by the simplest possible rules. */
type Model = {
  status: 'unknown' | 'tombstone' | 'vacant' | 'linked' | 'removed'
  version: number
  name: string
}

async function setUp() {
  const [chapter] = await server.addChapters('One')
  if (!chapter) throw new Error('The chapter was not created')
  const assets = await server.addAssets(['0.mp4', '1.mp4', '2.mp4'])
  const links = assets.map(({ id, filename }, index) => ({
    id: crypto.randomUUID(),
    mediaId: id,
    filename,
    position: `a${index}`,
  }))
  const models = links.map(
    ({ filename }): Model => ({ status: 'unknown', version: 0, name: filename }),
  )
  return { chapterId: chapter.id, isRemoved: false, links, models }
}
type Stage = Awaited<ReturnType<typeof setUp>>

function expectedLinkStatus(model: Model, filename: string, isChapterRemoved: boolean): number {
  if (isChapterRemoved) return 410
  if (model.status === 'unknown' || model.status === 'vacant') {
    Object.assign(model, { status: 'linked', version: 1, name: filename })
    return 201
  }
  return model.status === 'linked' ? 200 : 410
}

async function linkAll({ chapterId, isRemoved, links, models }: Stage): Promise<void> {
  const answer = await server.send(`POST /api/chapters/${chapterId}/videos/batch`, {
    body: { videos: links },
  })
  expect(answer.status).toBe(isRemoved ? 410 : 200)
  if (isRemoved) return
  const lines = (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ status }) => status)).toEqual([
    ...links.map(({ filename }, index) =>
      expectedLinkStatus(models[index] as Model, filename, false),
    ),
    undefined,
  ])
}

async function restore(id: string, model: Model, isChapterRemoved: boolean): Promise<void> {
  const { status } = await server.send(`POST /api/videos/${id}/restore`)
  const linkedStatus = isChapterRemoved ? 410 : 200
  expect(status).toBe(
    { unknown: 404, tombstone: 204, vacant: 204, linked: linkedStatus, removed: linkedStatus }[
      model.status
    ],
  )
  if (model.status === 'tombstone') model.status = 'vacant'
  if (model.status === 'removed' && !isChapterRemoved)
    Object.assign(model, { status: 'linked', version: model.version + 1 })
}

async function rename(id: string, name: string, model: Model, isChapterRemoved: boolean) {
  const answer = await server.send(`PATCH /api/videos/${id}`, {
    body: { filename: name },
    headers: { 'if-match': `"${Math.max(model.version, 1)}"` },
  })
  const linked = isChapterRemoved ? 410 : 200
  expect(answer.status).toBe(
    { unknown: 404, tombstone: 410, vacant: 404, linked, removed: 410 }[model.status],
  )
  if (answer.ok) Object.assign(model, { version: model.version + 1, name })
}

async function changeChapter(stage: Stage, isRemoved: boolean): Promise<void> {
  const path = `/api/chapters/${stage.chapterId}`
  const { status } = await server.send(isRemoved ? `DELETE ${path}` : `POST ${path}/restore`)
  expect(status).toBe(isRemoved ? 204 : 200)
  stage.isRemoved = isRemoved
}

async function take(step: Step, stage: Stage): Promise<void> {
  if (step.type === 'link-all') return linkAll(stage)
  if (step.type === 'remove-chapter') return changeChapter(stage, true)
  if (step.type === 'restore-chapter') return changeChapter(stage, false)
  const { chapterId, isRemoved, links, models } = stage
  const model = models[step.index] as Model
  const { id, ...content } = links[step.index] as Stage['links'][number]
  if (step.type === 'link') {
    const answer = await server.send(`PUT /api/chapters/${chapterId}/videos/${id}`, {
      body: content,
    })
    expect(answer.status).toBe(expectedLinkStatus(model, content.filename, isRemoved))
  } else if (step.type === 'remove') {
    expect((await server.send(`DELETE /api/videos/${id}`)).status).toBe(204)
    if (model.status === 'linked') model.status = 'removed'
    if (model.status === 'unknown' || model.status === 'vacant') model.status = 'tombstone'
  } else if (step.type === 'restore') {
    await restore(id, model, isRemoved)
  } else {
    await rename(id, step.name, model, isRemoved)
  }
}

test('links, removals, restorations and renames in any order agree with the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 12 }), async (steps) => {
      const stage = await setUp()
      for (const step of steps) await take(step, stage)
      await changeChapter(stage, false)
      const answer = await server.send(`GET /api/chapters/${stage.chapterId}/videos`)
      const { videos } = (await answer.json()) as { videos: Video[] }
      const shown = videos.map(({ id, version, filename }) => ({ id, version, name: filename }))
      expect(shown).toEqual(
        stage.models.flatMap(({ status, version, name }, index) =>
          status === 'linked' ? [{ id: stage.links[index]?.id, version, name }] : [],
        ),
      )
    }),
    { numRuns: 40 },
  )
})

test('a link and its removal sent at once leave nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), async (linkFirst) => {
      const { chapterId, links } = await setUp()
      const calls = links.flatMap(({ id, ...body }) => [
        () => server.send(`PUT /api/chapters/${chapterId}/videos/${id}`, { body }),
        () => server.send(`DELETE /api/videos/${id}`),
      ])
      await Promise.all((linkFirst ? calls : calls.toReversed()).map((call) => call()))
      const answer = await server.send(`GET /api/chapters/${chapterId}/videos`)
      expect(await answer.json()).toEqual({ videos: [] })
    }),
    { numRuns: 10 },
  )
})
