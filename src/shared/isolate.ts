const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Isolates a right-to-left name in plain text, where no element can do it: FSI and PDI keep it from
 * reordering the text around it. Other names stay as they are.
 */
export const isolate = (name: string): string =>
  rightToLeft.test(name) ? `\u2068${name}\u2069` : name

/** Removes the characters that `isolate` adds, for accessible names, which nobody sees. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, '')
