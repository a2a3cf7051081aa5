import { describe, expect } from 'vitest'
import type { MediaPage } from '#contract/media.ts'
import type { MediaTag, MediaTagged } from '#contract/media-tags.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

async function tag(
  server: TestServer,
  mediaIds: readonly string[],
  name: string,
  isTagged = true,
): Promise<MediaTagged> {
  const response = await server.send('PATCH /api/media', {
    body: { mediaIds, tag: name, isTagged },
  })
  expect(response.status).toBe(200)
  return response.json()
}

async function listTags(server: TestServer): Promise<string[]> {
  const response = await server.send('GET /api/media-tags')
  const { tags } = (await response.json()) as { tags: MediaTag[] }
  return tags.map(({ name, count }) => `${name} ${count}`)
}

async function listMedia(server: TestServer, query = '') {
  const response = await server.send(`GET /api/media?${query}`)
  const { media } = (await response.json()) as MediaPage
  return media.map(({ filename, tags }) => [filename, ...tags].join(' '))
}

async function addAssets(server: TestServer, ...filenames: string[]) {
  const assets = await server.addAssets(filenames)
  return assets.map(({ id }) => id)
}

describe('tags', () => {
  test('are added to many assets, listed in natural order and filtered by', async ({ server }) => {
    const [one = '', two = '', three = ''] = await addAssets(server, '1.mp4', '2.mp4', '3.mp4')
    await tag(server, [one, two], 'Week 10')
    await tag(server, [two], 'Week 9')
    await tag(server, [three], 'draft')
    expect(await listTags(server)).toEqual(['draft 1', 'Week 9 1', 'Week 10 2'])
    expect(await listMedia(server)).toEqual([
      '1.mp4 Week 10',
      '2.mp4 Week 9 Week 10',
      '3.mp4 draft',
    ])
    expect(await listMedia(server, 'tag=Week%2010')).toEqual([
      '1.mp4 Week 10',
      '2.mp4 Week 9 Week 10',
    ])
    expect(await listMedia(server, 'tag=Week%2010&search=2')).toEqual(['2.mp4 Week 9 Week 10'])
    expect(await listMedia(server, 'tag=Week')).toEqual([])
  })

  test('are removed, and gone with the last asset that has them', async ({ server }) => {
    const [one = '', two = ''] = await addAssets(server, '1.mp4', '2.mp4')
    await tag(server, [one, two], 'Draft')
    await tag(server, [one], 'Draft', false)
    expect(await listTags(server)).toEqual(['Draft 1'])
    await server.send(`DELETE /api/media/${two}`)
    expect(await listTags(server)).toEqual([])
    await server.send(`POST /api/media/${two}/restore`)
    expect(await listMedia(server, 'tag=Draft')).toEqual(['2.mp4 Draft'])
  })

  test('say which assets they changed, so that exactly this can be undone', async ({ server }) => {
    const [one = '', two = ''] = await addAssets(server, '1.mp4', '2.mp4')
    const missing = crypto.randomUUID()
    expect(await tag(server, [one], 'Draft')).toEqual({ tag: 'Draft', changedIds: [one] })
    const both = [one, two, missing]
    expect(await tag(server, both, 'Draft')).toEqual({ tag: 'Draft', changedIds: [two] })
    expect(await tag(server, both, 'Draft')).toEqual({ tag: 'Draft', changedIds: [] })
    expect(await tag(server, [two], 'Draft', false)).toEqual({ tag: 'Draft', changedIds: [two] })
    expect(await tag(server, [two], 'Draft', false)).toEqual({ tag: 'Draft', changedIds: [] })
  })

  test('keep one spelling, even if two requests add them at once', async ({ server }) => {
    const [one = '', two = '', three = ''] = await addAssets(server, '1.mp4', '2.mp4', '3.mp4')
    await Promise.all([tag(server, [one], 'Łódź'), tag(server, [two], 'lodz')])
    const [only] = await listTags(server)
    expect(await listTags(server)).toEqual([only])
    const { tag: name } = await tag(server, [three], 'LODZ')
    expect(await listTags(server)).toEqual([`${name} 3`])
    await tag(server, [one, two, three], 'lódz', false)
    expect(await listTags(server)).toEqual([])
  })

  test('don’t change the version, so that a rename in an open editor can be saved', async ({
    server,
  }) => {
    const [id = ''] = await addAssets(server, '1.mp4')
    await tag(server, [id], 'Draft')
    const renamed = await server.send(`PATCH /api/media/${id}`, {
      body: { filename: '2.mp4' },
      headers: { 'if-match': '"1"' },
    })
    expect(await renamed.json()).toMatchObject({ filename: '2.mp4', tags: ['Draft'] })
  })

  test.for([
    { tag: '', isTagged: true },
    { tag: ' \u200b ', isTagged: true },
    { tag: 'a'.repeat(51), isTagged: true },
    { tag: 'a\u202eb', isTagged: true },
    { tag: 'a' },
    { tag: 'a', isTagged: true, mediaIds: [] },
    { tag: 'a', isTagged: true, mediaIds: ['mine'] },
    {
      tag: 'a',
      isTagged: true,
      mediaIds: Array.from({ length: 2_001 }, () => crypto.randomUUID()),
    },
  ])('are refused with a sentence: %j', async (body, { server }) => {
    const [id = ''] = await addAssets(server, '1.mp4')
    const response = await server.send('PATCH /api/media', { body: { mediaIds: [id], ...body } })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: '/problems/invalid-request' })
    expect(await listTags(server)).toEqual([])
  })
})
