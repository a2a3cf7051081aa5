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
  })
  .meta({ id: 'Chapter' })

export const newChapterSchema = z
  .strictObject({
    id: idSchema.optional().meta({
      description:
        'Made by the caller: the same title again under the same id adds no other chapter',
    }),
    title: titleSchema,
  })
  .meta({ id: 'NewChapter' })

export const chapterPatchSchema = z
  .strictObject({ title: titleSchema.optional(), position: positionSchema.optional() })
  .refine((patch) => patch.title !== undefined || patch.position !== undefined, {
    error: 'Give a title, a position or both',
  })
  .meta({ id: 'ChapterPatch' })

/** The problem of changing an older version, with the current chapter. */
export const chapterMismatchSchema = problemSchema
  .extend({ chapter: chapterSchema })
  .meta({ id: 'ChapterMismatch' })

export type Chapter = z.infer<typeof chapterSchema>
export type ChapterPatch = z.infer<typeof chapterPatchSchema>
