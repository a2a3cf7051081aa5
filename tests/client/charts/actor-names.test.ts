import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { createActor } from 'xstate'
import { createActorNames } from '#client/app/charts/actor-names.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course } from '#contract/courses.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'

const [courseId, chapterId] = ['course', '01900000-0000-7000-8000-0000000000c1']

const video = {
  id: 'video',
  chapterId,
  mediaId: 'media',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  durationSeconds: 61,
  version: 1,
  revision: 0,
}

const course: Course = {
  id: courseId,
  title: 'A course',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  chapters: [{ id: chapterId, courseId, title: 'First steps', position: 'a0', version: 1 }],
}

it('names a video by its filename, and a chapter by its title once its course is loaded', () => {
  const queryClient = new QueryClient()
  const getName = createActorNames(queryClient)
  const chapter = createActor(chapterMachine, { id: chapterId, input: { chapterId } })
  queryClient.setQueryData(queryKeys.courses, { courses: [] })
  expect([
    getName(createActor(videoMachine, { input: video })),
    getName(createActor(authoringMachine)),
    getName(chapter),
  ]).toEqual(['Lesson 1.mp4', 'Authoring', 'Chapter 0000c1'])

  queryClient.setQueryData(queryKeys.course(courseId), course)
  expect(getName(chapter)).toBe('First steps')
})
