import { describe, expect } from 'vitest'
import {
  getButton,
  getEditor,
  locateChapter,
  locateFirstRows,
  openCourse,
  readEditor,
  typeFilename,
} from '../support/e2e-course.ts'
import { createCourse, endToEndTest, eventually } from '../support/e2e-test.ts'

const test = endToEndTest()

const directionMessage = 'Remove the invisible characters that change the text direction'

describe('An invalid filename is reported at its field and refused by the server', () => {
  test.for([
    ['nothing but spaces', '   ', 'Enter a filename'],
    ['a slash', 'a/b', 'Remove / and \\: a filename can’t contain them'],
    ['a backslash', 'a\\b', 'Remove / and \\: a filename can’t contain them'],
    ['256 characters', 'é'.repeat(256), 'Use at most 255 characters'],
    ['control characters', 'a\tb\u0007', 'Remove line breaks, tabs and other control characters'],
    ['an invisible character', '\u200b', 'Use at least one visible character'],
    ['a direction override', 'lesson\u202e4pm.exe', directionMessage],
  ] as const)('%s', async ([, filename, message], { api, page }) => {
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(1))
    await openCourse(page, course)
    const [row] = await locateFirstRows(locateChapter(page))
    await getButton(row, 'Rename').click()
    const editor = getEditor(row)
    await editor.press('Control+a')
    await page.keyboard.insertText(filename)
    await editor.press('Enter')
    await row.getByRole('alert').filter({ hasText: message }).waitFor()
    expect(await editor.getAttribute('aria-invalid')).toBe('true')
    const described = page.locator(`[id="${await editor.getAttribute('aria-describedby')}"]`)
    expect(await described.textContent()).toBe(message)
    expect(await readEditor(editor)).toMatchObject({ text: filename, hasFocus: true })
    expect(await api.filenames(chapter.id)).toEqual([video?.filename])

    const refused = await api.send(
      `PATCH /api/videos/${video?.id}`,
      { filename },
      { 'if-match': `"${video?.version}"` },
    )
    expect(refused.status).toBe(400)
    expect((await refused.json()).errors).toEqual([expect.objectContaining({ message })])
  })
})

test('White space around a name is trimmed, and 255 characters fit', async ({ api, page }) => {
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(1))
  await openCourse(page, course)
  const [row] = await locateFirstRows(locateChapter(page))
  const longest = '🎨'.repeat(255)
  await typeFilename(row, `  ${longest} `)
  await getEditor(row).press('Enter')
  await eventually(() => api.filenames(chapter.id)).toEqual([longest])
})
