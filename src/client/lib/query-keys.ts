import type { MediaSort, MediaUse } from '#contract/media.ts'

/** The query cache's keys, shared by features that invalidate each other's queries. */
export const queryKeys = {
  courses: ['courses'],
  course: (courseId: string) => ['courses', courseId],
  videoLists: ['chapters'],
  videos: (chapterId: string) => ['chapters', chapterId, 'videos'],
  uploadLimits: ['upload limits'],
  allMedia: ['media'],
  media: (query: { search: string; sort: MediaSort; use: MediaUse }) => ['media', query],
  asset: (mediaId: string) => ['media', mediaId],
} as const
