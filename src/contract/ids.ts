import { generateKeyBetween } from 'fractional-indexing'
import { z } from './zod.ts'

/**
 * Any RFC 9562 UUID; parsed to lower case. The page makes the ids of what it creates (UUIDv7), so
 * that a retry is the same creation.
 */
export const idSchema = z.uuid({ error: 'Give a UUID' }).toLowerCase()

// The server shortens a chapter's keys long before this, so that the next one always fits.
const maxPositionLength = 256

/**
 * A place in an order: a base-62 key of `fractional-indexing`, compared byte by byte. Nothing could
 * be placed after a key that the package can't parse, so it is rejected.
 */
export const positionSchema = z
  .string()
  .max(maxPositionLength, { error: `Use a position of at most ${maxPositionLength} characters` })
  .refine(isOrderKey, { error: 'Give a position as fractional-indexing makes them, such as a0' })

function isOrderKey(text: string): boolean {
  // The package reads any other character as the smallest digit.
  if (!/^[0-9A-Za-z]+$/.test(text)) return false
  try {
    return generateKeyBetween(text, null) > text
  } catch {
    return false
  }
}
