import { maxEditedIds, presenceInterval } from '#contract/presence.ts'
import { throttle } from '#shared/throttle.ts'
import { request } from '../../lib/http.ts'
import { usePresence } from '../../lib/live/presence.store.ts'
import { tabId } from '../../lib/tab-lock.ts'

/** How long an editor is open before others are told of it, in ms: most are closed sooner. */
const settlingTime = 1_000

/**
 * Tells other pages what is being renamed on this one, as long as it is seen.
 * @returns a function that stops it
 */
export function tellRenaming(): () => void {
  let wasTold = false
  let repeat: ReturnType<typeof setTimeout> | undefined

  function tell() {
    clearTimeout(repeat)
    const ids = document.hidden ? [] : [...usePresence.getState().here].slice(0, maxEditedIds)
    if (ids.length === 0 && !wasTold) return
    wasTold = ids.length > 0
    if (wasTold) repeat = setTimeout(tell, presenceInterval)
    // Who can't be told now is told the next time, or forgets it.
    request('PUT /api/pages/{pageId}/editing', {
      params: { pageId: tabId },
      body: { ids },
    }).catch(() => {})
  }

  const tellSoon = throttle(tell, settlingTime)
  const unsubscribe = usePresence.subscribe(({ here }, before) => {
    if (here !== before.here) tellSoon()
  })
  document.addEventListener('visibilitychange', tell)
  return () => {
    unsubscribe()
    tellSoon.cancel()
    clearTimeout(repeat)
    document.removeEventListener('visibilitychange', tell)
  }
}
