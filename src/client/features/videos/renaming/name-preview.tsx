import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type Ref, useImperativeHandle, useRef } from 'react'
import { CheckIcon, WarningIcon } from '#ui/icons.tsx'
import type { PlannedName } from './check-names.ts'

export interface PreviewHandle {
  /** Scrolls to a row. */
  scrollTo: (index: number) => void
}

type NamePreviewProps = { names: readonly PlannedName[]; ref: Ref<PreviewHandle> }

/** Each name and its new name. Only the visible rows are mounted. */
export function NamePreview({ names, ref }: NamePreviewProps) {
  const scroller = useRef<HTMLElement>(null)
  const virtualizer = useVirtualizer({
    count: names.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => names[index]?.video.id ?? index,
    estimateSize: () => (matchMedia('(width < 40rem)').matches ? 57 : 37),
    overscan: 4,
  })
  useImperativeHandle(
    ref,
    () => ({
      scrollTo: (index) => {
        // In a low window the list itself may be out of view.
        scroller.current?.scrollIntoView({ block: 'nearest' })
        virtualizer.scrollToIndex(index, { align: 'center' })
      },
    }),
    [virtualizer],
  )
  return (
    <section
      ref={scroller}
      aria-label="Preview"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it
      tabIndex={0}
      className="min-h-40 flex-1 basis-0 overflow-y-auto border-t border-line bg-surface focus-visible:-outline-offset-2"
    >
      <ul
        aria-label="New names"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const name = names[index]
          return (
            name && (
              <li
                key={name.video.id}
                ref={virtualizer.measureElement}
                data-index={index}
                data-status={name.status}
                aria-posinset={index + 1}
                aria-setsize={names.length}
                className="absolute inset-x-0 top-0 border-b border-line px-5 py-2 max-sm:px-4"
                style={{ transform: `translateY(${start}px)` }}
              >
                <NameChange name={name} />
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}

const NameChange = memo(function NameChange({ name }: { name: PlannedName }) {
  const { video, filename, status, problem } = name
  if (status === 'unchanged') {
    return (
      <p className="text-ink-soft">
        <bdi className="break-words">{video.filename}</bdi>
        <span className="ml-2 text-sm">· unchanged</span>
      </p>
    )
  }
  return (
    <>
      <p className="grid grid-cols-2 gap-x-4 max-sm:grid-cols-1">
        <bdi className="min-w-0 break-words text-ink-soft">{video.filename}</bdi>
        <span className="sr-only"> becomes </span>
        <span className="flex min-w-0 items-start gap-1.5">
          {status === 'changed' ? (
            <CheckIcon className="mt-0.5 size-4 text-success" />
          ) : (
            <WarningIcon
              className={`mt-0.5 size-4 ${status === 'invalid' ? 'text-danger' : 'text-warning'}`}
            />
          )}
          <bdi className="min-w-0 font-medium break-words whitespace-pre-wrap">{filename}</bdi>
        </span>
      </p>
      {status === 'invalid' && <Note className="text-danger">{`${problem}.`}</Note>}
      {status === 'taken' && (
        <Note className="text-warning">
          Another video in this chapter has the same name. That’s allowed.
        </Note>
      )}
    </>
  )
})

const Note = ({ className, children }: { className: string; children: string }) => (
  <p className={`text-sm sm:pl-[calc(50%+2rem)] max-sm:pl-5.5 ${className}`}>{children}</p>
)
