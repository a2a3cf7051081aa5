import { useEffect, useState } from 'react'
import type { LiveSource } from './live.ts'
import { type LiveHistory, noHistory, withNews } from './live-history.ts'

/** The history of a source's actors, for as long as it is watched; a new source begins anew. */
export function useLive(source: LiveSource | null): LiveHistory {
  const [kept, setKept] = useState<{ of: LiveSource | null; history: LiveHistory }>(nothing)
  useEffect(
    () =>
      source?.watch((news) =>
        setKept((now) => ({
          of: source,
          history: withNews(now.of === source ? now.history : noHistory, news),
        })),
      ),
    [source],
  )
  return kept.of === source ? kept.history : noHistory
}

const nothing = { of: null, history: noHistory }
