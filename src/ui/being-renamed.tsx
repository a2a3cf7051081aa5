import { PersonIcon } from './icons.tsx'

/** Says that someone else is renaming something at the moment. */
export const BeingRenamed = () => (
  <p className="flex items-start gap-1.5 text-sm text-ink-soft">
    <PersonIcon className="mt-0.5 size-4" />
    <span className="min-w-0">Someone is renaming this</span>
  </p>
)
