import { generateKeyBetween } from 'fractional-indexing'
import { z } from './zod.ts'

/**
 * Any RFC 9562 UUID; parsed to lower case. The page generates the ids of what it creates (UUIDv7),
 * so that a retry is recognized as the same creation.
 */
export const idSchema = z.uuid({ error: 'Give a UUID' }).toLowerCase()

// The server rekeys a chapter long before this, so the next key always fits.
const maxPositionLength = 256

/**
 * An order key: a base-62 key of the package `fractional-indexing`, compared byte by byte. A key
 * that the package can't parse is rejected, because nothing could be placed after it.
 */
export const positionSchema = z
  .string()
  .max(maxPositionLength, { error: `Use a position of at most ${maxPositionLength} characters` })
  .refine(isOrderKey, { error: 'Give a position as fractional-indexing makes them, such as a0' })

function isOrderKey(text: string): boolean {
  // The package treats any other character as the smallest digit.
  if (!/^[0-9A-Za-z]+$/.test(text)) return false
  try {
    return generateKeyBetween(text, null) > text
  } catch {
    return false
  }
}
