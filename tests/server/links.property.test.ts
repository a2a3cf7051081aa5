import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Video } from '#contract/videos.ts'
import { createTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const which = fc.integer({ min: 0, max: 2 })
const stepArbitrary = fc.oneof(
  fc.record({ do: fc.constant('link' as const), which }),
  fc.record({ do: fc.constant('link-all' as const) }),
  fc.record({ do: fc.constant('remove' as const), which }),
  fc.record({ do: fc.constant('restore' as const), which }),
  fc.record({ do: fc.constant('remove-chapter' as const) }),
  fc.record({ do: fc.constant('restore-chapter' as const) }),
  fc.record({ do: fc.constant('rename' as const), which, name: fc.constantFrom('x', 'y') }),
)
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never

/** What an id should be on the server, by the simplest rules there are. */
type Model = {
  is: 'unknown' | 'tombstone' | 'vacant' | 'linked' | 'removed'
  version: number
  name: string
}

async function stage() {
  const [chapter] = await server.addChapters('One')
  if (!chapter) throw new Error('no chapter')
  const assets = await server.addAssets(['0.mp4', '1.mp4', '2.mp4'])
  const links = assets.map(({ id, filename }, index) => ({
    id: crypto.randomUUID(),
    mediaId: id,
    filename,
    position: `a${index}`,
  }))
  const models = links.map(({ filename }): Model => ({ is: 'unknown', version: 0, name: filename }))
  return { chapterId: chapter.id, isRemoved: false, links, models }
}
type Stage = Awaited<ReturnType<typeof stage>>

function expectedLinkStatus(model: Model, filename: string, isChapterRemoved: boolean): number {
  if (isChapterRemoved) return 410
  if (model.is === 'unknown' || model.is === 'vacant') {
    Object.assign(model, { is: 'linked', version: 1, name: filename })
    return 201
  }
  return model.is === 'linked' ? 200 : 410
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
      model.is
    ],
  )
  if (model.is === 'tombstone') model.is = 'vacant'
  if (model.is === 'removed' && !isChapterRemoved)
    Object.assign(model, { is: 'linked', version: model.version + 1 })
}

async function rename(id: string, name: string, model: Model, isChapterRemoved: boolean) {
  const answer = await server.send(`PATCH /api/videos/${id}`, {
    body: { filename: name },
    headers: { 'if-match': `"${Math.max(model.version, 1)}"` },
  })
  const linked = isChapterRemoved ? 410 : 200
  expect(answer.status).toBe(
    { unknown: 404, tombstone: 410, vacant: 404, linked, removed: 410 }[model.is],
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
  if (step.do === 'link-all') return linkAll(stage)
  if (step.do === 'remove-chapter') return changeChapter(stage, true)
  if (step.do === 'restore-chapter') return changeChapter(stage, false)
  const { chapterId, isRemoved, links, models } = stage
  const model = models[step.which] as Model
  const { id, ...content } = links[step.which] as Stage['links'][number]
  if (step.do === 'link') {
    const answer = await server.send(`PUT /api/chapters/${chapterId}/videos/${id}`, {
      body: content,
    })
    expect(answer.status).toBe(expectedLinkStatus(model, content.filename, isRemoved))
  } else if (step.do === 'remove') {
    expect((await server.send(`DELETE /api/videos/${id}`)).status).toBe(204)
    if (model.is === 'linked') model.is = 'removed'
    if (model.is === 'unknown' || model.is === 'vacant') model.is = 'tombstone'
  } else if (step.do === 'restore') {
    await restore(id, model, isRemoved)
  } else {
    await rename(id, step.name, model, isRemoved)
  }
}

test('links, removals, restorations and renames in any order end as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 12 }), async (steps) => {
      const staged = await stage()
      for (const step of steps) await take(step, staged)
      await changeChapter(staged, false)
      const answer = await server.send(`GET /api/chapters/${staged.chapterId}/videos`)
      const { videos } = (await answer.json()) as { videos: Video[] }
      const shown = videos.map(({ id, version, filename }) => ({ id, version, name: filename }))
      expect(shown).toEqual(
        staged.models.flatMap(({ is, version, name }, index) =>
          is === 'linked' ? [{ id: staged.links[index]?.id, version, name }] : [],
        ),
      )
    }),
    { numRuns: 40 },
  )
})

test('a link and its removal sent at once leave nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), async (linkFirst) => {
      const { chapterId, links } = await stage()
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
