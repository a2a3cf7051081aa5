import type { RouteName, RouteWithResponse } from '#contract/api.ts'
import type { Change } from '#contract/changes.ts'
import type { Presence } from '#contract/presence.ts'
import { type Problem, problemSchema } from '#contract/problem.ts'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'

// Only the shape is checked. The server decides which names and positions are valid, and a newer
// server may add members or allow values that this page does not know.
const id = z.string()
const version = z.number()

const video = z.looseObject({
  id,
  chapterId: id,
  mediaId: id,
  filename: z.string(),
  position: z.string(),
  version,
  revision: z.number(),
  durationSeconds: z.number(),
})

const currentVideo = z.looseObject({
  status: z.enum(['linked', 'removed', 'vacant']),
  video: video.nullable(),
  revision: z.number(),
})

const chapter = z.looseObject({
  id,
  courseId: id,
  title: z.string(),
  position: z.string(),
  version,
})

const course = z.looseObject({ id, title: z.string(), chapters: z.array(chapter) })

const courseSummary = z.looseObject({
  id,
  title: z.string(),
  chapterCount: z.number(),
  videoCount: z.number(),
})

const asset = z.looseObject({
  id,
  filename: z.string(),
  durationSeconds: z.number(),
  sizeBytes: z.number(),
  version,
  tags: z.array(z.string()),
})

const captions = z.looseObject({ language: z.string(), cueCount: z.number() })

const usage = z.looseObject({
  courseId: id,
  courseTitle: z.string(),
  chapterId: id,
  chapterTitle: z.string(),
})

const assetDetails = asset.extend({
  contentHash: z.string().nullable(),
  captions: z.array(captions),
  usage: z.array(usage),
  duplicates: z.array(z.looseObject({ id, filename: z.string(), isOlder: z.boolean() })),
})

const mediaPage = z.looseObject({
  media: z.array(asset),
  nextCursor: z.string().nullable(),
  total: z.number(),
})

const position = z.looseObject({ sequence: z.number() })

const presence = z.looseObject({ page: id, ids: z.array(id) })

const changeFields = {
  sequence: z.number(),
  id,
  courseId: id.nullable(),
  kind: z.enum(['created', 'changed', 'removed', 'restored']),
  version,
  page: id.nullable(),
}

const change = z.discriminatedUnion('entity', [
  z.looseObject({ ...changeFields, entity: z.literal('course'), row: course.nullable() }),
  z.looseObject({ ...changeFields, entity: z.literal('chapter'), row: chapter.nullable() }),
  z.looseObject({ ...changeFields, entity: z.literal('video'), row: video.nullable() }),
])

/**
 * The shapes of response bodies, by route. They are checked because a response may come from a
 * proxy, a hotel's sign-in page, or a server of another version.
 */
const schemas: Partial<Record<RouteName, z.ZodType>> = {
  'GET /api/courses': z.looseObject({ courses: z.array(courseSummary) }),
  'POST /api/courses': course,
  'GET /api/courses/{courseId}': course,
  'PATCH /api/courses/{courseId}': course,
  'POST /api/courses/{courseId}/restore': course,
  'POST /api/courses/{courseId}/chapters': chapter,
  'PATCH /api/chapters/{chapterId}': chapter,
  'POST /api/chapters/{chapterId}/restore': chapter,
  'GET /api/chapters/{chapterId}/videos': z.looseObject({ videos: z.array(video) }),
  'PUT /api/chapters/{chapterId}/videos/{videoId}': video,
  'PATCH /api/videos/{videoId}': video,
  // A video that was never linked has no body.
  'POST /api/videos/{videoId}/restore': video.optional(),
  'GET /api/media': mediaPage,
  'PATCH /api/media': z.looseObject({ tag: z.string(), changedIds: z.array(id) }),
  'GET /api/media-tags': z.looseObject({
    tags: z.array(z.looseObject({ name: z.string(), count: z.number() })),
  }),
  'GET /api/media/{mediaId}': assetDetails,
  'PATCH /api/media/{mediaId}': asset,
  'POST /api/media/{mediaId}/restore': asset,
  'POST /api/media/{mediaId}/replace': asset,
  'POST /api/media/{mediaId}/merge': z.looseObject({
    relinkedCount: z.number(),
    keptIn: z.array(usage),
  }),
  'PUT /api/media/{mediaId}/captions/{language}': captions,
  'GET /api/health': z.looseObject({ status: z.string() }),
} satisfies Record<RouteWithResponse, z.ZodType>

const noBody = z.undefined()

/** Whether a value has the shape of the route's response, where `undefined` stands for no body. */
export const matchesResponseShape = (name: RouteName, value: unknown): boolean =>
  (schemas[name] ?? noBody).safeParse(value).success

export const isProblem = (value: unknown): value is Problem =>
  problemSchema.safeParse(value).success

export const isVideo = (value: unknown): value is Video => video.safeParse(value).success

export const isCurrentVideo = (value: unknown): value is CurrentVideo =>
  currentVideo.safeParse(value).success

export const isChange = (value: unknown): value is Change => change.safeParse(value).success

/** Whether a value is the position in the change log at which a stream starts. */
export const isPosition = (value: unknown): value is { sequence: number } =>
  position.safeParse(value).success

export const isPresence = (value: unknown): value is Presence => presence.safeParse(value).success
