import { afterEach, expect, onTestFinished, test } from 'vitest'
import { hasUnsavedWork } from '#client/app/outbox/has-unsaved-work.ts'
import { newChapterKey, useNewChapters } from '#client/features/chapters/new-chapters.store.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { resumeNameDrafts, useNameDrafts } from '#ui/name-draft.ts'
import { openQuietPage } from './quiet-page.ts'

afterEach(() => {
  useNewChapters.setState(useNewChapters.getInitialState(), true)
  useNameDrafts.setState(useNameDrafts.getInitialState(), true)
})

test('a title typed for a chapter between two others is work in its course', () => {
  const queryClient = createQueryClient()
  const authoring = openQuietPage(queryClient)
  onTestFinished(() => void authoring.stop())
  const has = (courseId: string) => hasUnsavedWork(authoring, queryClient, courseId)
  useNewChapters.setState({ slots: [{ id: 'new', courseId: 'a course', after: 'a chapter' }] })
  expect(has('a course')).toBe(false)
  const draft = { text: 'Half', initial: '', version: 0, isNew: false }
  resumeNameDrafts([{ key: newChapterKey('new'), ...draft }])
  expect(has('a course')).toBe(true)
  expect(has('another course')).toBe(false)
})
