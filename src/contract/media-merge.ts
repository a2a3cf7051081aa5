import { idSchema } from './ids.ts'
import { mediaUsageSchema } from './media-details.ts'
import { z } from './zod.ts'

export const mediaMergeSchema = z
  .strictObject({
    into: idSchema.meta({ description: 'The asset of the same content that is used instead' }),
  })
  .meta({ id: 'MediaMerge' })

/** The result of merging an asset into another one. */
export const mediaMergeResultSchema = z
  .object({
    relinkedCount: z
      .int()
      .nonnegative()
      .meta({ description: 'The number of videos that are linked to the other asset now' }),
    keptIn: z.array(mediaUsageSchema).meta({
      description: 'The chapters that had the other asset already, whose videos stay as they were',
    }),
  })
  .meta({ id: 'MediaMergeResult' })

export type MediaMergeResult = z.infer<typeof mediaMergeResultSchema>
