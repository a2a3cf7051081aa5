import { chapterSchema } from './chapters.ts'
import { courseSchema } from './courses.ts'
import { idSchema } from './ids.ts'
import { versionSchema } from './versions.ts'
import { videoSchema } from './videos.ts'
import { z } from './zod.ts'

const sequenceSchema = z
  .int()
  .nonnegative()
  .meta({ description: 'Orders the changes of all courses; the `id` of the event' })

const common = {
  sequence: sequenceSchema,
  id: idSchema.meta({ description: 'The id of what was changed' }),
  courseId: idSchema.nullable(),
  kind: z.enum(['created', 'changed', 'removed', 'restored']),
  version: versionSchema,
  page: idSchema
    .nullable()
    .meta({ description: 'The `lectern-page` of the request that changed it, if it had one' }),
  changedAt: z.iso.datetime(),
}

const createRowSchema = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullable().meta({ description: 'As it is now; `null` if it was removed' })

/** A change to a course, a chapter or a linked video, whoever made it. */
export const changeSchema = z
  .discriminatedUnion('entity', [
    z.object({ ...common, entity: z.literal('course'), row: createRowSchema(courseSchema) }),
    z.object({ ...common, entity: z.literal('chapter'), row: createRowSchema(chapterSchema) }),
    z.object({ ...common, entity: z.literal('video'), row: createRowSchema(videoSchema) }),
  ])
  .meta({ id: 'Change' })

/** The response header that tells a page where to start its event stream. */
export const sequenceHeader = 'lectern-sequence'

export const sequenceHeadersSchema = z.object({
  [sequenceHeader]: z.string().meta({
    description:
      'The number of a change that the response already includes; `GET /api/events?after=` continues from it',
    example: '17',
  }),
})

export type Change = z.infer<typeof changeSchema>
