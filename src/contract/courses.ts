import { chapterSchema } from './chapters.ts'
import { idSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { z } from './zod.ts'

export const courseSchema = z
  .object({
    id: idSchema,
    title: titleSchema,
    createdAt: z.iso.datetime(),
    chapters: z.array(chapterSchema),
  })
  .meta({ id: 'Course' })

/** A course in a list: with its size instead of its chapters. */
export const courseSummarySchema = z
  .object({
    id: idSchema,
    title: titleSchema,
    createdAt: z.iso.datetime(),
    chapterCount: z.int().nonnegative(),
    videoCount: z.int().nonnegative(),
  })
  .meta({ id: 'CourseSummary' })

export const courseListSchema = z.object({ courses: z.array(courseSummarySchema) })

export const newCourseSchema = z.strictObject({ title: titleSchema }).meta({ id: 'NewCourse' })

export const coursePatchSchema = newCourseSchema.meta({ id: 'CoursePatch' })

export type Course = z.infer<typeof courseSchema>
export type CourseSummary = z.infer<typeof courseSummarySchema>
