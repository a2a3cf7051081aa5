/**
 * Compares two places by position, then by id, both by code units. The keys are ASCII, so this is
 * how the database orders them, byte by byte; a locale's rules would order letters differently. The
 * page and the server must agree, since each computes new positions from the order it sees.
 */
export const comparePlaces = (
  a: { position: string; id: string },
  b: { position: string; id: string },
): number => compareCodeUnits(a.position, b.position) || compareCodeUnits(a.id, b.id)

/** Compares two strings by their UTF-16 code units; returns -1, 0 or 1. */
export const compareCodeUnits = (a: string, b: string): number => Number(a > b) - Number(a < b)
