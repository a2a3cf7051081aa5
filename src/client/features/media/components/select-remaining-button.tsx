import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import type { RestOfLibrary } from './use-pick-rest.ts'

/** Extends the selection to the matches that are not loaded yet. */
export const SelectRemainingButton = ({ count, isAll, isLoading, select }: RestOfLibrary) => (
  <Button
    size="small"
    icon={isLoading && <SpinnerIcon />}
    aria-disabled={isLoading}
    onClick={() => !isLoading && select()}
  >
    {`Select ${isAll ? 'all' : 'the first'} ${formatCount(count, 'video')}`}
  </Button>
)
