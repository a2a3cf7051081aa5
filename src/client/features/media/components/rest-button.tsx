import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import type { RestOfLibrary } from './use-pick-rest.ts'

type RestButtonProps = RestOfLibrary & { verb: 'Pick' | 'Select' }

/** Extends the selection to the matches that are not loaded yet. */
export const RestButton = ({ verb, count, isAll, isLoading, select }: RestButtonProps) => (
  <Button
    size="small"
    icon={isLoading && <SpinnerIcon />}
    aria-disabled={isLoading}
    onClick={() => !isLoading && select()}
  >
    {`${verb} ${isAll ? 'all' : 'the first'} ${formatCount(count, 'video')}`}
  </Button>
)
