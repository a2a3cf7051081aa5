import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { button, expectVideos } from '../../support/page-parts.ts'
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

test('a right-to-left name is isolated from the surrounding text', async ({ server, open }) => {
  const [chapter] = await server.addChapters(name)
  if (!chapter) throw new Error('no chapter')
  await server.addVideos(chapter.id, await server.addAssets([name]))
  await open(`/courses/${chapter.courseId}`)
  await expectVideos([`${name}: linked`])
  expect(listIsolations()).toEqual(['auto', 'auto'])

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
