import { useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useCallback, useEffect } from 'react'
import type { Direction } from '#machines/history.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { undoOrRedo } from '../features/videos/undo-or-redo.ts'
import { findCommand, type KeyBinding } from '../lib/key-bindings.ts'
import { createOperationHandlers } from './operation-handlers.ts'

/** The history of changes that can be undone or redone. */
export const useHistory = () => useSelector(useAuthoring(), ({ context }) => context.history)

/** Undoes the last change, or redoes the next one. */
export function useUndoOrRedo() {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useCallback(
    (direction: Direction) => {
      const handlers = createOperationHandlers(queryClient, authoring)
      undoOrRedo(authoring, queryClient, direction, handlers)
    },
    [authoring, queryClient],
  )
}

/** The shortcuts for undo and redo. */
export const historyKeys: readonly KeyBinding<Direction>[] = [
  { command: 'undo', key: 'z', modifier: 'Mod', label: 'Undo' },
  { command: 'redo', key: 'z', modifier: 'Mod+Shift', label: 'Redo' },
  { command: 'redo', key: 'y', modifier: 'Mod', label: 'Redo' },
]

/** Handles the undo and redo shortcuts, except in text fields and dialogs. */
export function useUndoKeys() {
  const undoOrRedo = useUndoOrRedo()
  useEffect(() => {
    const controller = new AbortController()
    const handleKeyDown = (event: KeyboardEvent) => {
      const direction = findCommand(historyKeys, event)
      if (!direction || event.defaultPrevented || isElsewhere(event.target)) return
      event.preventDefault()
      undoOrRedo(direction)
    }
    document.addEventListener('keydown', handleKeyDown, { signal: controller.signal })
    return () => controller.abort()
  }, [undoOrRedo])
}

const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]') !==
    null
