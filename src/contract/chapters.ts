import { idSchema, positionSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { problemSchema } from './problem.ts'
import { versionSchema } from './versions.ts'
import { z } from './zod.ts'

export const chapterSchema = z
  .object({
    id: idSchema,
    courseId: idSchema,
    title: titleSchema,
    position: positionSchema,
    version: versionSchema,
    videoCount: z
      .int()
      .nonnegative()
      .optional()
      .meta({ description: 'The number of its videos; only present within a course' }),
    durationSeconds: z
      .number()
      .nonnegative()
      .optional()
      .meta({ description: 'The total duration of its videos; only present within a course' }),
  })
  .meta({ id: 'Chapter' })

const after = idSchema.nullish().meta({
  description:
    'The chapter to place this one directly after; `null` for the first place. Where `position` leaves no room, neighbours get new positions. Ignored if that chapter is not in the course.',
})

const hasPositionForAfter = ({
  after,
  position,
}: {
  after?: string | null | undefined
  position?: string | undefined
}) => after === undefined || position !== undefined

const missingPosition = { error: 'Send a position together with after', path: ['position'] }

export const newChapterSchema = z
  .strictObject({
    id: idSchema.optional().meta({
      description:
        'Chosen by the client: repeating the request with the same id, title and position adds no other chapter',
    }),
    title: titleSchema,
    position: positionSchema.optional().meta({
      description: 'The position of the chapter; by default, the end of the course',
    }),
    after,
  })
  .refine(hasPositionForAfter, missingPosition)
  .meta({ id: 'NewChapter' })

export const chapterPatchSchema = z
  .strictObject({
    title: titleSchema.optional(),
    position: positionSchema.optional(),
    after,
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    error: 'Send a title, a position or both',
  })
  .refine(hasPositionForAfter, missingPosition)
  .meta({ id: 'ChapterPatch' })

/** The problem for a change to an outdated version, with the current chapter. */
export const chapterMismatchSchema = problemSchema
  .extend({ chapter: chapterSchema })
  .meta({ id: 'ChapterMismatch' })

export type Chapter = z.infer<typeof chapterSchema>
export type ChapterPatch = z.infer<typeof chapterPatchSchema>
