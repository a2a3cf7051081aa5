import { idSchema } from './ids.ts'
import { filenameSchema } from './names.ts'
import { z } from './zod.ts'

/** The supported version of tus, and the only value of `Tus-Resumable`. */
export const tusVersion = '1.0.0'

/** The media type that tus 1.0 defines for a part of a file. */
export const uploadPartType = 'application/offset+octet-stream'

const createIntegerSchema = (subject: string) =>
  z
    .string({ error: `Use a whole number as the ${subject}` })
    .regex(/^(0|[1-9]\d{0,14})$/, { error: `Use a whole number as the ${subject}` })

/**
 * The id and name of the media asset that the file becomes. The same id with the same name and size
 * is the same upload.
 */
const uploadMetadataSchema = z.object({ id: idSchema, filename: filenameSchema })

/** The header that every request except OPTIONS needs; without it, the response is 412. */
export const tusHeadersSchema = z.object({
  'tus-resumable': z.string().meta({ description: 'The tus version', example: tusVersion }),
})

export const newUploadHeadersSchema = z.object({
  'upload-length': createIntegerSchema('size')
    .transform(Number)
    .meta({ description: 'The size of the file, in bytes', example: '1048576' }),
  'upload-metadata': z
    .string({ error: 'Send the id and filename in Upload-Metadata' })
    .transform(parseMetadata)
    .pipe(uploadMetadataSchema)
    .meta({
      description:
        '`id <base64>,filename <base64>`: the UUID, chosen by the client, of the media asset it becomes, and its name',
      type: 'string',
    }),
})

export const uploadPartHeadersSchema = z.object({
  'upload-offset': createIntegerSchema('offset')
    .transform(Number)
    .meta({ description: 'Where the part starts: the current offset of the upload', example: '0' }),
})

/**
 * Parses `Upload-Metadata`: comma-separated pairs of a key and a Base64-encoded text.
 */
function parseMetadata(header: string): Record<string, string> {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.map(([key = '', encoded = '']) => [key, decodeText(encoded)] as const),
  )
}

// Invalid Base64 or UTF-8 becomes a character that no id or filename may contain.
function decodeText(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return '\0'
  }
}
