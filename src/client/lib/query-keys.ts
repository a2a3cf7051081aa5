import type { MediaFilter } from '#contract/media.ts'

/** The query cache's keys, shared by features that invalidate each other's queries. */
export const queryKeys = {
  courses: ['courses'],
  course: (courseId: string) => ['courses', courseId],
  videoLists: ['chapters'],
  videos: (chapterId: string) => ['chapters', chapterId, 'videos'],
  uploadLimits: ['upload limits'],
  allMedia: ['media'],
  media: (filter: MediaFilter) => ['media', filter],
  mediaTags: ['media', 'tags'],
  asset: (mediaId: string) => ['media', mediaId],
  duplicates: (mediaId: string) => ['duplicates', mediaId],
  uncaptioned: (courseId: string) => ['media', 'uncaptioned', courseId],
} as const
