import { captionsSchema } from './captions.ts'
import { idSchema } from './ids.ts'
import { mediaAssetSchema } from './media.ts'
import { filenameSchema, titleSchema } from './names.ts'
import { z } from './zod.ts'

/** A chapter that an asset is linked in. */
export const mediaUsageSchema = z.object({
  courseId: idSchema,
  courseTitle: titleSchema,
  chapterId: idSchema,
  chapterTitle: titleSchema,
})

/** A media asset with the details that lists leave out. */
export const mediaDetailsSchema = mediaAssetSchema
  .extend({
    audioCodec: z.string().nullable().meta({ description: '`null` without sound, or if unknown' }),
    rotation: z.int().nonnegative().meta({
      description: 'The clockwise rotation in degrees, already applied to width and height',
    }),
    contentHash: z.string().nullable().meta({
      description: 'The SHA-256 of an uploaded file, in hexadecimal; `null` if unknown',
    }),
    hasThumbnail: z.boolean(),
    captions: z.array(captionsSchema).meta({ description: 'In alphabetical order of language' }),
    usage: z
      .array(mediaUsageSchema)
      .meta({ description: 'The chapters it is linked in, by course and position' }),
    duplicates: z
      .array(
        z.object({
          id: idSchema,
          filename: filenameSchema,
          isOlder: z
            .boolean()
            .meta({ description: 'Whether it was in the library before this one' }),
        }),
      )
      .meta({
        description: 'Other assets in the library with identical content, oldest first',
      }),
  })
  .meta({ id: 'MediaDetails' })

export type MediaDetails = z.infer<typeof mediaDetailsSchema>

/** The limits of a thumbnail: its size in bytes, and its width and height in pixels. */
export const maxThumbnail = { bytes: 1024 * 1024, side: 2048 }

/** The media types of thumbnails. */
export const thumbnailTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

export type ThumbnailType = (typeof thumbnailTypes)[number]
