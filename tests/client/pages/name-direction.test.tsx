import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { button, expectVideos, renameVideo } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

const name = 'שיעור (1)'

/** Lists how the direction of the name is isolated at each place in the document that shows it. */
function listIsolations(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const places: string[] = []
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.textContent?.includes(name)) continue
    if (text.textContent.includes(`\u2068${name}\u2069`)) {
      places.push('isolate')
      continue
    }
    const own = text.parentElement?.closest('bdi, [dir="auto"], [role="status"]')
    places.push(own ? (own.getAttribute('role') ?? own.getAttribute('dir') ?? 'bdi') : 'none')
  }
  return places
}

/** Lists the tooltips with the name, with `…` instead of it if it is isolated there. */
const listTooltips = () =>
  [...document.querySelectorAll<HTMLElement>(`[title*="${name}"]`)].map(({ title }) =>
    title.replace(`\u2068${name}\u2069`, '…'),
  )

test('a right-to-left name is isolated from the surrounding text', async ({ server, open }) => {
  const [chapter] = await server.addChapters(name)
  if (!chapter) throw new Error('no chapter')
  await server.addVideos(chapter.id, await server.addAssets([name]))
  await open(`/courses/${chapter.courseId}`)
  await expectVideos([`${name}: linked`])
  expect(listIsolations()).toEqual(['auto', 'auto'])
  expect(listTooltips()).toEqual([
    'Rename chapter …',
    'More actions for …',
    'Remove chapter …',
    'Play …',
    'Rename …',
    'Move …',
    'Remove …',
  ])

  await button('Add videos').click()
  await expect.element(page.getByRole('row', { name })).toBeVisible()
  expect(listIsolations()).not.toContain('none')
  await expectAccessible()
  await button('Cancel').click()

  await button(`Remove ${name}`).click()
  await button(`Undo removing ${name}`).element()
  expect(listIsolations()).toEqual(['auto', 'isolate'])
  await button(`Remove chapter ${name}`).click()
  await expect.element(page.getByRole('alertdialog')).toHaveTextContent(name)
  expect(listIsolations()).not.toContain('none')
})

/** Lists the texts in the open dialog that say more than the name, without the name if isolated. */
function listSentences(): (string | null | undefined)[] {
  const walker = document.createTreeWalker(
    page.getByRole('dialog').element(),
    NodeFilter.SHOW_TEXT,
    ({ textContent }) =>
      textContent?.includes(name) && textContent !== name
        ? NodeFilter.FILTER_ACCEPT
        : NodeFilter.FILTER_SKIP,
  )
  const texts: (string | null | undefined)[] = []
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    texts.push(text.textContent?.replace(`\u2068${name}\u2069`, '…'))
  }
  return texts
}

test('a right-to-left title does not reorder the sentence that it is in', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters(name)
  if (!chapter) throw new Error('no chapter')
  await server.addCourse(name)
  await server.addVideos(chapter.id, await server.addAssets(['a.mp4']))
  await open(`/courses/${chapter.courseId}`)
  await expectVideos(['a.mp4: linked'])

  await button('Move a.mp4').click()
  await expect.poll(listSentences).toEqual(['Start of …', 'End of …'])
  await page.getByRole('searchbox', { name: 'Search chapters' }).fill(`End of ${name}`)
  await expect.poll(listSentences).toEqual(['End of …'])
  await button('Close').click()

  await button('Commands').click()
  await expect.poll(listSentences).toEqual(['Go to chapter …', 'Add videos to …', 'Go to course …'])
  await userEvent.keyboard('{Escape}')

  network.refuse('PATCH /api/videos/{videoId}')
  await renameVideo('a.mp4', 'b.mp4')
  await button('1 not saved').click()
  await expect.poll(listSentences).toEqual(['Name not saved · …'])
})
