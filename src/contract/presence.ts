import { idSchema } from './ids.ts'
import { z } from './zod.ts'

/** More than anybody renames at once. */
export const maxEditedIds = 100

/** The courses, chapters and videos whose names are being edited on a page. */
export const editedIdsSchema = z
  .array(idSchema)
  .max(maxEditedIds, { error: `Give at most ${maxEditedIds} ids` })

/** What is being edited on a page: the data of an `editing` event. */
export const presenceSchema = z
  .object({ page: idSchema, ids: editedIdsSchema })
  .meta({ id: 'Presence' })

export type Presence = z.infer<typeof presenceSchema>

/** How often a page says again what is being edited on it, in ms. */
export const presenceInterval = 10_000

/** How long that holds, in ms: a page that is gone does not take it back. */
export const presenceLifetime = 2.5 * presenceInterval
