import { z } from './zod.ts'

/** A caption language as a BCP 47 tag, such as `en` or `pt-BR`. */
export const captionsLanguageSchema = z
  .string()
  .max(35)
  .refine((tag) => canonicalize(tag) !== undefined, {
    error: 'Use a language tag, such as en or pt-BR',
    abort: true,
  })
  .overwrite((tag) => canonicalize(tag) ?? tag)
  .meta({ example: 'en' })

/** Returns a tag's canonical form, such as `pt-BR` for `PT-br`; `undefined` if it is invalid. */
function canonicalize(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

/** The media types of caption files, by file extension. */
export const captionsTypes = { '.vtt': 'text/vtt', '.srt': 'application/x-subrip' } as const

export type CaptionsType = (typeof captionsTypes)[keyof typeof captionsTypes]

/** An asset's captions in one language. */
export const captionsSchema = z
  .object({
    language: captionsLanguageSchema,
    cueCount: z.int().positive().meta({ description: 'How many captions there are' }),
  })
  .meta({ id: 'Captions' })

export type Captions = z.infer<typeof captionsSchema>

/** The path of an asset's captions, as WebVTT. */
export const captionsUrl = (mediaId: string, language: string) =>
  `/media/${mediaId}/captions/${language}`
