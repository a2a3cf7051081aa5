import { useId } from 'react'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { Button } from '#ui/button.tsx'
import { sumDurations } from '../pick-order.ts'
import { usePicker, usePicks } from '../picker.store.ts'
import { PickOrder } from './pick-order.tsx'
import { SelectRemainingButton } from './select-remaining-button.tsx'
import type { RestOfLibrary } from './use-pick-rest.ts'

type PickBarProps = {
  /** The number of videos that match the search, such as `4 videos`. */
  found: string | undefined
  /** The assets that can't be picked, which may by now include some of the picks. */
  linkedMediaIds: ReadonlySet<string> | undefined
  rest: RestOfLibrary | null
  onAdd: (picks: readonly MediaPick[]) => void
  onCancel: () => void
  onAddWithoutPicks: () => void
}

export function PickBar(props: PickBarProps) {
  const { found, linkedMediaIds, rest, onAdd, onCancel, onAddWithoutPicks } = props
  const hintId = useId()
  const allPicks = usePicks((chapter) => chapter.picks)
  const clear = usePicker((state) => state.clear)
  const picks = allPicks.filter(({ mediaId }) => !linkedMediaIds?.has(mediaId))
  const hasPicks = picks.length > 0

  return (
    <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
      <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-2 text-ink-soft max-sm:basis-full">
        <p role="status" id={hintId}>
          {describePicks(found, picks, rest !== null)}
        </p>
        {rest && <SelectRemainingButton {...rest} />}
        {hasPicks && <PickOrder picks={picks} onEmpty={onAddWithoutPicks} />}
        {hasPicks && (
          <Button size="small" variant="quiet" onClick={clear}>
            Clear selection
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

function describePicks(
  found: string | undefined,
  picks: readonly MediaPick[],
  hasRest: boolean,
): string {
  const duration = formatDuration(sumDurations(picks))
  const hint = picks.length > 0 ? `, ${duration}` : '. Choose videos to add.'
  const text = `${picks.length} selected${hasRest ? ' (all loaded)' : ''}${hint}`
  return found === undefined ? text : `${found} · ${text}`
}
