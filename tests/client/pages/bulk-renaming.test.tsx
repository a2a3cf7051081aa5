import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { button, expectVideos, getEditor, textbox, videoRow } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

async function setUpChapter(server: TestServer, names: readonly string[]) {
  const [chapter] = await server.addChapters('Basics')
  if (!chapter) throw new Error('no chapter')
  await server.addVideos(chapter.id, await server.addAssets(names))
  return { chapter, path: `/courses/${chapter.courseId}` }
}

const dialog = (count: number) =>
  page.getByRole('dialog', { name: count === 1 ? 'Rename 1 video' : `Rename ${count} videos` })

const checkbox = (name: string) => page.getByRole('checkbox', { name })
const choose = (name: string, option: string) =>
  page.getByRole('combobox', { name }).selectOptions(option)

/** Reads the rows of the preview, such as `a.mp4 becomes b.mp4`. */
const readPreview = () =>
  [...document.querySelectorAll<HTMLElement>('[aria-label="New names"] li')].map((row) =>
    (row.textContent ?? '').replace(/\s+/g, ' ').trim(),
  )

async function openRenaming(count: number) {
  await button('More actions for Basics').click()
  await page.getByRole('menuitem', { name: 'Rename videos…' }).click()
  await expect.element(dialog(count)).toBeVisible()
}

const files = ['01_intro.mp4', '02_light.mp4', 'Recap.mp4']

test('rules are applied in order, previewed, and applied to all videos', async ({
  server,
  open,
}) => {
  const { chapter, path } = await setUpChapter(server, files)
  await open(path)
  await openRenaming(3)
  await expect
    .element(dialog(3).getByRole('status').last())
    .toHaveTextContent('No names will change yet.')
  await checkbox('Remove extension').click()
  await checkbox('Remove leading numbers').click()
  await choose('Letter case', 'Title Case')
  await choose('Numbering', 'Template')
  await textbox('Template').fill('{n:02} – {name}')
  await textbox('Start at').fill('8')
  await expect
    .poll(readPreview)
    .toEqual([
      '01_intro.mp4 becomes 08 – Intro',
      '02_light.mp4 becomes 09 – Light',
      'Recap.mp4 becomes 10 – Recap',
    ])
  await expectAccessible()
  await button('Apply').click()
  const renamed = ['08 – Intro', '09 – Light', '10 – Recap']
  await expectVideos(renamed.map((name) => `${name}: linked`))
  await expect.poll(() => server.filenames(chapter.id)).toEqual(renamed)
  await userEvent.keyboard('{Control>}z{/Control}')
  await expectVideos(files.map((name) => `${name}: linked`))
  await expect.poll(() => server.filenames(chapter.id)).toEqual(files)
})

test('one refused name does not affect the others', async ({ server, network, open }) => {
  const { chapter, path } = await setUpChapter(server, ['a', 'b', 'c'])
  await open(path)
  const [, b] = await (await server.send(`GET /api/chapters/${chapter.id}/videos`))
    .json()
    .then(({ videos }) => videos)
  network.refuse('PATCH /api/videos/{videoId}', { videoId: b.id }, 'Not this one.')
  await openRenaming(3)
  await choose('Letter case', 'UPPER CASE')
  await button('Apply').click()
  await expect.poll(() => server.filenames(chapter.id)).toEqual(['A', 'b', 'C'])
  await expect.element(videoRow('B')).toHaveTextContent('Not this one.')
})

describe('find and replace', () => {
  test('supports capture groups in the replacement', async ({ server, open }) => {
    const { path } = await setUpChapter(server, files)
    await open(path)
    await openRenaming(3)
    await checkbox('Regular expression').click()
    await textbox('Find expression').fill(String.raw`^(\d+)_(\w+)`)
    await textbox('Replace with').fill('$2 $1')
    await expect
      .poll(readPreview)
      .toEqual([
        '01_intro.mp4 becomes intro 01.mp4',
        '02_light.mp4 becomes light 02.mp4',
        'Recap.mp4· unchanged',
      ])
    await button('Apply').click()
    await expectVideos(
      ['intro 01.mp4', 'light 02.mp4', 'Recap.mp4'].map((name) => `${name}: linked`),
    )
  })

  test('stops an expression that takes too long and keeps it for editing', async ({
    server,
    open,
  }) => {
    const { path } = await setUpChapter(server, ['ab', `${'a'.repeat(60)}!`])
    await open(path)
    await openRenaming(2)
    await checkbox('Regular expression').click()
    await textbox('Find expression').fill('^(a+)+b?$')
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(`This expression takes too long on “${'a'.repeat(60)}!”. Change it.`)
    await expect.element(button('Apply')).toHaveAttribute('aria-disabled', 'true')
    await expect.element(textbox('Find expression')).toHaveValue('^(a+)+b?$')
    await textbox('Find expression').fill('^a+b$')
    await textbox('Replace with').fill('x')
    await expect.poll(readPreview).toEqual(['ab becomes x', `${'a'.repeat(60)}!· unchanged`])
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })

  test('reports what is wrong with an expression', async ({ server, open }) => {
    const { path } = await setUpChapter(server, files)
    await open(path)
    await openRenaming(3)
    await checkbox('Regular expression').click()
    await textbox('Find expression').fill('(')
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This regular expression is invalid: unterminated group.')
    await expect.element(button('Apply')).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button('Apply')).toHaveAccessibleDescription('Fix the errors above.')
  })
})

test('invalid names block renaming, and duplicate names are reported', async ({ server, open }) => {
  const { path } = await setUpChapter(server, ['a', 'b', 'c'])
  await open(path)
  await openRenaming(3)
  await textbox('New names, one per line').fill('x/y\nSame\nSame\nMore')
  await expect
    .poll(readPreview)
    .toEqual([
      'a becomes x/yRemove / and \\: a filename can’t contain them.',
      'b becomes SameAnother video in this chapter has the same name. That’s allowed.',
      'c becomes SameAnother video in this chapter has the same name. That’s allowed.',
    ])
  await expect
    .element(page.getByText('4 names for 3 videos: the last name is ignored.'))
    .toBeVisible()
  await expect
    .element(button('Apply'))
    .toHaveAccessibleDescription('1 name can’t be used. Change the rules, or leave its video out.')
  textbox('Find').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog(3)).toBeVisible()
  await textbox('New names, one per line').fill('x\nSame\nSame')
  await button('Apply').click()
  await expectVideos(['x: linked', 'Same: linked', 'Same: linked'])
})

test('Escape keeps the settings for the same videos', async ({ server, open }) => {
  const { path } = await setUpChapter(server, files)
  await open(path)
  await openRenaming(3)
  await textbox('Find').fill('intro')
  await checkbox('Remove extension').click()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog(3)).not.toBeInTheDocument()
  await openRenaming(3)
  await expect.element(textbox('Find')).toHaveValue('intro')
  await expect.element(checkbox('Remove extension')).toBeChecked()
  await expect.poll(() => readPreview()[0]).toBe('01_intro.mp4 becomes 01_')
})

test('of 500 names, only the visible ones are mounted', async ({ server, open }) => {
  const names = Array.from({ length: 500 }, (_, index) => `Video ${index}`)
  const { path } = await setUpChapter(server, names)
  await open(path)
  await openRenaming(500)
  await choose('Numbering', 'Before the name')
  await expect.poll(() => readPreview()[0]).toBe('Video 0 becomes 001. Video 0')
  expect(readPreview().length).toBeLessThan(40)
  await page.getByRole('region', { name: 'Preview' }).element().scrollTo({ top: 1_000_000 })
  await expect.poll(() => readPreview().at(-1)).toBe('Video 499 becomes 500. Video 499')
})

describe('names pasted into an open editor', () => {
  async function paste(filename: string, text: string) {
    await button(`Rename ${filename}`).click()
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const event = { clipboardData, bubbles: true, cancelable: true }
    getEditor(filename).element().dispatchEvent(new ClipboardEvent('paste', event))
  }

  test('fill its row and the rows below', async ({ server, open }) => {
    const { chapter, path } = await setUpChapter(server, ['a', 'b', 'c', 'd'])
    await open(path)
    await paste('b', 'Two\r\n\r\nFour\n')
    const names = ['a', 'Two', 'c', 'Four']
    await expectVideos(names.map((name) => `${name}: linked`))
    await expect.element(videoRow('Two')).toHaveFocus()
    await expect.poll(() => server.filenames(chapter.id)).toEqual(names)
    await expect.element(textbox('Filename')).not.toBeInTheDocument()
  })

  test('that can’t all be used are previewed before anything changes', async ({ server, open }) => {
    const { path } = await setUpChapter(server, ['a', 'b', 'c'])
    await open(path)
    await paste('b', 'Two\nx/y\nFour')
    await expect.element(dialog(2)).toBeVisible()
    await expect
      .poll(readPreview)
      .toEqual(['b becomes Two', 'c becomes x/yRemove / and \\: a filename can’t contain them.'])
    await expect
      .element(page.getByText('3 names for 2 videos: the last name is ignored.'))
      .toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expectVideos(['a: linked', 'b: linked', 'c: linked'])
  })
})
