import { PersonIcon } from '#ui/icons.tsx'
import { useIsBeingRenamed } from './presence.store.ts'

/** Says that somebody else is renaming something at the moment. */
export function BeingRenamed({ id }: { id: string }) {
  if (!useIsBeingRenamed(id)) return null
  return (
    <p className="flex items-start gap-1.5 text-sm text-ink-soft">
      <PersonIcon className="mt-0.5 size-4" />
      <span className="min-w-0">Someone is renaming this</span>
    </p>
  )
}
