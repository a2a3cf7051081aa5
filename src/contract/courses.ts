import { chapterSchema } from './chapters.ts'
import { idSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { problemSchema } from './problem.ts'
import { versionSchema } from './versions.ts'
import { z } from './zod.ts'

export const courseSchema = z
  .object({
    id: idSchema,
    title: titleSchema,
    version: versionSchema,
    createdAt: z.iso.datetime(),
    chapters: z.array(chapterSchema),
  })
  .meta({ id: 'Course' })

/** A course in a list: with counts instead of its chapters. */
export const courseSummarySchema = z
  .object({
    id: idSchema,
    title: titleSchema,
    version: versionSchema,
    createdAt: z.iso.datetime(),
    chapterCount: z.int().nonnegative(),
    videoCount: z.int().nonnegative(),
  })
  .meta({ id: 'CourseSummary' })

export const courseListSchema = z.object({ courses: z.array(courseSummarySchema) })

export const newCourseSchema = z
  .strictObject({
    id: idSchema.optional().meta({
      description:
        'Chosen by the client: repeating the request with the same id and title creates no other course',
    }),
    title: titleSchema,
    copyOf: idSchema.optional().meta({
      description: 'A course whose chapters and videos the new one gets, in the same order',
    }),
  })
  .meta({ id: 'NewCourse' })

export const coursePatchSchema = z.strictObject({ title: titleSchema }).meta({ id: 'CoursePatch' })

/** The problem for a change to an outdated version, with the current course. */
export const courseMismatchSchema = problemSchema
  .extend({ course: courseSchema })
  .meta({ id: 'CourseMismatch' })

export type Course = z.infer<typeof courseSchema>
export type CourseSummary = z.infer<typeof courseSummarySchema>
