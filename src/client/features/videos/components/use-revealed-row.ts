import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import type { Video } from '#contract/videos.ts'
import { useReveal } from '../reveal.store.ts'
import { markFound } from './mark-found.ts'

/** Scrolls to the row to reveal and focuses it, if it is in this list. */
export function useRevealedRow(
  list: RefObject<HTMLElement | null>,
  videos: readonly Video[],
  virtualizer: Virtualizer<Window, HTMLLIElement>,
) {
  const videoId = useReveal((state) => state.videoId)
  const index = videoId === null ? -1 : videos.findIndex(({ id }) => id === videoId)

  useEffect(() => {
    if (index < 0) return
    virtualizer.scrollToIndex(index, { align: 'center' })
    // Scrolling mounts the row, but its event comes only in the next frame or the one after.
    const findRow = () => list.current?.querySelector<HTMLElement>(`[data-video-id="${videoId}"]`)
    let frame = requestAnimationFrame(function focusRow() {
      const row = findRow()
      if (!row) {
        frame = requestAnimationFrame(focusRow)
        return
      }
      row.focus({ preventScroll: true })
      const { search, done } = useReveal.getState()
      if (search !== '') markFound(row, search)
      done()
    })
    return () => cancelAnimationFrame(frame)
  }, [index, videoId, virtualizer, list])
}
