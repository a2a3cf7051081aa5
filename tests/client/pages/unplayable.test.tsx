import { describe, expect, vi } from 'vitest'
import { page } from 'vitest/browser'
import { explainUnplayable } from '#client/features/media/explain-unplayable.ts'
import { expectAccessible } from '../../support/axe.ts'
import { chapterRegion, tile as pickTile } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const grid = () => page.getByRole('grid', { name: 'Videos' })
const tile = (filename: string) => grid().getByRole('row', { name: filename })
const view = (name: 'Grid' | 'List') => page.getByRole('radio', { name })

/** Adds an asset in VP8, which every test browser plays, and one in ProRes, which none plays. */
async function addAssets(server: TestServer) {
  const playable = await server.addAssets(['a.webm'], { codec: 'vp8', mimeType: 'video/webm' })
  const unplayable = await server.addAssets(['b.mov'], {
    codec: 'prores',
    mimeType: 'video/quicktime',
  })
  return [...playable, ...unplayable]
}

/** Whether the text of an element is not truncated. */
const isFullyShown = (element: Element) => element.scrollWidth <= element.clientWidth

describe('a video this browser can’t play', () => {
  test('says so on its tile and its row, with the reason', async ({ server, open }) => {
    await addAssets(server)
    await open('/library')
    const note = tile('b.mov').getByText('Can’t play here')
    for (const name of ['Grid', 'List'] as const) {
      await view(name).click()
      await expect.element(note).toBeVisible()
      await expect.element(tile('b.mov')).toHaveTextContent('This browser can’t play ProRes.')
      await expect.element(tile('b.mov').getByTitle('This browser can’t play ProRes')).toBeVisible()
      await expect.element(tile('a.webm')).toBeVisible()
      await expect.element(tile('a.webm')).not.toHaveTextContent('Can’t play here')
      await expectAccessible()
    }
    await expect.element(tile('a.webm')).toHaveTextContent(/Ready$/)
  })

  test('takes up no more space than one it can play, also on a phone', async ({ server, open }) => {
    await addAssets(server)
    await open('/library')
    for (const width of [390, 1280]) {
      await page.viewport(width, 800)
      for (const name of ['Grid', 'List'] as const) {
        await view(name).click()
        await expect.element(tile('b.mov').getByText('Can’t play here')).toBeVisible()
        const [playable, unplayable] = ['a.webm', 'b.mov'].map((filename) =>
          tile(filename).element(),
        )
        expect(unplayable?.scrollHeight).toBe(playable?.scrollHeight)
        const note = tile('b.mov').getByText('Can’t play here').element()
        expect(isFullyShown(note)).toBe(true)
        const edge = unplayable?.getBoundingClientRect().right ?? 0
        expect(note.getBoundingClientRect().right).toBeLessThanOrEqual(edge)
      }
      expect(document.documentElement.scrollWidth).toBe(width)
    }
  })

  test('says so in the picker, next to the note that it is in the chapter', async ({
    server,
    open,
  }) => {
    const assets = await addAssets(server)
    const [chapter] = await server.addChapters('Basics', 'Advanced')
    await server.addVideos(chapter?.id ?? '', assets)
    await open(`/courses/${chapter?.courseId}`)
    await chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).click()
    for (const name of ['Grid', 'List'] as const) {
      await view(name).click()
      await expect.element(pickTile('b.mov').getByText('In this chapter')).toBeVisible()
      await expect.element(pickTile('b.mov').getByText('Can’t play here')).toBeVisible()
      await expectAccessible()
    }
  })
})

describe('whether a video can be played', () => {
  const mockCanPlayType = (answer: (type: string) => CanPlayTypeResult) =>
    vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockImplementation(answer)

  // Each test uses its own formats because the page caches the browser's answers.
  test('is asked once per format, and “maybe” counts as yes', () => {
    const canPlayType = mockCanPlayType((type) => (type.includes('hev1') ? 'maybe' : ''))
    for (const _time of [1, 2]) {
      expect(explainUnplayable({ codec: 'hevc', mimeType: 'video/x-one' })).toBeNull()
    }
    expect(canPlayType).toHaveBeenCalledTimes(2)
    canPlayType.mockRestore()
  })

  test('is explained for a codec, one without a name, and Matroska', () => {
    const canPlayType = mockCanPlayType((type) =>
      type.startsWith('video/mp4; codecs="av01') ? 'probably' : '',
    )
    expect(explainUnplayable({ codec: 'hevc', mimeType: 'video/x-two' })).toBe(
      'This browser can’t play HEVC',
    )
    for (const codec of ['unknown', 'constructor']) {
      expect(explainUnplayable({ codec, mimeType: 'video/x-two' })).toBe(
        'This browser can’t play this kind of video',
      )
    }
    expect(explainUnplayable({ codec: 'av1', mimeType: 'video/quicktime' })).toBeNull()
    expect(explainUnplayable({ codec: 'av1', mimeType: 'video/x-matroska' })).toBe(
      'This browser can’t play MKV files',
    )
    canPlayType.mockRestore()
  })
})
