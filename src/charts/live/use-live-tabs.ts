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

type OtherTab = { title: string; isClosed: boolean }

/** This tab, and every other one that answers. One that is closed stays for as long as it is looked at. */
export function useLiveTabs(own: LiveSource, channel: Channel | null, ownTab: string): LiveTabs {
  const [others, setOthers] = useState<ReadonlyMap<string, OtherTab>>(new Map())
  const [chosen, choose] = useState(here)

  useEffect(() => {
    if (!channel) return
    return findTabs(channel, {
      onTab: (tab, title) => {
        if (tab !== ownTab) setOthers((now) => new Map(now).set(tab, { title, isClosed: false }))
      },
      onClosed: (tab) =>
        setOthers((now) => {
          const other = now.get(tab)
          return other ? new Map(now).set(tab, { ...other, isClosed: true }) : now
        }),
    })
  }, [channel, ownTab])

  const source = useMemo(
    () => (chosen === here || !channel ? own : createTabSource(channel, chosen, ownTab)),
    [own, channel, chosen, ownTab],
  )
  const listed = [...others].filter(([tab, { isClosed }]) => !isClosed || tab === chosen)
  const names = listed.map(([tab, { title, isClosed }]) => [
    tab,
    isClosed ? `${title} (closed)` : title,
  ])
  return { names: { [here]: 'This tab', ...Object.fromEntries(names) }, chosen, choose, source }
}
