import { idSchema } from './ids.ts'
import { mediaUsageSchema } from './media-details.ts'
import { z } from './zod.ts'

export const mediaMergeSchema = z
  .strictObject({
    into: idSchema.meta({ description: 'The asset with the same content to use instead' }),
  })
  .meta({ id: 'MediaMerge' })

/** The result of merging an asset into another one. */
export const mediaMergeResultSchema = z
  .object({
    relinkedCount: z
      .int()
      .nonnegative()
      .meta({ description: 'The number of videos now linked to the other asset' }),
    keptIn: z.array(mediaUsageSchema).meta({
      description: 'The chapters that already had the other asset; their videos are unchanged',
    }),
  })
  .meta({ id: 'MediaMergeResult' })

export type MediaMergeResult = z.infer<typeof mediaMergeResultSchema>
