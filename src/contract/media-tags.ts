import { idSchema } from './ids.ts'
import { tagSchema } from './names.ts'
import { z } from './zod.ts'

/** The most assets that one request can tag: as many as can be selected. */
const maxTagged = 2_000

export const mediaTaggingSchema = z
  .strictObject({
    mediaIds: z
      .array(idSchema)
      .min(1, { error: 'Name at least one asset' })
      .max(maxTagged, { error: `Tag at most ${maxTagged} assets at a time` }),
    tag: tagSchema,
    isTagged: z.boolean().meta({ description: '`true` adds the tag, `false` removes it' }),
  })
  .meta({ id: 'MediaTagging' })

export const mediaTaggedSchema = z
  .object({
    tag: tagSchema.meta({
      description:
        'As the library spells it: tags that differ only in case or accents are the same',
    }),
    changedIds: z
      .array(idSchema)
      .meta({ description: 'The assets that did not have, or still had, the tag' }),
  })
  .meta({ id: 'MediaTagged' })

/** A tag, and how many assets in the library have it. */
export const mediaTagSchema = z
  .object({ name: tagSchema, count: z.int().positive() })
  .meta({ id: 'MediaTag' })

export const mediaTagsSchema = z
  .object({ tags: z.array(mediaTagSchema).meta({ description: 'In natural order' }) })
  .meta({ id: 'MediaTags' })

export type MediaTag = z.infer<typeof mediaTagSchema>
export type MediaTagging = z.infer<typeof mediaTaggingSchema>
export type MediaTagged = z.infer<typeof mediaTaggedSchema>
