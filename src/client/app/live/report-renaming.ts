import { maxEditedIds, presenceInterval } from '#contract/presence.ts'
import { throttle } from '#shared/throttle.ts'
import { request } from '../../lib/http.ts'
import { usePresence } from '../../lib/live/presence.store.ts'
import { tabId } from '../../lib/tab-lock.ts'

/** How long an editor is open before it is reported to others, in ms: most are closed sooner. */
const settlingTime = 1_000

/**
 * Tells other pages what is being renamed on this one, while this one is visible.
 * @returns a function that stops it
 */
export function reportRenaming(): () => void {
  let hasReported = false
  let repeat: ReturnType<typeof setTimeout> | undefined

  function report() {
    clearTimeout(repeat)
    const ids = document.hidden ? [] : [...usePresence.getState().here].slice(0, maxEditedIds)
    if (ids.length === 0 && !hasReported) return
    hasReported = ids.length > 0
    if (hasReported) repeat = setTimeout(report, presenceInterval)
    // A report that fails is repeated soon, and an outdated one expires.
    request('PUT /api/pages/{pageId}/editing', {
      params: { pageId: tabId },
      body: { ids },
    }).catch(() => {})
  }

  const reportSoon = throttle(report, settlingTime)
  const unsubscribe = usePresence.subscribe(({ here }, before) => {
    if (here !== before.here) reportSoon()
  })
  document.addEventListener('visibilitychange', report)
  return () => {
    unsubscribe()
    reportSoon.cancel()
    clearTimeout(repeat)
    document.removeEventListener('visibilitychange', report)
  }
}
