import { isolate } from '#shared/isolate.ts'
import { idSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { createProblem, problemSchema } from './problem.ts'
import { z } from './zod.ts'

const removedSchema = z
  .object({ id: idSchema, title: titleSchema })
  .meta({ description: 'What was removed, and can be restored' })

/** The problem of using a removed course, or one of its chapters. */
export const courseRemovedSchema = problemSchema
  .extend({ course: removedSchema })
  .meta({ id: 'CourseRemovedProblem' })

/** The problem of using a removed chapter, or one of its videos. */
const chapterRemovedSchema = problemSchema
  .extend({ chapter: removedSchema })
  .meta({ id: 'ChapterRemovedProblem' })

/** The problem of using a chapter that was removed, by itself or with its course. */
export const placeRemovedSchema = z.union([chapterRemovedSchema, courseRemovedSchema])

/** A course or chapter that was removed, and can be restored. */
export type RemovedPlace = { kind: 'course' | 'chapter'; id: string; title: string }

/** Makes the problem of using a removed course or chapter, which names it. */
export const createRemovedProblem = ({ kind, id, title }: RemovedPlace) =>
  createProblem(
    `${kind}-removed`,
    `The ${kind} “${isolate(title)}” was removed. Restore it first.`,
    { [kind]: { id, title } },
  )
