import { pageHeaderSchema } from './page-header.ts'
import { z } from './zod.ts'

/** A row's version: rises from 1 with every change. A change names the version it is based on. */
export const versionSchema = z
  .int()
  .positive()
  .meta({ description: 'Counts the changes, from 1; use it in `If-Match`' })

/** The header of a change; without it, the response is 428. */
export const ifMatchSchema = z
  .string()
  .optional()
  .meta({ description: 'The version to change, quoted: `"3"`', example: '"3"' })

export const ifMatchHeadersSchema = pageHeaderSchema.extend({ 'if-match': ifMatchSchema })

/**
 * The header of a removal or a restore, which count as changes. If it names a version, a late
 * duplicate of the request changes nothing; if it doesn't, every request is applied on arrival.
 */
export const optionalIfMatchHeadersSchema = pageHeaderSchema.extend({
  'if-match': z.string().optional().meta({
    description: 'The version to remove or restore, quoted; if omitted, any version',
    example: '"3"',
  }),
})
