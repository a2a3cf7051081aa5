import { idSchema } from './ids.ts'
import { filenameSchema, tagSchema } from './names.ts'
import { problemSchema } from './problem.ts'
import { versionSchema } from './versions.ts'
import { z } from './zod.ts'

export const mediaSorts = ['name', 'newest', 'shortest', 'longest', 'largest'] as const

/** Filters assets by whether any chapter uses them. */
export const mediaUses = ['any', 'used', 'unused'] as const

/** A video file in the library. */
export const mediaAssetSchema = z
  .object({
    id: idSchema,
    filename: filenameSchema,
    sizeBytes: z.int().nonnegative(),
    durationSeconds: z.number().nonnegative(),
    width: z.int().positive(),
    height: z.int().positive(),
    codec: z.string(),
    mimeType: z.string(),
    status: z.enum(['ready']),
    version: versionSchema,
    createdAt: z.iso.datetime(),
    usageCount: z
      .int()
      .nonnegative()
      .meta({ description: 'The number of chapters it is linked in' }),
    tags: z.array(tagSchema).meta({ description: 'In natural order' }),
  })
  .meta({ id: 'MediaAsset' })

export const mediaQuerySchema = z.object({
  search: z
    .string()
    .trim()
    .max(200, { error: 'Use at most 200 characters' })
    .refine((text) => !text.includes('\0'), { error: 'Remove the NUL character' })
    .default(''),
  sort: z.enum(mediaSorts, { error: `Sort by ${mediaSorts.join(', ')}` }).default('name'),
  use: z.enum(mediaUses, { error: `Filter by ${mediaUses.join(', ')}` }).default('any'),
  notInChapter: idSchema.optional().meta({ description: 'Omits what is linked in this chapter' }),
  notInCourse: idSchema
    .optional()
    .meta({ description: 'Omits what is linked in any chapter of this course' }),
  inCourse: idSchema
    .optional()
    .meta({ description: 'Lists only what is linked in a chapter of this course' }),
  captions: z
    .enum(['any', 'none'], { error: 'Filter by any, none' })
    .optional()
    .meta({ description: '`none` lists only what has no captions in any language' }),
  tag: tagSchema.optional().meta({ description: 'Lists only what has this tag' }),
  cursor: z
    .string()
    .max(2048)
    .optional()
    .meta({ description: 'The `nextCursor` of the previous page' }),
  limit: z.coerce
    .number({ error: 'Use a whole number from 1 to 200' })
    .int()
    .min(1)
    .max(200, { error: 'Request at most 200 at a time' })
    .default(60),
})

export const mediaPageSchema = z
  .object({
    media: z.array(mediaAssetSchema),
    nextCursor: z.string().nullable(),
    total: z.int().nonnegative().meta({ description: 'The total number of matches' }),
  })
  .meta({ id: 'MediaPage' })

export const mediaPatchSchema = z
  .strictObject({ filename: filenameSchema })
  .meta({ id: 'MediaPatch' })

export const mediaReplacementSchema = z
  .strictObject({
    mediaId: idSchema.meta({
      description: 'The asset whose file to use; it must not be used in any chapter',
    }),
  })
  .meta({ id: 'MediaReplacement' })

/** The problem for a change to an outdated version, with the current asset. */
export const mediaMismatchSchema = problemSchema
  .extend({ asset: mediaAssetSchema })
  .meta({ id: 'MediaMismatch' })

export type MediaAsset = z.infer<typeof mediaAssetSchema>
export type MediaSort = (typeof mediaSorts)[number]
export type MediaUse = (typeof mediaUses)[number]
export type MediaPage = z.infer<typeof mediaPageSchema>

/** The filter and order of a media list. */
export type MediaFilter = Pick<z.infer<typeof mediaQuerySchema>, 'search' | 'sort' | 'use'> &
  Pick<z.input<typeof mediaQuerySchema>, 'notInChapter' | 'notInCourse' | 'tag'>

/** The path of an asset's video file, served with byte ranges. */
export const fileUrl = (mediaId: string) => `/media/${mediaId}/file`

/** The path of an asset's thumbnail. */
export const thumbnailUrl = (mediaId: string) => `/media/${mediaId}/thumbnail`
