const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/**
 * Formats a file's size in a suitable decimal unit (steps of 1,000): `512 B`, `4.2 MB`.
 * @param bytes at least 0
 */
export function formatFileSize(bytes: number): string {
  // From 999.5 on, a number would round to 1,000, which is 1 of the next unit.
  const step = bytes < 999.5 ? 0 : Math.floor(Math.log10(bytes / 0.9995) / 3)
  const exponent = Math.min(step, units.length - 1)
  const amount = bytes / 1000 ** exponent
  return `${amount < 10 && exponent > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[exponent]}`
}

const size = /^(\d{1,15}(?:\.\d{1,9})?)\s*(?:([kmgt])(i?)b|b)?$/i

/**
 * Parses a file's size with or without a unit: `1048576`, `500 MB` (steps of 1,000), `10 GiB`
 * (steps of 1,024).
 * @returns whole bytes, or `undefined` for other texts and for sizes beyond safe integers
 */
export function parseFileSize(text: string): number | undefined {
  const [, amount, prefix = '', binary] = size.exec(text.trim()) ?? []
  if (amount === undefined) return undefined
  const exponent = prefix === '' ? 0 : 'kmgt'.indexOf(prefix.toLowerCase()) + 1
  const bytes = Math.round(Number(amount) * (binary ? 1024 : 1000) ** exponent)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
