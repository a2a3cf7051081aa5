/** How long a busy page may put the work off, in milliseconds. */
const longestDelay = 10_000

/** Runs `work` in a moment in which the page has nothing else to do. */
export function whenIdle(work: () => void): void {
  // Safari lacks requestIdleCallback.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: longestDelay })
  else setTimeout(work, 200)
}
