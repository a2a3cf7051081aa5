import { idSchema } from './ids.ts'
import { z } from './zod.ts'

/**
 * Headers that keep a change from being applied twice, or after a later one. A request has both or
 * neither; a change without them is applied on arrival.
 */
export const revisionHeadersSchema = z
  .object({
    'lectern-revision': z
      .string()
      .regex(/^[1-9]\d{0,8}$/, { error: 'Use a positive whole number of at most nine digits' })
      .optional()
      .meta({
        description:
          'Orders the changes of a video: higher than any sent or seen before. Requires `lectern-page`.',
        example: '3',
      }),
    'lectern-page': idSchema.optional().meta({
      description:
        'Identifies the page, to distinguish its repeated request from another page’s change',
    }),
  })
  .refine(
    (headers) =>
      (headers['lectern-revision'] === undefined) === (headers['lectern-page'] === undefined),
    { error: 'Send lectern-revision and lectern-page together' },
  )

export type RevisionHeaders = z.infer<typeof revisionHeadersSchema>
