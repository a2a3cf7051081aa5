import { afterEach, beforeEach, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  button,
  expectVideos,
  heading,
  mediaLibrary,
  pickVideos,
  renameVideo,
  statusLine,
  textbox,
  tile,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

// Like a browser's translator, this replaces each text node of the page with an element.
const translator = new MutationObserver(() => translate(document.body))

beforeEach(() => {
  translate(document.body)
  translator.observe(document.body, { childList: true, characterData: true, subtree: true })
})

afterEach(() => translator.disconnect())

function translate(root: Node) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) {
    if (walker.currentNode instanceof Text && isTranslatable(walker.currentNode)) {
      texts.push(walker.currentNode)
    }
  }
  for (const text of texts) {
    const outer = document.createElement('font')
    const inner = outer.appendChild(document.createElement('font'))
    inner.append(text.data)
    text.replaceWith(outer)
  }
}

const isTranslatable = ({ parentElement }: Text) =>
  parentElement !== null && !parentElement.closest('font, script, style, textarea')

test('the main tasks work on a page that is being translated', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics')
  await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  await open('/')
  await page.getByRole('link', { name: 'A course' }).click()
  await expect.element(statusLine('Basics')).toHaveTextContent('0 videos')

  const refusal = network.refuse('POST /api/chapters/{chapterId}/videos/batch', {}, 'Not now.')
  const add = await pickVideos('Basics', 'a.mp4', 'b.mp4', 'c.mp4')
  await tile('c.mp4').click()
  await expect.element(tile('b.mp4')).toHaveTextContent('Position 2')
  await page.getByRole('searchbox', { name: 'Search videos' }).fill('a.mp4')
  await expect.element(mediaLibrary().getByRole('status')).toHaveTextContent('1 video · 2 selected')
  await button('Clear search').click()
  await expect.element(add).not.toBeInTheDocument()
  await expect.element(button('Add 2 videos')).toHaveTextContent('Add 2 videos')
  await button('Add 2 videos').click()
  await expectVideos(['a.mp4: failed', 'b.mp4: failed'])
  await expect.element(page.getByText('Not linked: Not now.').first()).toBeVisible()
  refusal.lift()
  await button('Retry failed').click()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  await expect.element(statusLine('Basics')).toHaveTextContent('2 of 2 linked')

  await renameVideo('a.mp4', 'intro.mp4')
  await expectVideos(['intro.mp4: linked', 'b.mp4: linked'])
  await button('Remove b.mp4').click()
  await expectVideos(['intro.mp4: linked'])
  await button('Undo removing b.mp4').click()
  await expectVideos(['intro.mp4: linked', 'b.mp4: linked'])

  await button('Rename chapter Basics').click()
  await textbox('Chapter title').fill('')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toBeVisible()
  await textbox('Chapter title').fill('Ground')
  await userEvent.keyboard('{Enter}')
  await expect.element(heading('Ground')).toBeVisible()
  expect(chapter?.title).toBe('Basics')
  await button('Remove chapter Ground').click()
  await expect.element(page.getByRole('alertdialog')).toHaveTextContent('and its 2 videos')
  await button('Remove chapter').click()
  await expect.element(page.getByText('No chapters yet')).toBeVisible()
})

test('the commands can be searched on a page that is being translated', async ({
  server,
  open,
}) => {
  const [chapter] = await server.addChapters('Basics', 'Credits')
  await open(`/courses/${chapter?.courseId}`)
  await expect.element(heading('Credits')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  const search = page.getByRole('searchbox', { name: 'Search commands' })
  await expect.element(search).toHaveFocus()
  await userEvent.keyboard('go c')
  await expect.poll(readMarks).toEqual({
    'Go to all courses': ['Go', 'c'],
    'Go to statecharts': ['Go', 'c'],
    'Go to chapter Basics': ['Go', 'c'],
    'Go to chapter Credits': ['Go', 'c'],
  })
  await userEvent.keyboard('{Backspace}ba')
  await expect.poll(readMarks).toEqual({ 'Go to chapter Basics': ['Go', 'Ba'] })
  await userEvent.keyboard('{Backspace}{Backspace}cr')
  await expect.poll(readMarks).toEqual({ 'Go to chapter Credits': ['Go', 'Cr'] })
})

/** The names of the found commands, with the parts that match the search. */
const readMarks = () =>
  Object.fromEntries(
    page
      .getByRole('option')
      .elements()
      .map((option) => [
        option.querySelector('bdi')?.textContent,
        [...option.querySelectorAll('mark')].map(({ textContent }) => textContent),
      ]),
  )

test('keys can be turned off on a page that is being translated', async ({ open }) => {
  await open('/')
  await expect.element(heading('Courses')).toBeVisible()
  await userEvent.keyboard('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const option = dialog.getByRole('checkbox', { name: 'Single-character keys' })
  await expect.element(option).toBeChecked()
  await option.click()
  await expect.poll(() => readKeys('Play')).toBe('Off')
  await option.click()
  await expect.poll(() => readKeys('Play')).toBe('P')
  await option.click()
  await expect.poll(() => readKeys('Play')).toBe('Off')
})

const readKeys = (label: string) =>
  [...document.querySelectorAll('dt')].find(({ textContent }) => textContent === label)
    ?.nextElementSibling?.textContent

test('the chart page works while it is being translated', async ({ open }) => {
  await open('/charts')
  const search = page.getByRole('searchbox', { name: 'Search states and events' })
  await expect.element(search).toBeVisible()
  await search.fill('failed')
  await expect.element(page.getByRole('listbox', { name: 'Search results' })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(search).toHaveValue('')
  for (const mode of ['Simulate', 'Live', 'Coverage', 'Replay', 'Read']) {
    await page.getByRole('radio', { name: mode }).click()
  }
  await expect.element(page.getByRole('treegrid')).toBeVisible()
})
