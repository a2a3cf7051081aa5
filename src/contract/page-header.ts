import { idSchema } from './ids.ts'
import { z } from './zod.ts'

/** The header by which a page finds its own changes among those of others. */
export const pageHeaderSchema = z.object({
  'lectern-page': idSchema
    .optional()
    .meta({ description: 'Identifies the page; its changes are streamed with it' }),
})
