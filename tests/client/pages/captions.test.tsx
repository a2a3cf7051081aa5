import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { answerFileDialog } from '../../support/file-dialog.ts'
import { button, clickNow, videoRow } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const srt = '1\n00:00:00,000 --> 00:00:09,000\nLight falls\n'

const captions = () => page.getByRole('region', { name: 'Captions' })
const player = () => page.getByRole('dialog').element().querySelector('video')

const chooseNext = (name: string, text: string) => answerFileDialog(new File([text], name))

async function addChapter(server: TestServer) {
  const assets = await server.addAssets(['a.mp4'])
  const [chapter] = await server.addChapters('Basics')
  await server.addVideos(chapter?.id ?? '', assets)
  return `/courses/${chapter?.courseId}`
}

test('captions are added to an asset, shown by the player, and removed', async ({
  server,
  open,
}) => {
  const path = await addChapter(server)
  const { router } = await open('/library')
  await page.getByRole('row', { name: 'a.mp4' }).dblClick()
  await expect.element(captions()).toHaveTextContent('No captions yet.')
  await page.getByRole('combobox', { name: 'Caption language' }).selectOptions('Polish')
  chooseNext('Lesson.srt', srt)
  await button('Add captions').click()
  await expect.element(captions().getByRole('status')).toHaveTextContent('Added 1 Polish caption.')
  chooseNext('Lesson.pt-br.srt', srt)
  await button('Add captions').click()
  await expect
    .element(captions().getByRole('list'))
    .toHaveTextContent('Polish1 captionBrazilian Portuguese1 caption')
  await expectAccessible()
  await button('Remove Polish captions').click()
  await expect
    .element(captions().getByRole('list'))
    .toHaveTextContent('Brazilian Portuguese1 caption')

  await button('Close').click()
  await router.navigate({ href: path })
  await videoRow('a.mp4').getByRole('button', { name: 'Play a.mp4' }).click()
  await expect.poll(() => player()?.textTracks[0]?.label).toBe('Brazilian Portuguese')
  const [track] = player()?.textTracks ?? []
  if (track) track.mode = 'showing'
  await expect.poll(() => track?.cues?.length).toBe(1)
})

test('a slow change of captions shows that it is under way, and is sent once', async ({
  server,
  network,
  open,
}) => {
  await addChapter(server)
  await open('/library')
  await page.getByRole('row', { name: 'a.mp4' }).dblClick()
  const addition = network.hold('PUT /api/media/{mediaId}/captions/{language}')
  chooseNext('Lesson.srt', srt)
  await button('Add captions').click()
  const outcome = captions().getByRole('status')
  await expect.element(outcome).toHaveTextContent('One moment…')
  await expect.element(button('Add captions')).toHaveAttribute('aria-disabled', 'true')
  addition.release()
  await expect.element(outcome).toHaveTextContent('Added 1 English caption.')
  const removal = network.hold('DELETE /api/media/{mediaId}/captions/{language}')
  await expect.element(button('Remove English captions')).toBeVisible()
  for (const _press of [1, 2]) clickNow(button('Remove English captions'))
  button('Remove English captions').element().focus()
  await expect.poll(removal.waiting).toBe(1)
  removal.release()
  await expect.element(outcome).toHaveTextContent('Removed English captions.')
  await expect.element(button('Add captions')).toHaveFocus()
  expect(network.requests.filter((request) => request.startsWith('DELETE'))).toHaveLength(1)
})

test('a course lists videos without captions, which can be added from there', async ({
  server,
  open,
}) => {
  await open(await addChapter(server))
  await expect.element(videoRow('a.mp4')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await page.getByRole('searchbox', { name: 'Search commands' }).fill('captions')
  await page.getByRole('option', { name: 'List videos without captions' }).click()
  // Another click at the same place would count as the second half of a double click.
  await page.getByRole('searchbox', { name: 'Search videos without captions' }).hover()
  await page.getByRole('option', { name: /^a\.mp4/ }).click()
  chooseNext('Lesson.en.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nLight falls\n')
  await button('Add captions').click()
  await expect.element(captions().getByRole('list')).toHaveTextContent('English1 caption')
  await expect.element(button('Remove from library')).not.toBeInTheDocument()
  await button('Close').click()
  await userEvent.keyboard('{Control>}k{/Control}')
  await page.getByRole('searchbox', { name: 'Search commands' }).fill('captions')
  await page.getByRole('option', { name: 'List videos without captions' }).click()
  await expect
    .element(page.getByRole('dialog').getByRole('status'))
    .toHaveTextContent('Every video in this course has captions.')
})

test('a file without captions is refused with a reason', async ({ server, open }) => {
  await addChapter(server)
  await open('/library')
  await page.getByRole('row', { name: 'a.mp4' }).dblClick()
  chooseNext('Notes.srt', 'Bring the tripod')
  await button('Add captions').click()
  const outcome = captions().getByRole('status')
  await expect.element(outcome).toHaveTextContent('The SubRip (.srt) file contains no captions.')
  chooseNext('Notes.txt', 'Bring the tripod')
  await button('Add captions').click()
  await expect.element(outcome).toHaveTextContent('Notes.txt isn’t an .srt or .vtt file.')
  await expect.element(captions()).toHaveTextContent('No captions yet.')
})
