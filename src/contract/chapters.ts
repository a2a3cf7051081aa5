import { idSchema, positionSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { z } from './zod.ts'

export const chapterSchema = z
  .object({ id: idSchema, courseId: idSchema, title: titleSchema, position: positionSchema })
  .meta({ id: 'Chapter' })

export const newChapterSchema = z.strictObject({ title: titleSchema }).meta({ id: 'NewChapter' })

export const chapterPatchSchema = z
  .strictObject({ title: titleSchema.optional(), position: positionSchema.optional() })
  .refine((patch) => patch.title !== undefined || patch.position !== undefined, {
    error: 'Give a title, a position or both',
  })
  .meta({ id: 'ChapterPatch' })

export type Chapter = z.infer<typeof chapterSchema>
