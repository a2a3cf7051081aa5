import {
  Fragment,
  startTransition,
  useCallback,
  useEffect,
  useOptimistic,
  useRef,
  useState,
} from 'react'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, toLink, toRow, withFilename, withVideo } from '../rows.ts'

type Change = { kind: 'add'; video: Video } | { kind: 'rename'; id: string; filename: string }

/** Applies a change that is in flight to the list, which may already contain it. */
function applyChange(videos: readonly Video[], change: Change): readonly Video[] {
  if (change.kind === 'rename') return withFilename(videos, change.id, change.filename)
  const isListed = videos.some(({ id }) => id === change.video.id)
  return isListed ? videos : withVideo(videos, change.video)
}

/**
 * An action for each link, over state that holds the server's responses
 * (https://react.dev/reference/react/useOptimistic, “Optimistically adding to a list”; updates
 * after an `await` are transitions again: https://react.dev/reference/react/useTransition).
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  function useLayer() {
    const [saved, setSaved] = useState<readonly Video[]>()
    const [shown, applyOptimistically] = useOptimistic(saved ?? [], applyChange)

    const inFlight = useRef(0)

    const refetch = useCallback(async () => setSaved(await server.list()), [])
    useEffect(() => void refetch(), [refetch])

    function save(change: Change, send: () => Promise<Video>) {
      startTransition(async () => {
        applyOptimistically(change)
        // A refusal ends the action, and reverts what it showed.
        inFlight.current += 1
        const video = await send().catch(() => undefined)
        inFlight.current -= 1
        if (video) startTransition(() => setSaved((videos) => withVideo(videos ?? [], video)))
        // A list that was fetched meanwhile may lack what was saved since.
        if (inFlight.current === 0) await refetch()
      })
    }

    return {
      rows: saved && shown.map(toRow),
      add: (picks: readonly MediaPick[]) => {
        for (const video of createVideos(chapterId, shown, picks)) {
          save({ kind: 'add', video }, () => server.link(toLink(video)))
        }
      },
      rename: (id: string, filename: string) => {
        const video = shown.find((listed) => listed.id === id)
        if (video) save({ kind: 'rename', id, filename }, () => server.rename(video, filename))
      },
      refetch: () => void refetch(),
    }
  }

  return { Provider: Fragment, useLayer }
}
