import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldTags, getTagCoverage } from '#client/features/media/fold-tags.ts'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaTagging } from '#contract/media-tags.ts'

const ids = ['a', 'b', 'c']
const names = ['Draft', 'Week 9', 'Week 10']

const createAsset = (id: string, tags: string[]): MediaAsset => ({
  id,
  filename: `${id}.mp4`,
  sizeBytes: 1,
  durationSeconds: 1,
  width: 1,
  height: 1,
  codec: 'h264',
  mimeType: 'video/mp4',
  status: 'ready',
  version: 1,
  createdAt: '2026-11-29T00:00:00Z',
  usageCount: 0,
  tags,
})

const tagging: fc.Arbitrary<MediaTagging> = fc.record({
  mediaIds: fc.subarray(ids),
  tag: fc.constantFrom(...names, 'DRAFT', 'week 9'),
  isTagged: fc.boolean(),
})

describe('assets with changes to their tags', () => {
  test('have the tags that the last change of each tag gives them, in natural order', () => {
    fc.assert(
      fc.property(
        fc.tuple(...ids.map(() => fc.subarray(names))),
        fc.array(tagging),
        (initial, changes) => {
          const media = ids.map((id, index) => createAsset(id, initial[index] ?? []))
          for (const [index, { id, tags }] of foldTags(media, changes).entries()) {
            const expected = names.filter((name) => {
              const last = changes.findLast(
                ({ mediaIds, tag }) =>
                  mediaIds.includes(id) && tag.toLowerCase() === name.toLowerCase(),
              )
              return last?.isTagged ?? initial[index]?.includes(name) ?? false
            })
            expect(tags.map((name) => name.toLowerCase())).toEqual(
              expected.map((name) => name.toLowerCase()),
            )
          }
        },
      ),
    )
  })

  test('are the same objects if nothing changes them', () => {
    const media = [createAsset('a', ['Draft']), createAsset('b', [])]
    const changes = [
      { mediaIds: ['a'], tag: 'draft', isTagged: true },
      { mediaIds: ['b'], tag: 'draft', isTagged: false },
    ]
    expect(foldTags(media, [])).toBe(media)
    const [first, second] = foldTags(media, changes)
    expect([first === media[0], second === media[1]]).toEqual([true, true])
  })

  test('have a tag all, in part or not at all', () => {
    const media = [createAsset('a', ['Draft', 'Old']), createAsset('b', ['Draft'])]
    expect(['Draft', 'Old', 'New'].map((name) => getTagCoverage(media, name))).toEqual([
      'all',
      'some',
      'none',
    ])
  })
})
