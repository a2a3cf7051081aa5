import {
  type KeyboardEvent,
  memo,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Key, type Selection, Tree } from 'react-aria-components/Tree'
import type { Chart } from '../chart.ts'
import { describeItem } from '../components/item-details.ts'
import type { ChartMarks } from '../drawing/marks.ts'
import { listAncestors } from '../search.ts'
import { buildOutline, listParentIds } from './outline-items.ts'
import { OutlineContext, renderOutlineItem } from './outline-line.tsx'

type ChartOutlineProps = {
  chart: Chart
  marks: ChartMarks
  selectedId: string | null
  onSelect: (id: string) => void
}

/** The chart as a tree of states and transitions. Enter follows a transition to its target. */
export function ChartOutline({ chart, marks, selectedId, onSelect }: ChartOutlineProps) {
  const descriptionId = useId()
  const context = useMemo(
    () => ({ marks, selectedId, descriptionId }),
    [marks, selectedId, descriptionId],
  )
  const latestOnSelect = useRef(onSelect)
  useEffect(() => {
    latestOnSelect.current = onSelect
  })
  const select = useCallback((id: string) => latestOnSelect.current(id), [])
  return (
    <OutlineContext value={context}>
      <OutlineTree chart={chart} selectedId={selectedId} onSelect={select} />
      <p id={descriptionId} hidden>
        {selectedId !== null && describeItem(chart, selectedId)}
      </p>
    </OutlineContext>
  )
}

type OutlineTreeProps = Omit<ChartOutlineProps, 'marks'>

// Memoized, because marks change with every step of a live actor, and a tree re-renders all its
// rows.
const OutlineTree = memo(function OutlineTree({ chart, selectedId, onSelect }: OutlineTreeProps) {
  const root = useMemo(() => buildOutline(chart), [chart])
  const [collapsed, setCollapsed] = useState<ReadonlySet<Key>>(new Set())
  const tree = useRef<HTMLDivElement>(null)
  const followedId = useRef<string | null>(null)
  const parentIds = useMemo(() => listParentIds(root), [root])

  useEffect(() => {
    if (selectedId === null || selectedId !== followedId.current) return
    followedId.current = null
    tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(selectedId)}"]`)?.focus()
  }, [selectedId])

  const expand = (ids: string[]) =>
    setCollapsed((now) => new Set([...now].filter((id) => !ids.includes(String(id)))))
  const follow = (id: string) => {
    expand(listAncestors(chart.root, id).map((ancestor) => ancestor.id))
    followedId.current = id
    onSelect(id)
  }
  const toggle = (id: string) =>
    collapsed.has(id) ? expand([id]) : setCollapsed(new Set([...collapsed, id]))
  // React Aria's `onAction` would replace the selection by touch.
  const onKeyDownCapture = ({ key, target }: KeyboardEvent) => {
    const id = target instanceof HTMLElement ? target.dataset.key : undefined
    if (key !== 'Enter' || id === undefined) return
    const transition = chart.transitions.find((candidate) => candidate.id === id)
    const [targetId] = transition?.targets ?? []
    if (targetId !== undefined) follow(targetId)
    else if (parentIds.includes(id)) toggle(id)
  }

  return (
    <div onKeyDownCapture={onKeyDownCapture}>
      <Tree
        ref={tree}
        aria-label="States and transitions"
        items={[root]}
        selectionMode="single"
        selectionBehavior="replace"
        keyboardNavigationBehavior="tab"
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onSelectionChange={(keys) => onSelect(toId(keys))}
        expandedKeys={parentIds.filter((id) => !collapsed.has(id))}
        onExpandedChange={(keys) => setCollapsed(new Set(parentIds.filter((id) => !keys.has(id))))}
        className="py-1 text-sm"
      >
        {renderOutlineItem}
      </Tree>
    </div>
  )
})

// With single selection, `keys` is never `all`.
function toId(keys: Selection): string {
  const [key = ''] = keys
  return String(key)
}
