import { useState } from 'react'
import type { LiveActor } from './live/live.ts'
import { viewOf } from './live/live-history.ts'
import { useLive } from './live/use-live.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'

/** The actors of a tab, and the one of them that is looked at. */
export function useLiveMode(tabs: LiveTabs, isOn: boolean) {
  const history = useLive(isOn ? tabs.source : null)
  const [actorId, setActorId] = useState<string | null>(null)
  const [position, setPosition] = useState<number | null>(null)
  const look = (id: string | null) => {
    setActorId(id)
    setPosition(null)
  }
  return {
    ...{ history, actorId, position, setPosition },
    tabs: tabs.names,
    tab: tabs.chosen,
    chooseTab: (tab: string) => {
      tabs.choose(tab)
      look(null)
    },
    chooseActor: ({ id }: LiveActor) => look(id),
    /** Where the actor stands, if it runs this machine. */
    standingOn: (machineId: string) =>
      actorId !== null && history.actors.get(actorId)?.machineId === machineId
        ? viewOf(history, actorId, position)
        : null,
  }
}
