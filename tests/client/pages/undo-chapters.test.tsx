import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { choose, expectOnServer, expectTitles } from '../../support/chapter-parts.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  expectStatus,
  getEditor,
  heading,
  pickVideos,
  readNamesIn,
  redo,
  removeVideos,
  renameVideo,
  textbox,
  typeFilename,
  undo,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'
import { dropFiles } from '../../support/upload-parts.ts'

/** Adds a course with three chapters: the first has two videos, and the library one more. */
async function setUpCourse(server: TestServer) {
  const [light] = await server.addChapters('Light', 'Colour', 'Form')
  if (!light) throw new Error('no chapters')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'new.mp4'])
  await server.addVideos(light.id, assets.slice(0, -1))
  return { light, courseId: light.courseId, path: `/courses/${light.courseId}` }
}

async function changeTitle(kind: 'chapter' | 'course', from: string, to: string) {
  await button(`Rename ${kind} ${from}`).click()
  const field = kind === 'chapter' ? 'Chapter title' : 'Course title'
  await textbox(field).fill(to)
  await userEvent.keyboard('{Enter}')
  await expect.element(textbox(field)).not.toBeInTheDocument()
  await userEvent.click(document.body)
}

async function removeChapter(title: string) {
  await button(`Remove chapter ${title}`).click()
  await button('Remove chapter').click()
}

describe('undo and redo work for', () => {
  test('an added chapter, also while its request is in flight', async ({
    server,
    network,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await expectTitles('Light', 'Colour', 'Form')
    const hold = network.hold('POST /api/courses/{courseId}/chapters')
    await textbox('New chapter title').fill('Shadow')
    await button('Add chapter').click()
    await expect.element(changeNotice()).toHaveTextContent('Added chapter “Shadow”')
    await button('Undo adding chapter “Shadow”').click()
    await expectTitles('Light', 'Colour', 'Form')
    await expect.element(changeNotice()).toHaveTextContent('Undid adding chapter “Shadow”')
    hold.release()
    await expectSaved()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectTitles('Light', 'Colour', 'Form', 'Shadow')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form', 'Shadow')
    await expectSaved()
  })

  test('a moved chapter', async ({ server, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await choose('Form', 'Move up')
    await expectTitles('Light', 'Form', 'Colour')
    await expect.element(changeNotice()).toHaveTextContent('Moved chapter “Form”')
    await undo()
    await expectTitles('Light', 'Colour', 'Form')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectTitles('Light', 'Form', 'Colour')
    await expectOnServer(server, courseId, 'Light', 'Form', 'Colour')
  })

  test('a removed chapter, with its videos', async ({ server, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await expect.element(changeNotice()).toHaveTextContent('Removed chapter “Light”')
    await expectOnServer(server, courseId, 'Colour', 'Form')
    await button('Undo removing chapter “Light”').click()
    await expectTitles('Light', 'Colour', 'Form')
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectTitles('Colour', 'Form')
    await expectOnServer(server, courseId, 'Colour', 'Form')
  })

  test('a removal, even if an old request arrives again', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await expectTitles('Light', 'Colour', 'Form')
    const removals = network.keep('DELETE /api/chapters/{chapterId}')
    const restorations = network.keep('POST /api/chapters/{chapterId}/restore')
    await removeChapter('Light')
    await expectOnServer(server, courseId, 'Colour', 'Form')
    await undo()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    expect(await removals.deliverAgain()).toEqual([412])
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectOnServer(server, courseId, 'Colour', 'Form')
    expect(await restorations.deliverAgain()).toEqual([412])
    await expectOnServer(server, courseId, 'Colour', 'Form')
    await expectTitles('Colour', 'Form')
  })

  test('a removal right away, while pending additions continue', async ({
    server,
    network,
    open,
  }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    const batch = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    const removal = network.hold('DELETE /api/chapters/{chapterId}')
    await (await pickVideos('Light', 'new.mp4')).click()
    await expect.poll(batch.waiting).toBe(1)
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await undo()
    await expectTitles('Light', 'Colour', 'Form')
    removal.release()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    batch.release()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
    await expect.poll(async () => (await server.chapters(courseId))[0]?.videoCount).toBe(3)
  })

  test('a new title of a chapter', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await changeTitle('chapter', 'Colour', 'Hue')
    await expect.element(changeNotice()).toHaveTextContent('Renamed chapter “Hue”')
    const hold = network.hold('PATCH /api/chapters/{chapterId}')
    await undo()
    await expectTitles('Light', 'Colour', 'Form')
    hold.release()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectTitles('Light', 'Hue', 'Form')
    await expectOnServer(server, courseId, 'Light', 'Hue', 'Form')
  })

  test('a duplicated chapter, in one step', async ({ server, open }) => {
    const { courseId, path } = await setUpCourse(server)
    await open(path)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await choose('Light', 'Duplicate')
    await expect.poll(readNamesIn('Light (copy)')).toEqual(['a.mp4', 'b.mp4'])
    await expect.element(changeNotice()).toHaveTextContent('Duplicated chapter “Light (copy)”')
    await expect.poll(async () => (await server.chapters(courseId))[1]?.videoCount).toBe(2)
    await undo()
    await expectTitles('Light', 'Colour', 'Form')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expect.poll(readNamesIn('Light (copy)')).toEqual(['a.mp4', 'b.mp4'])
    await expectSaved()
  })

  test('a new title of a course, on its page and in the list', async ({ server, open }) => {
    const { courseId, path } = await setUpCourse(server)
    const titleOnServer = async () =>
      (await (await server.send(`GET /api/courses/${courseId}`)).json()).title
    const { router } = await open(path)
    await changeTitle('course', 'A course', 'Drawing')
    await expect.element(changeNotice()).toHaveTextContent('Renamed course “Drawing”')
    await undo()
    await expect.element(heading('A course')).toBeVisible()
    await expect.poll(titleOnServer).toBe('A course')
    await router.navigate({ to: '/' })
    await expect.element(button('Rename course A course')).toBeVisible()
    await redo()
    await expect.element(button('Rename course Drawing')).toBeVisible()
    await expect.poll(titleOnServer).toBe('Drawing')
  })

  test('a removed course', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    const { router } = await open(path)
    await router.navigate({ to: '/' })
    const removals = network.keep('DELETE /api/courses/{courseId}')
    const restorations = network.keep('POST /api/courses/{courseId}/restore')
    await button('Remove course A course').click()
    await button('Remove course').click()
    await expect.element(changeNotice()).toHaveTextContent('Removed course “A course”')
    await expect.element(page.getByText('No courses yet')).toBeVisible()
    const hold = network.hold('POST /api/courses/{courseId}/restore')
    await button('Undo removing course “A course”').click()
    await expect.element(page.getByRole('link', { name: 'A course' })).toBeVisible()
    hold.release()
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    expect(await removals.deliverAgain()).toEqual([412])
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await page.getByRole('link', { name: 'A course' }).click()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await redo()
    const status = async () => (await server.send(`GET /api/courses/${courseId}`)).status
    await expect.poll(status).toBe(410)
    expect(await restorations.deliverAgain()).toEqual([412])
    expect(await status()).toBe(410)
  })
})

describe('undoing a removal that the server has confirmed', () => {
  test('leaves the earlier changes of the chapter’s videos to undo', async ({ server, open }) => {
    const { light, path } = await setUpCourse(server)
    await open(path)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await renameVideo('b.mp4', 'Shade.mp4')
    await removeVideos('a.mp4')
    await expect.poll(() => server.filenames(light.id)).toEqual(['Shade.mp4'])
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await expectSaved()
    await undo()
    await undo()
    await expect.element(changeNotice()).toHaveTextContent(/^Undid removing/)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'Shade.mp4'])
    await undo()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expect.poll(() => server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
    await expectSaved()
  })

  test('brings back videos whose links are in flight', async ({ server, network, open }) => {
    const { light, path } = await setUpCourse(server)
    await open(path)
    const batch = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Light', 'new.mp4')).click()
    await expect.poll(batch.waiting).toBe(1)
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await expectSaved()
    await undo()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
    batch.release()
    await expectStatus('new.mp4', 'linked')
    await expectSaved()
    expect(await server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
    await undo()
    await expect.element(changeNotice()).toHaveTextContent(/^Undid adding/)
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expect.poll(() => server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
  })

  test('links what the server refused before the chapter was back', async ({
    server,
    network,
    open,
  }) => {
    const { light, path } = await setUpCourse(server)
    await open(path)
    const batch = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Light', 'new.mp4')).click()
    await expect.poll(batch.waiting).toBe(1)
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await expectSaved()
    const restoration = network.hold('POST /api/chapters/{chapterId}/restore')
    batch.release()
    await undo()
    await expectStatus('new.mp4', 'failed')
    restoration.release()
    await expectStatus('new.mp4', 'linked')
    await expectSaved()
    expect(await server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
  })

  test('moves a video back once the chapter is there', async ({ server, network, open }) => {
    const { light, path } = await setUpCourse(server)
    await open(path)
    await button('Move b.mp4').click()
    await page.getByRole('option', { name: 'Colour' }).click()
    await expect.poll(readNamesIn('Colour')).toEqual(['b.mp4'])
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    await expectSaved()
    const restoration = network.hold('POST /api/chapters/{chapterId}/restore')
    await undo()
    await undo()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expect.poll(restoration.waiting).toBe(1)
    // By then, the move would have been sent and refused.
    await expect.element(page.getByText('Saving 2…')).toBeVisible()
    restoration.release()
    await expectSaved()
    expect(await server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
  })

  test('brings back what was uploading, failed or being typed', async ({
    server,
    network,
    open,
  }) => {
    const { light, path } = await setUpCourse(server)
    await open(path)
    const uploads = network.hold('POST /api/uploads')
    const refusal = network.refuse('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Light', 'new.mp4')).click()
    await expectStatus('new.mp4', 'failed')
    const file = new File(['its bytes'], 'lesson.mp4', { type: 'video/mp4' })
    dropFiles(chapterRegion('Light').element(), [file])
    await expect.poll(uploads.waiting).toBe(1)
    await typeFilename('b.mp4', 'Half typed')
    await removeChapter('Light')
    await expectTitles('Colour', 'Form')
    refusal.lift()
    // The file arrives while the chapter is gone.
    uploads.release()
    await expectSaved()
    await button('Undo removing chapter “Light”').click()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4', 'new.mp4', 'lesson.mp4'])
    await expect.element(getEditor('b.mp4')).toHaveValue('Half typed')
    await expectStatus('new.mp4', 'linked')
    await expectStatus('lesson.mp4', 'linked')
    expect(await server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4', 'new.mp4', 'lesson.mp4'])
  })

  test('brings back the same for a course', async ({ server, network, open }) => {
    const { light, path } = await setUpCourse(server)
    const { router } = await open(path)
    const batch = network.hold('POST /api/chapters/{chapterId}/videos/batch')
    await (await pickVideos('Light', 'new.mp4')).click()
    await expect.poll(batch.waiting).toBe(1)
    await router.navigate({ to: '/' })
    await button('Remove course A course').click()
    await button('Remove course').click()
    await expect.element(page.getByText('No courses yet')).toBeVisible()
    await expectSaved()
    const restoration = network.hold('POST /api/courses/{courseId}/restore')
    batch.release()
    await undo()
    await expect.element(button('1 not saved')).toBeVisible()
    restoration.release()
    await page.getByRole('link', { name: 'A course' }).click()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4', 'new.mp4'])
    await expectStatus('new.mp4', 'linked')
    await expectSaved()
    await undo()
    await expect.poll(readNamesIn('Light')).toEqual(['a.mp4', 'b.mp4'])
    await expect.poll(() => server.filenames(light.id)).toEqual(['a.mp4', 'b.mp4'])
  })
})

describe('undo and redo load what the page does not have yet', () => {
  test('the course of a chapter that was renamed on an earlier page', async ({ server, open }) => {
    const { courseId } = await setUpCourse(server)
    const colour = (await server.chapters(courseId))[1]
    if (!colour) throw new Error('no chapter')
    const { id } = colour
    await server.send(`PATCH /api/chapters/${id}`, {
      headers: { 'if-match': `"${colour.version}"` },
      body: { title: 'Hue' },
    })
    const { authoring } = await open('/')
    await expect.element(page.getByRole('link', { name: 'A course' })).toBeVisible()
    const operation = { entity: 'chapter', field: 'title', id, courseId } as const
    const operations = [{ ...operation, from: 'Colour', to: 'Hue' }]
    const change = { kind: 'chapter-retitle', name: 'Hue' } as const
    authoring.send({ type: 'change.made', change: { ...change, chapterIds: [], operations } })
    await undo()
    await expect.element(changeNotice()).toHaveTextContent('Undid renaming chapter “Hue”')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await redo()
    await expectOnServer(server, courseId, 'Light', 'Hue', 'Form')
  })

  test('a course whose restoration is in flight', async ({ server, network, open }) => {
    const { courseId, path } = await setUpCourse(server)
    const { router } = await open(path)
    await changeTitle('chapter', 'Colour', 'Hue')
    await expectOnServer(server, courseId, 'Light', 'Hue', 'Form')
    await router.navigate({ to: '/' })
    await button('Remove course A course').click()
    await button('Remove course').click()
    await expect.element(page.getByText('No courses yet')).toBeVisible()
    await expectSaved()
    const restoration = network.hold('POST /api/courses/{courseId}/restore')
    await undo()
    await undo()
    await expect.poll(restoration.waiting).toBe(1)
    restoration.release()
    await expect.element(changeNotice()).toHaveTextContent('Undid renaming chapter “Hue”')
    await expectOnServer(server, courseId, 'Light', 'Colour', 'Form')
    await expectSaved()
  })

  test('the list of courses', async ({ server, open }) => {
    const { courseId } = await setUpCourse(server)
    const { authoring } = await open('/library')
    await expect.element(heading('Media library')).toBeVisible()
    const operation = { entity: 'course', field: 'title', id: courseId } as const
    const operations = [{ ...operation, from: 'Drawing', to: 'A course' }]
    const change = { kind: 'course-retitle', name: 'A course' } as const
    authoring.send({ type: 'change.made', change: { ...change, chapterIds: [], operations } })
    await button('Undo renaming course “A course”').click()
    const readTitle = async () =>
      (await (await server.send(`GET /api/courses/${courseId}`)).json()).title
    await expect.poll(readTitle).toBe('Drawing')
  })
})

test('says why a course can’t be restored', async ({ server, network, open }) => {
  const { path } = await setUpCourse(server)
  const { router } = await open(path)
  await router.navigate({ to: '/' })
  await button('Remove course A course').click()
  await button('Remove course').click()
  await expectSaved()
  const hold = network.hold('POST /api/courses/{courseId}/restore')
  await button('Undo removing course “A course”').click()
  await expect.poll(hold.waiting).toBe(1)
  hold.refuse('Not today.', 403)
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('The course couldn’t be restored. Not today.')
  await button('Try again').click()
  await expect.element(page.getByRole('link', { name: 'A course' })).toBeVisible()
})

test('does not revert a title that another person has changed since', async ({ server, open }) => {
  const { courseId, path } = await setUpCourse(server)
  const { queryClient } = await open(path)
  await changeTitle('chapter', 'Colour', 'Hue')
  const chapter = (await server.chapters(courseId))[1]
  await server.send(`PATCH /api/chapters/${chapter?.id}`, {
    headers: { 'if-match': `"${chapter?.version}"` },
    body: { title: 'Tone' },
  })
  await undo()
  await expect.element(page.getByRole('alert')).toHaveTextContent('The chapter couldn’t be renamed')
  await expectTitles('Light', 'Tone', 'Form')
  await button('Close').click()
  await queryClient.refetchQueries()
  await expectOnServer(server, courseId, 'Light', 'Tone', 'Form')
})

test('does not move back a chapter that another person has removed since', async ({
  server,
  open,
}) => {
  const { courseId, path } = await setUpCourse(server)
  const { queryClient } = await open(path)
  await choose('Form', 'Move up')
  await expectOnServer(server, courseId, 'Light', 'Form', 'Colour')
  await expectSaved()
  const chapter = (await server.chapters(courseId))[1]
  await server.send(`DELETE /api/chapters/${chapter?.id}`)
  await queryClient.refetchQueries()
  await expect.element(page.getByText('This chapter was removed by someone else.')).toBeVisible()
  await undo()
  await expect
    .element(changeNotice())
    .toHaveTextContent('Can’t undo moving chapter “Form”: it has since been removed.')
})

test('cannot undo a refused change', async ({ server, network, open }) => {
  const { path } = await setUpCourse(server)
  await open(path)
  const hold = network.hold('DELETE /api/chapters/{chapterId}')
  await removeChapter('Light')
  await expect.element(changeNotice()).toHaveTextContent('Removed chapter “Light”')
  await expect.poll(hold.waiting).toBe(1)
  hold.refuse('Not today.', 403)
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not today.')
  await expect.element(changeNotice()).toHaveTextContent('')
  await undo()
  await expectTitles('Light', 'Colour', 'Form')
  await expect.element(changeNotice()).toHaveTextContent('')
})
