import { idSchema, positionSchema } from './ids.ts'
import { filenameSchema } from './names.ts'
import { problemSchema } from './problem.ts'
import { z } from './schema.ts'

/** How many links one batch may hold. */
export const largestBatch = 200

/** A linked video: one media asset's place in one chapter. */
export const videoSchema = z
  .object({
    id: idSchema,
    chapterId: idSchema,
    mediaId: idSchema,
    filename: filenameSchema,
    position: positionSchema,
    version: z.int().positive().meta({ description: 'Counts the changes, from 1' }),
    durationSeconds: z.number().nonnegative().meta({ description: 'Of the media asset' }),
  })
  .meta({ id: 'Video' })

export const videoListSchema = z.object({ videos: z.array(videoSchema) })

/** What makes a link; the same content under the same id is the same link, however often it is sent. */
export const linkContentSchema = z
  .strictObject({ mediaId: idSchema, filename: filenameSchema, position: positionSchema })
  .meta({ id: 'LinkContent' })

export const linkSchema = linkContentSchema.extend({ id: idSchema }).meta({ id: 'Link' })

export const linkBatchSchema = z
  .strictObject({
    videos: z
      .array(linkSchema)
      .min(1, { error: 'Give at least one video' })
      .max(largestBatch, { error: `Give at most ${largestBatch} videos` }),
  })
  .meta({ id: 'LinkBatch' })

/** One line of a batch's answer. The end of the stream proves nothing: an id without a line has no known outcome. */
export const linkLineSchema = z
  .union([
    z.object({
      id: idSchema,
      status: z.union([z.literal(200), z.literal(201)]),
      video: videoSchema,
    }),
    z.object({ id: idSchema, status: z.int().min(400).max(599), problem: problemSchema }),
    z.object({ done: z.literal(true) }),
  ])
  .meta({ id: 'LinkLine' })

export const videoPatchSchema = z
  .strictObject({
    filename: filenameSchema.optional(),
    position: positionSchema.optional(),
    chapterId: idSchema.optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    error: 'Give a filename, a position or a chapterId',
  })
  .meta({ id: 'VideoPatch' })

/** The answer to a change of an older version: the problem, and the video as it is now. */
export const versionMismatchSchema = problemSchema
  .extend({ video: videoSchema })
  .meta({ id: 'VersionMismatch' })

export type Video = z.infer<typeof videoSchema>
/** A media asset that was picked for a chapter. */
export type MediaPick = Pick<Video, 'mediaId' | 'filename' | 'durationSeconds'>
export type Link = z.infer<typeof linkSchema>
export type LinkContent = z.infer<typeof linkContentSchema>
export type LinkLine = z.infer<typeof linkLineSchema>
export type VideoPatch = z.infer<typeof videoPatchSchema>
