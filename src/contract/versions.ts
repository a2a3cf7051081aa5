import { pageHeaderSchema } from './page-header.ts'
import { z } from './zod.ts'

/** Counts the changes of a row, from 1. A change names the version that it is based on. */
export const versionSchema = z
  .int()
  .positive()
  .meta({ description: 'Counts the changes, from 1; `If-Match` takes it' })

/** The header of a change; without it the change is answered 428. */
export const ifMatchSchema = z
  .string()
  .optional()
  .meta({ description: 'The version to change, quoted: `"3"`', example: '"3"' })

export const ifMatchHeadersSchema = pageHeaderSchema.extend({ 'if-match': ifMatchSchema })

/**
 * The header of a removal or a restoration, which count as changes. One that names a version
 * changes nothing if it comes once more, late; one that names none is applied as it comes.
 */
export const optionalIfMatchHeadersSchema = pageHeaderSchema.extend({
  'if-match': z.string().optional().meta({
    description: 'The version to remove or restore, quoted; without it, whichever there is',
    example: '"3"',
  }),
})
