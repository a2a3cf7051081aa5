import { problemSchema } from '#contract/problem.ts'
import { linkSchema } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'

const placeSchema = z.object({ chapterId: z.string(), position: z.string() })

const contextSchema = z.object({
  id: z.string(),
  mediaId: z.string(),
  durationSeconds: z.number(),
  link: linkSchema,
  blockedBy: z.string().nullable(),
  wanted: placeSchema.extend({
    isPresent: z.boolean(),
    filename: z.string(),
    after: z.string().nullable().exactOptional(),
  }),
  confirmed: placeSchema.extend({
    status: z.enum(['unlinked', 'linked', 'removed']),
    filename: z.string(),
    version: z.number(),
    revision: z.number(),
  }),
  unknown: z.array(z.enum(['link', 'change', 'remove', 'restore'])),
  attempt: z.number(),
  // Earlier versions did not keep it.
  failure: z.string().nullable().default(null),
  revision: z.number(),
  ownNames: z.array(z.string()),
  ownPlaces: z.array(placeSchema),
  problem: problemSchema.nullable(),
  filenameProblem: problemSchema.nullable(),
  placeProblem: problemSchema.nullable(),
})

/** What only this page knows about a video, in its persisted form. */
export const keptVideoSchema = z.object({
  id: z.string(),
  /** The chapter whose actor owns it. */
  chapterId: z.string(),
  context: contextSchema,
  draft: z
    .object({
      text: z.string(),
      initial: z.string(),
      selection: z.tuple([z.number(), z.number()]).nullable(),
      hasFocus: z.boolean(),
    })
    .nullable(),
  /** The id of the removed chapter or course that it was closed with. */
  closedWith: z.string().exactOptional(),
})

export type KeptVideo = z.infer<typeof keptVideoSchema>
