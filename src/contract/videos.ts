import { idSchema, positionSchema } from './ids.ts'
import { filenameSchema } from './names.ts'
import { problemSchema } from './problem.ts'
import { versionSchema } from './versions.ts'
import { z } from './zod.ts'

/** The maximum number of links in a batch. */
export const maxBatchSize = 200

const revisionSchema = z
  .int()
  .nonnegative()
  .meta({ description: 'Orders the requested changes; 0 for a new link' })

/** A linked video: one media asset's place in one chapter. */
export const videoSchema = z
  .object({
    id: idSchema,
    chapterId: idSchema,
    mediaId: idSchema,
    filename: filenameSchema,
    position: positionSchema,
    version: versionSchema,
    revision: revisionSchema,
    durationSeconds: z
      .number()
      .nonnegative()
      .meta({ description: 'The duration of the media asset' }),
  })
  .meta({ id: 'Video' })

export const videoListSchema = z.object({ videos: z.array(videoSchema) })

/** The content of a link. The same content sent again under the same id is the same link. */
export const linkContentSchema = z
  .strictObject({ mediaId: idSchema, filename: filenameSchema, position: positionSchema })
  .meta({ id: 'LinkContent' })

export const linkSchema = linkContentSchema.extend({ id: idSchema }).meta({ id: 'Link' })

export const linkBatchSchema = z
  .strictObject({
    videos: z
      .array(linkSchema)
      .min(1, { error: 'Send at least one video' })
      .max(maxBatchSize, { error: `Send at most ${maxBatchSize} videos` }),
  })
  .meta({ id: 'LinkBatch' })

/** The problem for a link or change of a removed video, with the revision of its removal. */
export const removedSchema = problemSchema
  .extend({ revision: revisionSchema })
  .meta({ id: 'RemovedProblem' })

/**
 * One line of a batch's response. The outcome of an id without a line is unknown, even if the
 * stream ended.
 */
export const linkLineSchema = z
  .union([
    z.object({
      id: idSchema,
      status: z.union([z.literal(200), z.literal(201)]),
      video: videoSchema,
    }),
    z.object({
      id: idSchema,
      status: z.int().min(400).max(599),
      problem: problemSchema.extend({
        revision: revisionSchema
          .optional()
          .meta({ description: 'The revision of a removed video' }),
      }),
    }),
    z.object({ done: z.literal(true) }),
  ])
  .meta({ id: 'LinkLine' })

export const videoPatchSchema = z
  .strictObject({
    filename: filenameSchema.optional(),
    position: positionSchema.optional(),
    after: idSchema.nullish().meta({
      description:
        'The video to place this one directly after; `null` for the first place. Where `position` leaves no room, neighbours get new positions. Ignored if that video is not in the chapter.',
    }),
    chapterId: idSchema.optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    error: 'Send a filename, a position or a chapterId',
  })
  .refine(({ after, position }) => after === undefined || position !== undefined, {
    error: 'Send a position together with after',
    path: ['position'],
  })
  .meta({ id: 'VideoPatch' })

/** The problem for a change to an outdated version, with the current video. */
export const versionMismatchSchema = problemSchema
  .extend({ video: videoSchema })
  .meta({ id: 'VersionMismatch' })

const currentVideoSchema = z.object({
  status: z.enum(['linked', 'removed', 'vacant']).meta({
    description: '`vacant`: removed before it was linked, then restored; its id can be linked',
  }),
  video: videoSchema.nullable().meta({ description: '`null` if it was never linked' }),
  revision: revisionSchema,
})

/** The problem for a change that a later one overtook, with the current state of the id. */
export const staleRevisionSchema = problemSchema
  .extend({ current: currentVideoSchema })
  .meta({ id: 'StaleRevision' })

export type Video = z.infer<typeof videoSchema>
/** A media asset picked for a chapter. */
export type MediaPick = Pick<Video, 'mediaId' | 'filename' | 'durationSeconds'>
export type Link = z.infer<typeof linkSchema>
export type LinkContent = z.infer<typeof linkContentSchema>
export type LinkLine = z.infer<typeof linkLineSchema>
/** The result of one link: the video, or why it was not linked. */
export type LinkResultLine = Exclude<LinkLine, { done: true }>
/** The current state of a video id on the server. */
export type CurrentVideo = z.infer<typeof currentVideoSchema>
export type VideoPatch = z.infer<typeof videoPatchSchema>
