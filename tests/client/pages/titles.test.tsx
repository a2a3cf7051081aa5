import { v7 as uuidv7 } from 'uuid'
import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../support/axe.ts'
import { expectOnServer, expectTitles } from '../../support/chapter-parts.ts'
import type { MockNetwork } from '../../support/mock-network.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  expectSaved,
  heading,
  redo,
  textbox,
  undo,
} from '../../support/page-parts.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

interface Subject {
  kind: 'course' | 'chapter'
  label: string
  patch: string
  setUp: (server: TestServer) => Promise<{ id: string; path: string }>
  title: (server: TestServer, id: string) => Promise<string>
}

const subjects: Subject[] = [
  {
    kind: 'course',
    label: 'Course title',
    patch: 'PATCH /api/courses/{courseId}',
    setUp: async (server) => {
      const { id } = await server.addCourse('Painting')
      return { id, path: `/courses/${id}` }
    },
    title: async (server, id) => (await (await server.send(`GET /api/courses/${id}`)).json()).title,
  },
  {
    kind: 'chapter',
    label: 'Chapter title',
    patch: 'PATCH /api/chapters/{chapterId}',
    setUp: async (server) => {
      const [chapter] = await server.addChapters('Painting')
      return { id: chapter?.id ?? '', path: `/courses/${chapter?.courseId}` }
    },
    title: async (server, id) => {
      const { courses } = await (await server.send('GET /api/courses')).json()
      const course = await (await server.send(`GET /api/courses/${courses[0].id}`)).json()
      return course.chapters.find((chapter: { id: string }) => chapter.id === id)?.title
    },
  },
]

describe.for(subjects)('the title of a $kind', ({ kind, label, patch, setUp, title }) => {
  const edit = async (name: string) => {
    await button(`Rename ${kind} ${name}`).click()
    await expect.element(textbox(label)).toHaveFocus()
  }

  const renameElsewhere = (server: TestServer, id: string, name: string) =>
    server.send(`PATCH /api/${kind}s/${id}`, {
      body: { title: name },
      headers: { 'if-match': '"1"' },
    })

  const openEditor = async ({ server, open }: Pick<Fixtures, 'server' | 'open'>) => {
    const { id, path } = await setUp(server)
    const opened = await open(path)
    await edit('Painting')
    return { id, path, ...opened }
  }

  test('is selected when its editor opens', async ({ server, open }) => {
    await openEditor({ server, open })
    await userEvent.keyboard('Drawing')
    await expect.element(textbox(label)).toHaveValue('Drawing')
  })

  test('does not undo another person’s change if it is left unchanged', async ({
    server,
    open,
  }) => {
    const { id, queryClient } = await openEditor({ server, open })
    await renameElsewhere(server, id, 'Theirs')
    await queryClient.invalidateQueries()
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Theirs')).toBeVisible()
    expect(await title(server, id)).toBe('Theirs')
  })

  test('asks which title to keep after a change by another person; mine can stay', async ({
    server,
    open,
  }) => {
    const { id } = await openEditor({ server, open })
    await renameElsewhere(server, id, 'Theirs')
    await userEvent.keyboard('Mine{Enter}')
    await expect
      .element(textbox(label))
      .toHaveAccessibleDescription('Renamed by someone else. Which name do you want to keep?')
    expect(await title(server, id)).toBe('Theirs')
    await expectAccessible()
    await button('Keep mine').click()
    await expect.element(heading('Mine')).toBeVisible()
    await expect.poll(() => title(server, id)).toBe('Mine')
  })

  test('asks which title to keep after a change by another person; theirs can stay', async ({
    server,
    open,
  }) => {
    const { id } = await openEditor({ server, open })
    await renameElsewhere(server, id, 'Theirs')
    await userEvent.keyboard('Mine{Enter}')
    await button('Theirs: Theirs').click()
    await expect.element(heading('Theirs')).toBeVisible()
    expect(await title(server, id)).toBe('Theirs')
  })

  test('is saved once if the response to the first try is lost', async ({
    server,
    network,
    open,
  }) => {
    const { id } = await openEditor({ server, open })
    const cut = network.cut(patch, {}, 'after')
    await userEvent.keyboard('Mine{Enter}')
    await expect
      .element(textbox(label))
      .toHaveAccessibleDescription(
        'The server can’t be reached. Check your connection, then try again.',
      )
    cut.lift()
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Mine')).toBeVisible()
    await expect.poll(() => title(server, id)).toBe('Mine')
  })

  test.for(['Mine 2', 'Painting'])(
    'becomes %s after the response to another one was lost',
    async (next, { server, network, open }) => {
      const { id } = await openEditor({ server, open })
      const cut = network.cut(patch, {}, 'after')
      await userEvent.keyboard('Mine{Enter}')
      await expect.element(textbox(label)).toHaveAccessibleDescription(unreachable)
      cut.lift()
      await textbox(label).fill(next)
      await userEvent.keyboard('{Enter}')
      await expect.poll(() => title(server, id)).toBe(next)
      await expect.element(heading(next)).toBeVisible()
      await expect.element(textbox(label)).not.toBeInTheDocument()
    },
  )

  test('that was refused is not taken for one that was perhaps saved', async ({
    server,
    network,
    open,
  }) => {
    const { id } = await openEditor({ server, open })
    const refusal = network.refuse(patch, {}, 'Not now.', 403)
    await userEvent.keyboard('Mine{Enter}')
    await expect.element(textbox(label)).toHaveAccessibleDescription('Not now.')
    refusal.lift()
    await renameElsewhere(server, id, 'Mine')
    await textbox(label).fill('Another')
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Theirs: Mine')).toBeVisible()
    expect(await title(server, id)).toBe('Mine')
  })

  test('is still half typed on return, and then replaces the old one', async ({ server, open }) => {
    const { id, path, router } = await openEditor({ server, open })
    await userEvent.keyboard('Half')
    await router.navigate({ to: '/charts' })
    await expect.element(heading('Statecharts')).toBeInTheDocument()
    await router.navigate({ to: path })
    await expect.element(textbox(label)).toHaveValue('Half')
    await textbox(label).click()
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Half')).toBeVisible()
    await expect.poll(() => title(server, id)).toBe('Half')
  })

  test('is saved after an earlier one that is still in flight', async ({
    server,
    network,
    open,
  }) => {
    const { id, path, router } = await openEditor({ server, open })
    const hold = network.hold(patch)
    await userEvent.keyboard('First{Enter}')
    await expect.poll(hold.waiting).toBe(1)
    await router.navigate({ to: '/charts' })
    await router.navigate({ to: path })
    // A press at the place of the last one would count as the second half of a double press.
    await page.getByRole('banner').hover()
    await edit('First')
    await userEvent.keyboard('Second{Enter}')
    await expect.element(heading('Second')).toBeVisible()
    hold.release()
    await expectSaved()
    await expect.element(heading('Second')).toBeVisible()
    expect(await title(server, id)).toBe('Second')
  })

  describe('while it is being saved', () => {
    test('is shown at once, and can be undone', async ({ server, network, open }) => {
      const { id } = await openEditor({ server, open })
      const hold = network.hold(patch)
      await userEvent.keyboard('Mine{Enter}')
      await expect.poll(hold.waiting).toBe(1)
      await expect.element(textbox(label)).not.toBeInTheDocument()
      expect(readHeadings()).toContain('Mine')
      await expect.element(button(`Rename ${kind} Mine`)).toHaveFocus()
      await expect.element(changeNotice()).toHaveTextContent(`Renamed ${kind} “Mine”`)
      expect(await title(server, id)).toBe('Painting')
      await undo()
      expect(readHeadings()).toContain('Painting')
      hold.release()
      await expectSaved()
      expect(await title(server, id)).toBe('Painting')
      expect(readHeadings()).toContain('Painting')
      expect(textbox(label).query()).toBeNull()
      await redo()
      await expectSaved()
      expect(await title(server, id)).toBe('Mine')
    })

    test('can be changed again, and both changes undone', async ({ server, network, open }) => {
      const { id } = await openEditor({ server, open })
      const first = network.hold(patch)
      await userEvent.keyboard('First{Enter}')
      await expect.poll(first.waiting).toBe(1)
      await userEvent.keyboard('{F2}')
      await expect.element(textbox(label)).toHaveValue('First')
      await userEvent.keyboard('Sec')
      const second = network.hold(patch)
      first.release()
      await expectSaved()
      await expect.element(textbox(label)).toHaveFocus()
      await expect.element(textbox(label)).toHaveValue('Sec')
      await userEvent.keyboard('ond{Enter}')
      await expect.poll(second.waiting).toBe(1)
      await expect.element(heading('Second')).toBeVisible()
      await undo()
      await expect.element(heading('First')).toBeVisible()
      second.release()
      await undo()
      await expect.element(heading('Painting')).toBeVisible()
      await expectSaved()
      expect(await title(server, id)).toBe('Painting')
    })

    test('survives a cancelled change of it', async ({ server, network, open }) => {
      await openEditor({ server, open })
      const hold = network.hold(patch)
      await userEvent.keyboard('Mine{Enter}')
      await expect.poll(hold.waiting).toBe(1)
      await userEvent.keyboard('{F2}Half{Escape}')
      await expect.element(button(`Rename ${kind} Mine`)).toHaveFocus()
      hold.refuse('Not now.')
      await expect.element(textbox(label)).toHaveValue('Mine')
      await expect.element(textbox(label)).toHaveAccessibleDescription('Not now.')
    })

    test('that is refused is back in its form, with nothing to undo', async ({
      server,
      network,
      open,
    }) => {
      const { id } = await openEditor({ server, open })
      const hold = network.hold(patch)
      await userEvent.keyboard('Mine{Enter}')
      await expect.poll(hold.waiting).toBe(1)
      hold.refuse('Not now.')
      await expect.element(textbox(label)).toHaveAccessibleDescription('Not now.')
      await expect.element(textbox(label)).toHaveValue('Mine')
      await expect.element(textbox(label)).toHaveFocus()
      expect(page.getByRole('alert').elements()).toHaveLength(1)
      await expect.element(button('1 not saved')).toBeVisible()
      await expect.element(changeNotice()).toBeEmptyDOMElement()
      await userEvent.keyboard('{Escape}')
      await expectSaved()
      expect(readHeadings()).toContain('Painting')
      await undo()
      expect(await title(server, id)).toBe('Painting')
    })

    test('that is refused leaves the focus where it is by then', async ({
      server,
      network,
      open,
    }) => {
      await openEditor({ server, open })
      const hold = network.hold(patch)
      await userEvent.keyboard('Mine{Enter}')
      await expect.poll(hold.waiting).toBe(1)
      const elsewhere = page.getByRole('link', { name: 'Courses' })
      elsewhere.element().focus()
      hold.refuse('Not now.')
      await expect.element(textbox(label)).toHaveAccessibleDescription('Not now.')
      await expect.element(elsewhere).toHaveFocus()
    })

    test('can be undone if its response is lost', async ({ server, network, open }) => {
      const { id } = await openEditor({ server, open })
      const cut = network.cut(patch, {}, 'after')
      await userEvent.keyboard('Mine{Enter}')
      await expect.element(textbox(label)).toHaveAccessibleDescription(unreachable)
      await expect.poll(readHeadings).toContain('Mine')
      await button(`Undo renaming ${kind} “Mine”`).click()
      cut.lift()
      await expect.poll(() => title(server, id)).toBe('Painting')
      await expect.poll(readHeadings).toContain('Painting')
    })

    test('is recorded once if it is saved again after a lost response', async ({
      server,
      network,
      open,
    }) => {
      const { id, authoring } = await openEditor({ server, open })
      const cut = network.cut(patch, {}, 'after')
      await userEvent.keyboard('Mine{Enter}')
      await expect.element(textbox(label)).toHaveAccessibleDescription(unreachable)
      cut.lift()
      await userEvent.keyboard('{Enter}')
      await expectSaved()
      const { past } = authoring.getSnapshot().context.history
      expect(past.map(({ name }) => name)).toEqual(['Mine'])
      await undo()
      await expect.poll(() => title(server, id)).toBe('Painting')
    })

    test('is undone to their title if it was kept over that', async ({ server, open }) => {
      const { id, authoring } = await openEditor({ server, open })
      await renameElsewhere(server, id, 'Theirs')
      await userEvent.keyboard('Mine{Enter}')
      await button('Keep mine').click()
      await expect.element(heading('Mine')).toBeVisible()
      await expectSaved()
      expect(await title(server, id)).toBe('Mine')
      expect(authoring.getSnapshot().context.history.past).toHaveLength(1)
      await undo()
      await expect.element(heading('Theirs')).toBeVisible()
      await expect.poll(() => title(server, id)).toBe('Theirs')
    })
  })
})

/** Reads all headings, also one that a form covers. */
const readHeadings = () =>
  [...document.querySelectorAll('h1, h2')].map(({ textContent }) => textContent)

test('a new title of a chapter is shown in the outline and can be undone while it is being saved', async ({
  server,
  network,
  open,
}) => {
  const [light] = await server.addChapters('Light', 'Colour')
  const courseId = light?.courseId ?? ''
  await open(`/courses/${courseId}`)
  const lines = () =>
    page
      .getByRole('navigation', { name: 'Outline' })
      .getByRole('row')
      .elements()
      .map(({ ariaLabel }) => ariaLabel?.split(',')[0])
  await expect.poll(lines).toEqual(['Light', 'Colour'])
  const hold = network.hold('PATCH /api/chapters/{chapterId}')
  await button('Rename chapter Light').click()
  await textbox('Chapter title').fill('Shade')
  textbox('Chapter title').element().closest('form')?.requestSubmit()
  await nextFrame()
  expect(lines()).toEqual(['Shade', 'Colour'])
  expect(readHeadings()).toContain('Shade')
  await expect.poll(hold.waiting).toBe(1)
  await undo()
  expect(lines()).toEqual(['Light', 'Colour'])
  expect(readHeadings()).toContain('Light')
  hold.release()
  await expectSaved()
  await expectOnServer(server, courseId, 'Light', 'Colour')
  await expectTitles('Light', 'Colour')
})

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

test('a chapter that is moved and then renamed by another person asks which title to keep', async ({
  server,
  network,
  open,
}) => {
  const [chapter] = await server.addChapters('Painting')
  const changeElsewhere = (version: number, body: object) =>
    server.send(`PATCH /api/chapters/${chapter?.id}`, {
      body,
      headers: { 'if-match': `"${version}"` },
    })
  await open(`/courses/${chapter?.courseId}`)
  await button('Rename chapter Painting').click()
  await expect.element(textbox('Chapter title')).toHaveFocus()
  await changeElsewhere(1, { position: 'a5' })
  const first = network.hold('PATCH /api/chapters/{chapterId}')
  await userEvent.keyboard('Mine{Enter}')
  await expect.poll(first.waiting).toBe(1)
  const second = network.hold('PATCH /api/chapters/{chapterId}')
  first.release()
  await expect.poll(second.waiting).toBe(1)
  await changeElsewhere(2, { title: 'Theirs' })
  second.release()
  await button('Keep mine').click()
  await expect.element(heading('Mine')).toBeVisible()
})

describe('retrying after a lost response', () => {
  test('creates only one course', async ({ server, network, open }) => {
    const { router } = await open('/')
    const cut = network.cut('POST /api/courses', {}, 'after')
    await textbox('New course title').fill('Painting')
    await button('Create course').click()
    await expect
      .element(textbox('New course title'))
      .toHaveAccessibleDescription(
        'The server can’t be reached. Check your connection, then try again.',
      )
    cut.lift()
    await router.navigate({ to: '/charts' })
    await router.navigate({ to: '/' })
    await expect.element(textbox('New course title')).toHaveValue('Painting')
    // Another button is where the last click was: a click there could count as half of a double
    // click.
    await textbox('New course title').click()
    await userEvent.keyboard('{Enter}')
    await expect.element(textbox('New course title')).toHaveValue('')
    const { courses } = await (await server.send('GET /api/courses')).json()
    expect(courses).toHaveLength(1)
  })

  test('creates only one chapter', async ({ server, network, open }) => {
    const course = await server.addCourse('Painting')
    await open(`/courses/${course.id}`)
    const cut = network.cut('POST /api/courses/{courseId}/chapters', {}, 'after')
    await textbox('New chapter title').fill('Basics')
    await button('Add chapter').click()
    await expect
      .element(textbox('New chapter title'))
      .toHaveAccessibleDescription(
        'The server can’t be reached. Check your connection, then try again.',
      )
    cut.lift()
    await button('Add chapter').click()
    await expect.element(textbox('New chapter title')).toHaveValue('')
    await expect.element(chapterRegion('Basics')).toBeVisible()
    await expect.element(page.getByText(/^1 chapter ·/)).toBeVisible()
  })

  test('creates only one course if the title is changed before the retry', async ({
    server,
    network,
    open,
  }) => {
    await open('/')
    await loseCreation(network, 'Drawing')
    await textbox('New course title').fill('Drawing 101')
    await userEvent.keyboard('{Enter}')
    await expect.element(textbox('New course title')).toHaveValue('')
    await expect.element(heading('Drawing 101')).toBeVisible()
    expect(await listTitles(server)).toEqual(['Drawing 101'])
  })

  test('leaves a course alone that is listed by the time another title is typed', async ({
    server,
    network,
    open,
  }) => {
    const { queryClient } = await open('/')
    await loseCreation(network, 'Drawing')
    await queryClient.invalidateQueries()
    await expect.element(heading('Drawing')).toBeVisible()
    await textbox('New course title').fill('Painting')
    await userEvent.keyboard('{Enter}')
    await expect.element(heading('Painting')).toBeVisible()
    expect(await listTitles(server)).toEqual(['Painting', 'Drawing'])
  })

  test('creates only one chapter if the title is changed before the retry', async ({
    server,
    network,
    open,
  }) => {
    const course = await server.addCourse('Painting')
    await open(`/courses/${course.id}`)
    const cut = network.cut('POST /api/courses/{courseId}/chapters', {}, 'after')
    await textbox('New chapter title').fill('Basics')
    await button('Add chapter').click()
    await expect.element(textbox('New chapter title')).toHaveAccessibleDescription(unreachable)
    cut.lift()
    await textbox('New chapter title').fill('Basics of light')
    await userEvent.keyboard('{Enter}')
    await expect.element(textbox('New chapter title')).toHaveValue('')
    await expect.element(chapterRegion('Basics of light')).toBeVisible()
    await expect.element(page.getByText(/^1 chapter ·/)).toBeVisible()
    const { chapters } = await (await server.send(`GET /api/courses/${course.id}`)).json()
    expect(chapters.map((chapter: { title: string }) => chapter.title)).toEqual(['Basics of light'])
  })
})

const unreachable = 'The server can’t be reached. Check your connection, then try again.'

/** Creates a course, and loses the answer. */
async function loseCreation(network: MockNetwork, title: string) {
  const cut = network.cut('POST /api/courses', {}, 'after')
  await textbox('New course title').fill(title)
  await button('Create course').click()
  await expect.element(textbox('New course title')).toHaveAccessibleDescription(unreachable)
  cut.lift()
}

async function listTitles(server: TestServer): Promise<string[]> {
  const { courses } = await (await server.send('GET /api/courses')).json()
  return courses.map((course: { title: string }) => course.title)
}

const longTitle =
  'Painting with oil colours on large canvases, for beginners and for everybody else'

/** Renames something in each place that shows a title. */
const places = [
  { place: 'a course’s page', label: 'Course title', kind: 'course', isList: false },
  { place: 'the list of courses', label: 'Course title', kind: 'course', isList: true },
  { place: 'a chapter', label: 'Chapter title', kind: 'chapter', isList: false },
] as const

describe.for(places)('the editor of a title on $place', ({ label, kind, isList }) => {
  test.for([
    [1280, 'Painting'],
    [1280, longTitle],
    [390, 'Painting'],
    [390, longTitle],
  ] as const)(
    'keeps the height in a window of %i px, for %s',
    async ([width, title], { server, network, open }) => {
      await page.viewport(width, 800)
      const { id } = await server.addCourse(title)
      if (kind === 'chapter') {
        const body = { id: uuidv7(), title, position: 'a0' }
        await server.send(`POST /api/courses/${id}/chapters`, { body })
      }
      await open(isList ? '/' : `/courses/${id}`)
      const rename = button(`Rename ${kind} ${title}`)
      await expect.element(rename).toBeVisible()
      if (kind === 'chapter') await expect.element(page.getByText('No videos yet')).toBeVisible()
      const height = () => page.getByRole('main').element().getBoundingClientRect().height
      const before = height()
      await rename.click()
      await expect.element(textbox(label)).toHaveFocus()
      expect(height()).toBe(before)
      const hold = network.hold(
        kind === 'course' ? 'PATCH /api/courses/{courseId}' : 'PATCH /api/chapters/{chapterId}',
      )
      await textbox(label).fill(`${title}.`)
      await userEvent.keyboard('{Enter}')
      await expect.element(button(`Rename ${kind} ${title}.`)).toBeVisible()
      expect(height()).toBe(before)
      hold.release()
      await expectSaved()
      expect(height()).toBe(before)
      await page.viewport(1280, 800)
    },
  )
})
