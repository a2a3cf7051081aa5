import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { Charts } from '#charts/charts.tsx'
import { createLayoutService } from '#charts/layout/layout-service.ts'
import { createActorSource } from '#charts/live/actor-source.ts'
import { useLiveTabs } from '#charts/live/use-live-tabs.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { type Channel, openChannel } from '../../lib/open-channel.ts'
import { createActorNames } from '../charts/actor-names.ts'
import { chartEntries } from '../charts/chart-entries.ts'
import { toChartView, updateChartSearch } from '../charts/chart-search.ts'
import { liveChannelName, thisTabId } from '../charts/share-actors.ts'

const route = getRouteApi('/charts')

export function ChartsPage() {
  const view = toChartView(route.useSearch())
  const navigate = route.useNavigate()
  const authoring = useAuthoring()
  const [service] = useState(() => createLayoutService())
  const queryClient = useQueryClient()
  const source = useMemo(
    () => createActorSource({ root: authoring, getName: createActorNames(queryClient) }),
    [authoring, queryClient],
  )
  const tabs = useLiveTabs(source, useChannel(), thisTabId)
  return (
    <>
      <title>Statecharts · Lectern</title>
      <Charts
        entries={chartEntries}
        service={service}
        tabs={tabs}
        view={view}
        onView={(change) =>
          navigate({
            search: (current) => updateChartSearch(current, change),
            hash: true,
            replace: !('machine' in change || 'mode' in change),
            resetScroll: false,
          })
        }
      />
    </>
  )
}

function useChannel(): Channel | null {
  const [channel, setChannel] = useState<Channel | null>(null)
  useEffect(() => {
    const opened = openChannel(liveChannelName)
    setChannel(opened)
    return () => opened.close()
  }, [])
  return channel
}
