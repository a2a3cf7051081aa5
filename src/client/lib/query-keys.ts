import type { MediaSort } from '#contract/media.ts'

/** Where the query cache keeps what: features that change each other's rows agree here. */
export const queryKeys = {
  courses: ['courses'],
  course: (courseId: string) => ['courses', courseId],
  videos: (chapterId: string) => ['chapters', chapterId, 'videos'],
  media: (query: { search: string; sort: MediaSort }) => ['media', query],
} as const
