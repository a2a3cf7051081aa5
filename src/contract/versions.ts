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

export const ifMatchHeadersSchema = z.object({ 'if-match': ifMatchSchema })
