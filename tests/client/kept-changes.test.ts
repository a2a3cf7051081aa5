import type { QueryClient } from '@tanstack/react-query'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import {
  keptChangesSchema,
  readKeptChanges,
  resumeChanges,
} from '#client/app/outbox/kept-changes.ts'
import { createChapter } from '#client/features/chapters/api/create-chapter.ts'
import { chapterDraftKey } from '#client/features/chapters/chapter-changes.ts'
import {
  appendChapterDraftKey,
  newChapterKey,
  useNewChapters,
} from '#client/features/chapters/new-chapters.store.ts'
import { duplicateCourse } from '#client/features/courses/api/duplicate-course.ts'
import { createOnce } from '#client/lib/creation-id.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Chapter } from '#contract/chapters.ts'
import { clearNameDrafts, readNameDrafts, resumeNameDrafts, useNameDrafts } from '#ui/name-draft.ts'
import { fakeServer, problemAnswer } from './fake-server.ts'
import { never, openQuietPage } from './quiet-page.ts'

const authoring = openQuietPage()
afterAll(() => void authoring.stop())

afterEach(() => {
  vi.unstubAllGlobals()
  clearNameDrafts()
  useNewChapters.setState(useNewChapters.getInitialState(), true)
})

const chapter: Chapter = {
  id: '01900000-0000-7000-8000-0000000000c1',
  courseId: '01900000-0000-7000-8000-0000000000d1',
  title: 'Basics',
  position: 'a1',
  version: 0,
}

const resumeCreation = (queryClient: QueryClient) =>
  resumeChanges(
    queryClient,
    { courses: [], chapters: [{ kind: 'create', chapter, copyOf: undefined }] },
    authoring,
  )

test('the form of a new chapter is closed once its creation succeeds after a reload', async () => {
  fakeServer(Response.json({ ...chapter, version: 1 }, { status: 201 }))
  useNewChapters.setState({ slots: [{ id: chapter.id, courseId: chapter.courseId, after: 'x' }] })
  useNameDrafts.getState().open(newChapterKey(chapter.id), chapter.title, 0)
  const changes = {
    courses: [],
    chapters: [{ kind: 'create' as const, chapter, copyOf: undefined }],
  }
  resumeChanges(createQueryClient(), changes, authoring)
  await vi.waitFor(() => expect(useNewChapters.getState().slots).toEqual([]))
  expect(useNameDrafts.getState().drafts).toEqual({})
})

test('the field at the end of a course is emptied once its chapter is created after a reload', async () => {
  fakeServer(Response.json({ ...chapter, version: 1 }, { status: 201 }))
  const key = appendChapterDraftKey(chapter.courseId)
  resumeNameDrafts([{ key, text: chapter.title, initial: '', version: 0, isNew: true }])
  resumeCreation(createQueryClient())
  await vi.waitFor(() => expect(readNameDrafts()).toEqual([]))
})

test('a creation that failed again keeps its id, so that nothing is created twice', async () => {
  const { sent } = fakeServer(
    new TypeError('fetch failed'),
    Response.json({ ...chapter, version: 1 }, { status: 201 }),
  )
  const queryClient = createQueryClient()
  const key = appendChapterDraftKey(chapter.courseId)
  resumeNameDrafts([{ key, text: chapter.title, initial: '', version: 0, isNew: true }])
  resumeCreation(queryClient)
  await vi.waitFor(() => expect(readKeptChanges(queryClient).chapters).toHaveLength(1))
  await vi.waitFor(() => expect(queryClient.isMutating()).toBe(0))

  await createOnce({ field: key, title: chapter.title }, (id) =>
    createChapter(queryClient, { id, courseId: chapter.courseId, title: chapter.title }),
  )
  expect(sent.map(({ body }) => body)).toMatchObject([{ id: chapter.id }, { id: chapter.id }])
})

test('a chapter with its own form does not take over the field at the end of its course', async () => {
  const { sent } = fakeServer(
    new TypeError('fetch failed'),
    Response.json({ ...chapter, title: 'Light', version: 1 }, { status: 201 }),
  )
  const queryClient = createQueryClient()
  useNameDrafts.getState().open(newChapterKey(chapter.id), chapter.title, 0)
  resumeCreation(queryClient)
  await vi.waitFor(() => expect(readKeptChanges(queryClient).chapters).toHaveLength(1))
  await vi.waitFor(() => expect(queryClient.isMutating()).toBe(0))
  const { courseId } = chapter
  await createOnce({ field: appendChapterDraftKey(courseId), title: 'Light' }, (id) =>
    createChapter(queryClient, { id, courseId, title: 'Light' }),
  )
  expect(sent[1]?.body).not.toMatchObject({ id: chapter.id })
})

test('a chapter that was created and changed gets the title typed since', async () => {
  const retitled = { ...chapter, title: 'Basics of light', version: 4 }
  const { sent } = fakeServer(
    problemAnswer({ type: '/problems/id-reused', title: 'Used', status: 422, detail: 'Used.' }),
    problemAnswer({
      type: '/problems/version-mismatch',
      title: 'Changed',
      status: 412,
      detail: 'Changed.',
      chapter: { ...chapter, version: 3 },
    }),
    Response.json(retitled),
  )
  const { id, courseId } = chapter
  const created = createChapter(createQueryClient(), { id, courseId, title: retitled.title })
  expect(await created).toEqual(retitled)
  expect(sent.map(({ method, ifMatch }) => [method, ifMatch])).toEqual([
    ['POST', undefined],
    ['PATCH', '"1"'],
    ['PATCH', '"3"'],
  ])
})

test('a chapter that could not be created is forgotten with the title in its field', async () => {
  fakeServer(new TypeError('fetch failed'))
  const queryClient = createQueryClient()
  const { id, courseId, title } = chapter
  useNameDrafts.getState().open(newChapterKey(id), title, 0)
  await createChapter(queryClient, { id, courseId, title }).catch(() => {})
  expect(readKeptChanges(queryClient).chapters).toMatchObject([{ kind: 'create', chapter: { id } }])
  useNameDrafts.getState().close(newChapterKey(id))
  expect(readKeptChanges(queryClient).chapters).toEqual([])
})

test('a course that is being duplicated is created after a reload, under the same id', async () => {
  const copyOf = {
    id: chapter.courseId,
    title: 'Painting',
    version: 2,
    createdAt: '2026-11-29T12:00:00.000Z',
    chapterCount: 1,
    videoCount: 2,
  }
  const course = { ...copyOf, id: chapter.id, title: 'Painting (copy)', version: 0 }
  const unanswered = vi.fn(never)
  vi.stubGlobal('fetch', unanswered)
  const queryClient = createQueryClient()
  const change = { kind: 'duplicate' as const, course, copyOf }
  void duplicateCourse(queryClient, course, copyOf)
  await vi.waitFor(() => expect(unanswered).toHaveBeenCalledOnce())
  const kept = keptChangesSchema.parse(structuredClone(readKeptChanges(queryClient)))
  expect(kept.courses).toEqual([change])
  const { id, title, createdAt } = course
  const created = { id, title, createdAt, version: 1, chapters: [] }
  const { sent } = fakeServer(Response.json(created, { status: 201 }))
  resumeChanges(createQueryClient(), kept, authoring)
  await vi.waitFor(() => expect(sent).toMatchObject([{ body: { id, title, copyOf: copyOf.id } }]))
})

describe('a title that was being saved from its editor', () => {
  const saved = { ...chapter, version: 1 }
  const key = chapterDraftKey(chapter.id)
  const typed = { kind: 'retitle' as const, chapter: saved, title: 'Light', isTyped: true }
  const resumeTitle = (queryClient: QueryClient, text: string) => {
    const draft = { key, text, initial: 'Basics', version: 1, isNew: false, sent: ['Light'] }
    resumeNameDrafts([draft])
    resumeChanges(queryClient, { courses: [], chapters: [typed] }, authoring)
  }
  const readDraft = () => useNameDrafts.getState().drafts[key]

  test('is saved after a reload, with its form hidden', async () => {
    const { sent } = fakeServer(Response.json({ ...saved, title: 'Light', version: 2 }))
    const queryClient = createQueryClient()
    resumeTitle(queryClient, 'Light')
    expect(readDraft()).toMatchObject({ status: 'saving', pending: { name: 'Light' } })
    expect(keptChangesSchema.parse(readKeptChanges(queryClient)).chapters).toEqual([typed])
    await vi.waitFor(() => expect(readDraft()).toBeUndefined())
    expect(sent).toMatchObject([{ method: 'PATCH', ifMatch: '"1"', body: { title: 'Light' } }])
    expect(readKeptChanges(queryClient).chapters).toEqual([])
  })

  test('is back in its form if someone else has set another one', async () => {
    fakeServer(
      problemAnswer({
        type: '/problems/version-mismatch',
        title: 'Changed',
        status: 412,
        detail: 'Changed.',
        chapter: { ...saved, title: 'Theirs', version: 4 },
      }),
    )
    const queryClient = createQueryClient()
    resumeTitle(queryClient, 'Light')
    await vi.waitFor(() =>
      expect(readDraft()).toMatchObject({
        status: 'failed',
        pending: undefined,
        other: { name: 'Theirs', version: 4 },
      }),
    )
    expect(readNameDrafts()).toMatchObject([{ text: 'Light' }])
    expect(readKeptChanges(queryClient).chapters).toEqual([])
  })

  test('is saved beside a later one that is being typed', async () => {
    const { sent } = fakeServer(Response.json({ ...saved, title: 'Light', version: 5 }))
    resumeTitle(createQueryClient(), 'Lighter')
    await vi.waitFor(() => expect(sent).toMatchObject([{ body: { title: 'Light' } }]))
    expect(readDraft()).toMatchObject({ status: 'open' })
    expect(readNameDrafts()).toMatchObject([{ text: 'Lighter', initial: 'Basics' }])
  })
})
