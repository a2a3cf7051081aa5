const digits = new Intl.NumberFormat('en')

/** Formats a count with its noun: `1 video`, `2 videos`, `1,024 videos`. */
export const formatCount = (count: number, thing: string): string =>
  `${digits.format(count)} ${count === 1 ? thing : `${thing}s`}`
