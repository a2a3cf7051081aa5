import { afterEach, expect, test, vi } from 'vitest'
import { resumeChanges } from '#client/app/outbox/kept-changes.ts'
import { newChapterKey, useNewChapters } from '#client/features/chapters/new-chapters.store.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Chapter } from '#contract/chapters.ts'
import { clearNameDrafts, useNameDrafts } from '#ui/name-draft.ts'
import { fakeServer } from './fake-server.ts'

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

test('the form of a chapter that is created after a reload is closed then', async () => {
  fakeServer(Response.json({ ...chapter, version: 1 }, { status: 201 }))
  useNewChapters.setState({ slots: [{ id: chapter.id, courseId: chapter.courseId, after: 'x' }] })
  useNameDrafts.getState().open(newChapterKey(chapter.id), '', 0)
  const changes = {
    courses: [],
    chapters: [{ kind: 'create' as const, chapter, copyOf: undefined }],
  }
  resumeChanges(createQueryClient(), changes)
  await vi.waitFor(() => expect(useNewChapters.getState().slots).toEqual([]))
  expect(useNameDrafts.getState().drafts).toEqual({})
})
