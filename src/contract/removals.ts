import { isolate } from '#shared/isolate.ts'
import { idSchema } from './ids.ts'
import { titleSchema } from './names.ts'
import { createProblem, problemSchema } from './problem.ts'
import { z } from './zod.ts'

const removedSchema = z
  .object({ id: idSchema, title: titleSchema })
  .meta({ description: 'What was removed, and can be restored' })

/** The problem for a request to a removed course or one of its chapters. */
export const courseRemovedSchema = problemSchema
  .extend({ course: removedSchema })
  .meta({ id: 'CourseRemovedProblem' })

/** The problem for a request to a removed chapter or one of its videos. */
const chapterRemovedSchema = problemSchema
  .extend({ chapter: removedSchema })
  .meta({ id: 'ChapterRemovedProblem' })

/** The problem for a request to a chapter that was removed, alone or with its course. */
export const placeRemovedSchema = z.union([chapterRemovedSchema, courseRemovedSchema])

/** Creates the problem for a request to a chapter that the server does not know. */
export const createMissingChapterProblem = () =>
  createProblem('not-found', 'This chapter no longer exists.')

/** A course or chapter that was removed, and can be restored. */
export type RemovedParent = { kind: 'course' | 'chapter'; id: string; title: string }

/** Creates the problem for a request to a removed course or chapter, which names it. */
export const createRemovedProblem = ({ kind, id, title }: RemovedParent) =>
  createProblem(
    `${kind}-removed`,
    `The ${kind} “${isolate(title)}” was removed. Restore it first.`,
    { [kind]: { id, title } },
  )
