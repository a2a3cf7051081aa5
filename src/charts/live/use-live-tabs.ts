import { useEffect, useMemo, useState } from 'react'
import type { LiveSource } from './live.ts'
import { type Channel, createTabSource, discoverTabs } from './live-channel.ts'

/** The tabs whose actors can be watched, and the chosen one. */
export interface LiveTabs {
  names: Record<string, string>
  chosen: string
  choose: (tabId: string) => void
  source: LiveSource
}

const here = 'here'

type OtherTab = { title: string; isClosed: boolean }

/** Lists this tab and every other one. A closed tab stays listed while it is the chosen one. */
export function useLiveTabs(own: LiveSource, channel: Channel | null, ownTabId: string): LiveTabs {
  const [others, setOthers] = useState<ReadonlyMap<string, OtherTab>>(new Map())
  const [chosen, choose] = useState(here)

  useEffect(() => {
    if (!channel) return
    return discoverTabs(channel, {
      onTab: (tabId, title) => {
        if (tabId === ownTabId) return
        setOthers((now) => new Map(now).set(tabId, { title, isClosed: false }))
      },
      onClosed: (tabId) =>
        setOthers((now) => {
          const other = now.get(tabId)
          return other ? new Map(now).set(tabId, { ...other, isClosed: true }) : now
        }),
    })
  }, [channel, ownTabId])

  const source = useMemo(
    () => (chosen === here || !channel ? own : createTabSource(channel, chosen, ownTabId)),
    [own, channel, chosen, ownTabId],
  )
  const names = [...others]
    .filter(([tabId, { isClosed }]) => !isClosed || tabId === chosen)
    .map(([tabId, { title, isClosed }]) => [tabId, isClosed ? `${title} (closed)` : title])
  return { names: { [here]: 'This tab', ...Object.fromEntries(names) }, chosen, choose, source }
}
