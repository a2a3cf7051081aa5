import { idSchema } from './ids.ts'
import { z } from './zod.ts'

/** The header that lets a page tell its own changes from those of others. */
export const pageHeaderSchema = z.object({
  'lectern-page': idSchema
    .optional()
    .meta({ description: 'Identifies the page; its changes are streamed with it' }),
})
