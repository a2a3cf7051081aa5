import { useEffect, useState } from 'react'
import type { LiveActor, LiveSource } from './live.ts'
import { applyUpdate, emptyHistory, type LiveHistory, viewActor } from './live-history.ts'
import type { LiveTabs } from './use-live-tabs.ts'

/** Holds the actors of the watched tab, and the one that the chart shows. */
export function useLiveMode(tabs: LiveTabs, isEnabled: boolean) {
  const history = useLiveHistory(isEnabled ? tabs.source : null)
  const [actorId, setActorId] = useState<string | null>(null)
  const [position, setPosition] = useState<number | null>(null)
  const showActor = (id: string | null) => {
    setActorId(id)
    setPosition(null)
  }
  return {
    history,
    actorId,
    position,
    setPosition,
    tabs: tabs.names,
    tab: tabs.chosen,
    chooseTab: (tab: string) => {
      tabs.choose(tab)
      showActor(null)
    },
    chooseActor: ({ id }: LiveActor) => showActor(id),
    /** Views the chosen actor, if it runs this machine. */
    viewMachine: (machineId: string) =>
      actorId !== null && history.actors.get(actorId)?.machineId === machineId
        ? viewActor(history, actorId, position)
        : null,
  }
}

/** Records the history of a source's actors while it is watched; a new source starts a new one. */
function useLiveHistory(source: LiveSource | null): LiveHistory {
  const [watched, setWatched] = useState<Watched>({ source: null, history: emptyHistory })
  useEffect(
    () =>
      source?.watch((update) =>
        setWatched((now) => ({
          source,
          history: applyUpdate(now.source === source ? now.history : emptyHistory, update),
        })),
      ),
    [source],
  )
  return watched.source === source ? watched.history : emptyHistory
}

type Watched = { source: LiveSource | null; history: LiveHistory }
