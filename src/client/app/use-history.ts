import { useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useCallback, useEffect } from 'react'
import type { Direction } from '#machines/history.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { travelHistory } from '../features/videos/travel-history.ts'

/** All that was changed since the page was loaded. */
export const useHistory = () => useSelector(useAuthoring(), ({ context }) => context.history)

/** Undoes the last change, or does the next one again. */
export function useTravelHistory() {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useCallback(
    (direction: Direction) => travelHistory(authoring, queryClient, direction),
    [authoring, queryClient],
  )
}

/**
 * Ctrl-Z undoes, Ctrl-Shift-Z and Ctrl-Y do again; ⌘ on a Mac. A field for text keeps them, and so
 * does a dialog.
 */
export function useUndoKeys() {
  const travel = useTravelHistory()
  useEffect(() => {
    const listening = new AbortController()
    const hearKey = (event: KeyboardEvent) => {
      const direction = readDirection(event)
      if (!direction || event.defaultPrevented || isElsewhere(event.target)) return
      event.preventDefault()
      travel(direction)
    }
    document.addEventListener('keydown', hearKey, { signal: listening.signal })
    return () => listening.abort()
  }, [travel])
}

function readDirection(event: KeyboardEvent): Direction | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  if (altKey || ctrlKey === metaKey) return null
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : null
}

const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]') !==
    null
