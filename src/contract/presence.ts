import { idSchema } from './ids.ts'
import { z } from './zod.ts'

/** More names than anybody edits at once. */
export const maxEditedIds = 100

/** The courses, chapters and videos whose names are being edited on a page. */
export const editedIdsSchema = z
  .array(idSchema)
  .max(maxEditedIds, { error: `Send at most ${maxEditedIds} ids` })

/** The names being edited on a page: the data of an `editing` event. */
export const presenceSchema = z
  .object({ page: idSchema, ids: editedIdsSchema })
  .meta({ id: 'Presence' })

export type Presence = z.infer<typeof presenceSchema>

/** How often a page repeats which names are being edited on it, in ms. */
export const presenceInterval = 10_000

/** How long a report is valid, in ms. It has to expire, since a closed page can't withdraw it. */
export const presenceLifetime = 2.5 * presenceInterval
