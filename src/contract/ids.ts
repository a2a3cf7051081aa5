import { generateKeyBetween } from 'fractional-indexing'
import { z } from './zod.ts'

/** Any RFC 9562 UUID, in lower case once it is read. Ids of linked videos are made by the page (UUIDv7); all others by the server. */
export const idSchema = z.uuid({ error: 'Give a UUID' }).toLowerCase()

// The server gives a chapter new keys before one gets so long that the next might not fit.
const maxPositionLength = 256

/**
 * A place in an order: a base-62 key of the `fractional-indexing` package, compared byte by byte. One
 * that the package can't read would leave no place behind it, so it is refused.
 */
export const positionSchema = z
  .string()
  .max(maxPositionLength, { error: `Use a position of at most ${maxPositionLength} characters` })
  .refine(isOrderKey, { error: 'Give a position as fractional-indexing makes them, such as a0' })

function isOrderKey(text: string): boolean {
  // The package takes any other character for the smallest digit.
  if (!/^[0-9A-Za-z]+$/.test(text)) return false
  try {
    return generateKeyBetween(text, null) > text
  } catch {
    return false
  }
}
