import { useQueryClient } from '@tanstack/react-query'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { moveAfter } from '../chapter-commands.ts'
import type { OutlineListProps } from './outline-list.tsx'

/** Returns a function that moves a dragged chapter; the chapter being read stays in the window. */
export function useMoveDragged(): NonNullable<OutlineListProps['onMove']> {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  return (chapter, after, readId) => moveAfter(queryClient, authoring, chapter, after, readId)
}
