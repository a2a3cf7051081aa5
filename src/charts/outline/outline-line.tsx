import { type ComponentProps, createContext, useContext } from 'react'
import { Button } from 'react-aria-components/Button'
import { Collection } from 'react-aria-components/Collection'
import { TreeItem, TreeItemContent } from 'react-aria-components/Tree'
import { formatCount } from '#shared/count.ts'
import { ChevronIcon } from '#ui/icons.tsx'
import { type ChartMarks, noMarks } from '../drawing/marks.ts'
import { formatGuard } from '../labels.ts'
import {
  formatItem,
  formatTargets,
  type OutlineItem,
  type StateItem,
  type TransitionItem,
} from './outline-items.ts'

interface OutlineContextValue {
  marks: ChartMarks
  selectedId: string | null
  /** The id of the element that describes the selected line. */
  descriptionId: string
}

/** The values that change on lines without a change to the tree. */
export const OutlineContext = createContext<OutlineContextValue>({
  marks: noMarks,
  selectedId: null,
  descriptionId: '',
})

/** Renders a line of the tree and the lines below it. */
export const renderOutlineItem = (item: OutlineItem) => (
  <TreeItem
    id={item.id}
    textValue={formatItem(item)}
    render={(props) => <OutlineRow {...props} item={item} />}
  >
    <TreeItemContent>
      {item.children.length > 0 ? (
        <Button
          slot="chevron"
          className="size-4 shrink-0 self-center text-ink-soft in-aria-[expanded=false]:-rotate-90"
        >
          <ChevronIcon className="size-4" />
        </Button>
      ) : (
        <span className="w-4 shrink-0" />
      )}
      {item.kind === 'state' ? <StateText item={item} /> : <TransitionText item={item} />}
    </TreeItemContent>
    <Collection items={item.children as OutlineItem[]}>{renderOutlineItem}</Collection>
  </TreeItem>
)

type OutlineRowProps = ComponentProps<'div'> & { item: OutlineItem }

function OutlineRow({ item, ...props }: OutlineRowProps) {
  const { marks, selectedId, descriptionId } = useContext(OutlineContext)
  const isSelected = item.id === selectedId
  const isFound = marks.found.has(item.id)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the props make it a row of the tree
    <div
      {...props}
      aria-label={[formatItem(item), ...listMarks(item, marks)].join(' · ')}
      aria-current={marks.active.has(item.id) ? 'true' : undefined}
      aria-describedby={isSelected ? descriptionId : undefined}
      className={`flex min-h-7 items-baseline gap-1.5 py-1 pr-3 pl-[calc(var(--tree-item-level)*0.75rem)] leading-tight focus-visible:outline-offset-[-2px] max-sm:min-h-10 max-sm:items-center ${getBackground(isSelected, isFound)}`}
    />
  )
}

function getBackground(isSelected: boolean, isFound: boolean): string {
  if (isSelected) return 'bg-accent-soft'
  return isFound ? 'bg-warning-soft' : 'hover:bg-hover'
}

function StateText({ item }: { item: StateItem }) {
  const { marks } = useContext(OutlineContext)
  return (
    <span className="min-w-0 font-semibold">
      <span>{item.state.key}</span>
      {item.remarks.length > 0 && (
        <span className="font-normal text-ink-soft">{` · ${item.remarks.join(', ')}`}</span>
      )}
      <MarkText item={item} marks={marks} className="font-normal text-accent" />
    </span>
  )
}

function TransitionText({ item }: { item: TransitionItem }) {
  const { marks } = useContext(OutlineContext)
  const { label, guard } = item.transition
  return (
    <span className="min-w-0">
      <span>{label}</span>
      {guard && <span className="text-ink-soft">{` if ${formatGuard(guard)}`}</span>}
      <span className="text-ink-soft">{` ${formatTargets(item.transition)}`}</span>
      <MarkText item={item} marks={marks} className="text-accent" />
    </span>
  )
}

type MarkTextProps = { item: OutlineItem; marks: ChartMarks; className: string }

const MarkText = ({ item, marks, className }: MarkTextProps) =>
  listMarks(item, marks).map((mark) => (
    <span key={mark} className={className}>
      {` · ${mark}`}
    </span>
  ))

/** Lists the marks of an item as text. */
function listMarks({ id }: OutlineItem, { active, taken, counts }: ChartMarks): string[] {
  const count = counts?.get(id)
  return [
    ...(active.has(id) ? ['active'] : []),
    ...(taken.has(id) ? ['just taken'] : []),
    ...(count === undefined
      ? []
      : [count === 0 ? 'never taken' : `taken ${formatCount(count, 'time')}`]),
  ]
}
