import { useId } from 'react'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { usePicker, usePicks } from '../picker.store.ts'
import type { RestOfLibrary } from './use-pick-rest.ts'

type PickBarProps = {
  /** The number of videos that match the search, such as `4 videos`. */
  found: string | undefined
  /** The assets that can't be picked: the chapter may have got some since they were. */
  linkedMediaIds: ReadonlySet<string> | undefined
  rest: RestOfLibrary | null
  onAdd: (picks: readonly MediaPick[]) => void
  onCancel: () => void
  onAddWithoutPicks: () => void
}

export function PickBar(props: PickBarProps) {
  const { found, linkedMediaIds, rest, onAdd, onCancel, onAddWithoutPicks } = props
  const hintId = useId()
  const kept = usePicks((chapter) => chapter.picks)
  const clear = usePicker((state) => state.clear)
  const picks = kept.filter(({ mediaId }) => !linkedMediaIds?.has(mediaId))
  const hasPicks = picks.length > 0

  return (
    <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
      <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-2 text-ink-soft max-sm:basis-full">
        <p role="status" id={hintId}>
          {describePicks(found, picks.length, rest !== null)}
        </p>
        {rest && <RestButton {...rest} />}
        {hasPicks && (
          <Button size="small" variant="quiet" onClick={clear}>
            Clear picks
          </Button>
        )}
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:justify-end">
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          variant="primary"
          aria-disabled={!hasPicks}
          aria-describedby={hasPicks ? undefined : hintId}
          onClick={() => (hasPicks ? onAdd(picks) : onAddWithoutPicks())}
        >
          {hasPicks ? `Add ${formatCount(picks.length, 'video')}` : 'Add videos'}
        </Button>
      </div>
    </footer>
  )
}

const RestButton = ({ count, isAll, isLoading, pick }: RestOfLibrary) => (
  <Button
    size="small"
    icon={isLoading && <SpinnerIcon />}
    aria-disabled={isLoading}
    onClick={() => !isLoading && pick()}
  >
    {`Pick ${isAll ? 'all' : 'the first'} ${formatCount(count, 'video')}`}
  </Button>
)

function describePicks(found: string | undefined, picked: number, hasRest: boolean): string {
  const hint = picked > 0 ? '' : ': pick the videos to add'
  const words = `${picked} picked${hasRest ? ', all that are loaded' : hint}`
  return found === undefined ? words : `${found} · ${words}`
}
