import { useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useCallback, useEffect } from 'react'
import type { Direction } from '#machines/history.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { travelHistory } from '../features/videos/travel-history.ts'
import { findCommand, type KeyBinding } from '../lib/key-bindings.ts'
import { createOperationHandlers } from './operation-handlers.ts'

/** All that was changed since the page was loaded. */
export const useHistory = () => useSelector(useAuthoring(), ({ context }) => context.history)

/** Undoes the last change, or does the next one again. */
export function useTravelHistory() {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useCallback(
    (direction: Direction) => {
      const others = createOperationHandlers(queryClient, authoring)
      travelHistory(authoring, queryClient, direction, others)
    },
    [authoring, queryClient],
  )
}

/** The keys of the history. */
export const historyKeys: readonly KeyBinding<Direction>[] = [
  { command: 'undo', key: 'z', modifier: 'Mod', label: 'Undo the last change' },
  { command: 'redo', key: 'z', modifier: 'Mod+Shift', label: 'Do it again' },
  { command: 'redo', key: 'y', modifier: 'Mod', label: 'Do it again' },
]

/** Hears the keys of the history. A field for text keeps them for itself, and so does a dialog. */
export function useUndoKeys() {
  const travel = useTravelHistory()
  useEffect(() => {
    const listening = new AbortController()
    const hearKey = (event: KeyboardEvent) => {
      const direction = findCommand(historyKeys, event)
      if (!direction || event.defaultPrevented || isElsewhere(event.target)) return
      event.preventDefault()
      travel(direction)
    }
    document.addEventListener('keydown', hearKey, { signal: listening.signal })
    return () => listening.abort()
  }, [travel])
}

const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]') !==
    null
