import { useId } from 'react'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { usePicker } from '../picker.store.ts'

type PickBarProps = {
  /** The number of videos that match the search, such as `4 videos`. */
  found: string | undefined
  onAdd: (picks: readonly MediaPick[]) => void
  onCancel: () => void
  onAddWithoutPicks: () => void
}

export function PickBar({ found, onAdd, onCancel, onAddWithoutPicks }: PickBarProps) {
  const hintId = useId()
  const picks = usePicker((state) => state.picks)
  const clear = usePicker((state) => state.clear)
  const hasPicks = picks.length > 0

  return (
    <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
      <div className="flex min-h-8 min-w-0 flex-1 items-center gap-2 text-ink-soft max-sm:basis-full">
        <p role="status" id={hintId}>
          {describePicks(found, picks.length)}
        </p>
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

function describePicks(found: string | undefined, picked: number): string {
  const words = `${picked} picked${picked > 0 ? '' : ': pick the videos to add'}`
  return found === undefined ? words : `${found} · ${words}`
}
