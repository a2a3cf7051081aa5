import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { describeError } from '#client/lib/http.ts'
import type { MediaAsset } from '#contract/media.ts'
import { isolate } from '#shared/isolate.ts'
import { Button } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { UndoIcon } from '#ui/icons.tsx'
import { mergeAsset, restoreAssets } from '../api/change-asset.ts'
import { describeMerge } from '../describe-merge.ts'
import { type DuplicateChoice as Choice, useDuplicateChoices } from '../duplicates.store.ts'

type Named = Pick<MediaAsset, 'id' | 'filename'>

type DuplicateChoiceProps = {
  asset: Named
  /** An older asset with the same content, if one is known. */
  older: Named | undefined
  /** The text shown until something is chosen. */
  lead?: string
  /** Whether a chapter’s video of the asset is still being linked. */
  isAwaited: (mediaId: string) => boolean
}

/** Offers to use the older asset instead of the new one, or to keep both. */
export function DuplicateChoice({ asset, older, lead = '', isAwaited }: DuplicateChoiceProps) {
  const queryClient = useQueryClient()
  const choice = useDuplicateChoices(({ choices }) => choices[asset.id])
  const frame = useRef<HTMLDivElement>(null)
  const status = choice?.status ?? 'open'
  const isOpen = older !== undefined && (status === 'open' || status === 'busy')

  const choose = (next: Choice) =>
    restoreFocusAfter(
      () => useDuplicateChoices.getState().choose(asset.id, next),
      () => frame.current?.querySelector('button') ?? frame.current,
    )
  const run = async (act: () => Promise<Choice>, before: Choice['status']) => {
    if (status === 'busy') return
    choose({ status: 'busy', text: 'One moment…' })
    choose(await act().catch((error) => ({ status: before, text: describeError(error) })))
  }

  return (
    <div
      ref={frame}
      tabIndex={-1}
      className="flex flex-wrap items-center gap-x-1 gap-y-1 outline-none"
    >
      {/* Mounted before it has any text, so that screen readers announce the text. */}
      <p role="status" className="min-w-0 text-ink-soft break-words">
        {older || choice ? (choice?.text ?? lead) : ''}
      </p>
      {isOpen && (
        <>
          <Button
            size="small"
            aria-label={`Use existing instead of ${asset.filename}`}
            aria-disabled={status === 'busy'}
            onClick={() =>
              isAwaited(asset.id)
                ? choose({ status: 'open', text: stillAwaited })
                : void run(() => merge(queryClient, asset, older), 'open')
            }
          >
            Use existing
          </Button>
          <Button
            size="small"
            variant="quiet"
            aria-label={`Keep both ${asset.filename} and ${older.filename}`}
            aria-disabled={status === 'busy'}
            onClick={() => status === 'open' && choose({ status: 'kept', text: 'Kept both.' })}
          >
            Keep both
          </Button>
        </>
      )}
      {status === 'merged' && (
        <Button
          size="small"
          icon={<UndoIcon />}
          aria-label={`Undo removing ${asset.filename}`}
          onClick={() => void run(() => restore(queryClient, asset), 'merged')}
        >
          Undo
        </Button>
      )}
    </div>
  )
}

const stillAwaited = 'This video is still being linked. Try again in a moment.'

async function merge(queryClient: QueryClient, asset: Named, older: Named): Promise<Choice> {
  const result = await mergeAsset(queryClient, asset.id, older.id)
  return { status: 'merged', text: describeMerge(result, asset.filename, older.filename) }
}

/** Its videos stay linked to the older asset, which has the same content. */
async function restore(queryClient: QueryClient, { id, filename }: Named): Promise<Choice> {
  await restoreAssets(queryClient, [id])
  return { status: 'kept', text: `Restored ${isolate(filename)} to the library.` }
}
