import { z } from 'zod'

/** Any RFC 9562 UUID, in lower case once it is read. Ids of linked videos are made by the page (UUIDv7); all others by the server. */
export const idSchema = z.uuid({ error: 'Give a UUID' }).toLowerCase()

/** A place in an order: a base-62 key of the `fractional-indexing` package, compared byte by byte. */
export const positionSchema = z
  .string()
  .min(1, { error: 'Give a position' })
  .max(512, { error: 'Use a position of at most 512 characters' })
  .regex(/^[0-9A-Za-z]+$/, {
    error: 'Use letters and digits only, as fractional-indexing makes them',
  })
