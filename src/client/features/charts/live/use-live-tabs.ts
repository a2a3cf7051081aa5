import { useEffect, useMemo, useState } from 'react'
import type { LiveSource } from './live.ts'
import { type Channel, createTabSource, findTabs } from './live-channel.ts'

/** The tabs whose actors can be watched, and the one that is. */
export interface LiveTabs {
  names: Record<string, string>
  chosen: string
  choose: (tab: string) => void
  source: LiveSource
}

const here = 'here'

/** This tab, and every other one that answers. */
export function useLiveTabs(own: LiveSource, channel: Channel | null, ownTab: string): LiveTabs {
  const [others, setOthers] = useState<Record<string, string>>({})
  const [chosen, choose] = useState(here)
  const watcher = useMemo(() => Math.random().toString(36).slice(2), [])

  useEffect(
    () =>
      channel
        ? findTabs(channel, ({ tab, title }) => {
            if (tab !== ownTab) setOthers((now) => ({ ...now, [tab]: title }))
          })
        : undefined,
    [channel, ownTab],
  )

  const source = useMemo(
    () => (chosen === here || !channel ? own : createTabSource(channel, chosen, watcher)),
    [own, channel, chosen, watcher],
  )
  return { names: { [here]: 'This tab', ...others }, chosen, choose, source }
}
