import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { formatCount } from '#shared/count.ts'
import type { Chart } from '../chart.ts'
import { guardLabel } from '../chart-parts.ts'
import { descriptionOf } from '../components/item-words.ts'
import type { ChartMarks } from '../drawing/marks.ts'
import { ancestorsIn } from '../search.ts'
import { moveBy, type OutlineItem, outlineOf, targetsLabel } from './outline-items.ts'

type ChartOutlineProps = {
  chart: Chart
  marks: ChartMarks
  selectedId: string | null
  onSelect: (id: string) => void
}

/** The chart as a tree to read and walk: states, and below each its transitions, which lead on to their targets. */
export function ChartOutline({ chart, marks, selectedId, onSelect }: ChartOutlineProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const tree = useRef<HTMLDivElement>(null)
  const items = useMemo(() => outlineOf(chart, closed), [chart, closed])
  const descriptionId = useId()
  const current = items.some(({ id }) => id === selectedId) ? selectedId : (items[0]?.id ?? null)

  useEffect(() => {
    // Only for who walks it: whatever else the panel shows must not run away from who chooses elsewhere.
    if (selectedId === null || !tree.current?.contains(document.activeElement)) return
    const chosen = tree.current.querySelector<HTMLElement>('[aria-selected="true"]')
    chosen?.scrollIntoView({ block: 'nearest' })
    chosen?.focus()
  }, [selectedId])

  const setOpen = (id: string, isOpen: boolean) =>
    setClosed((now) => {
      const next = new Set(now)
      if (isOpen) next.delete(id)
      else next.add(id)
      return next
    })
  const goTo = (id: string) => {
    for (const { id: outer } of ancestorsIn(chart.root, id)) setOpen(outer, true)
    onSelect(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveBy(event.key, items, current)
    if (event.key === 'Escape') onSelect('')
    else if (!move) return
    else if ('open' in move) setOpen(move.open, true)
    else if ('close' in move) setOpen(move.close, false)
    else goTo('to' in move ? move.to : move.follow)
    event.preventDefault()
  }

  return (
    <>
      <div
        ref={tree}
        role="tree"
        aria-label="States and transitions"
        onKeyDown={onKeyDown}
        className="py-1 text-sm"
      >
        {items.map((item) => (
          <OutlineLine
            key={item.id}
            item={item}
            marks={marks}
            isSelected={item.id === selectedId}
            descriptionId={item.id === current ? descriptionId : null}
            onSelect={goTo}
          />
        ))}
      </div>
      <p id={descriptionId} hidden>
        {current !== null && descriptionOf(chart, current)}
      </p>
    </>
  )
}

type OutlineLineProps = {
  item: OutlineItem
  marks: ChartMarks
  isSelected: boolean
  /** Where the line is described that the keyboard is on; null for all others. */
  descriptionId: string | null
  onSelect: (id: string) => void
}

const OutlineLine = ({ item, marks, isSelected, descriptionId, onSelect }: OutlineLineProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its lines
  <div
    role="treeitem"
    aria-level={item.level}
    aria-selected={isSelected}
    {...(item.kind === 'state' && item.isOpen !== null && { 'aria-expanded': item.isOpen })}
    {...(marks.active.has(item.id) && { 'aria-current': 'true' as const })}
    aria-describedby={descriptionId ?? undefined}
    tabIndex={descriptionId === null ? -1 : 0}
    onClick={() => onSelect(item.id)}
    className={`flex min-h-7 items-baseline gap-2 px-3 py-1 leading-tight focus-visible:outline-offset-[-2px] max-sm:min-h-10 max-sm:items-center ${lookOf(item, marks, isSelected)}`}
  >
    <span className={indents[Math.min(item.level, indents.length) - 1]} />
    {item.kind === 'state' ? (
      <span className="font-semibold">
        {item.state.key}
        {item.remarks.length > 0 && (
          <span className="font-normal text-ink-soft"> · {item.remarks.join(', ')}</span>
        )}
        {marks.active.has(item.id) && <span className="font-normal text-accent"> · active</span>}
      </span>
    ) : (
      <TransitionWords item={item} marks={marks} />
    )}
  </div>
)

const TransitionWords = ({
  item: { transition },
  marks,
}: {
  item: Extract<OutlineItem, { kind: 'transition' }>
  marks: ChartMarks
}) => (
  <span className="min-w-0">
    {transition.label}
    {transition.guard && <span className="text-ink-soft"> if {guardLabel(transition.guard)}</span>}
    <span className="text-ink-soft"> {targetsLabel(transition)}</span>
    {marks.taken.has(transition.id) && <span className="text-accent"> · just taken</span>}
    <CountWords count={marks.counts?.get(transition.id)} />
  </span>
)

const CountWords = ({ count }: { count: number | undefined }) =>
  count !== undefined && (
    <span className="text-ink-soft">
      {' · '}
      {count === 0 ? 'never taken' : `taken ${formatCount(count, 'time')}`}
    </span>
  )

const indents = ['hidden', 'w-3', 'w-6', 'w-9', 'w-12', 'w-15'].map((width) => `shrink-0 ${width}`)

function lookOf({ id }: OutlineItem, marks: ChartMarks, isSelected: boolean): string {
  if (isSelected) return 'bg-accent-soft'
  if (marks.found.has(id)) return 'bg-warning-soft'
  return 'hover:bg-hover'
}
