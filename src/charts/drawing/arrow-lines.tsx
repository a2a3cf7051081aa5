import type { PlacedArrow, Point } from '../layout/chart-layout.ts'
import { type ChartMarks, type Heat, toHeat } from './marks.ts'

/** An arrow's lines, from the source to its label and on to each target. */
export function ArrowLines({ placed, marks }: { placed: PlacedArrow; marks: ChartMarks }) {
  const { arrow, incoming, outgoing } = placed
  const isTaken = arrow.transitions.some(({ id }) => marks.taken.has(id))
  const heat = getArrowHeat(placed, marks)
  const baseStyle = heat === 'plain' && placed.isMain ? mainStyle : heatStyles[heat]
  const style = isTaken ? takenStyle : baseStyle
  return (
    <g className={`fill-none ${style.line}`} strokeWidth={style.width}>
      <path d={formatPath(incoming)} />
      {outgoing.map((line, index) => (
        <path
          key={arrow.targets[index]?.state.id}
          d={formatPath(line)}
          markerEnd={`url(#${style.head})`}
        />
      ))}
    </g>
  )
}

/** Classifies the sum of an arrow's transition counts; `plain` if none is counted. */
function getArrowHeat({ arrow }: PlacedArrow, { counts }: ChartMarks): Heat | 'plain' {
  const counted = arrow.transitions.flatMap(({ id }) => counts?.get(id) ?? [])
  return counted.length === 0 ? 'plain' : toHeat(counted.reduce((sum, count) => sum + count))
}

interface LineStyle {
  line: string
  head: string
  width: number
}

const takenStyle: LineStyle = { line: 'stroke-accent', head: 'chart-head-taken', width: 2.5 }

const mainStyle: LineStyle = { line: 'stroke-ink', head: 'chart-head-ink', width: 2.5 }

const heatStyles: Record<Heat | 'plain', LineStyle> = {
  plain: { line: 'stroke-line-strong', head: 'chart-head', width: 1 },
  none: { line: 'stroke-danger [stroke-dasharray:2_5]', head: 'chart-head-none', width: 1.5 },
  few: { line: 'stroke-success/55', head: 'chart-head-some', width: 1.5 },
  some: { line: 'stroke-success/80', head: 'chart-head-some', width: 2 },
  many: { line: 'stroke-success', head: 'chart-head-some', width: 3 },
}

/** The arrowheads that the lines refer to. */
export const ArrowHeads = () => (
  <defs>
    <Head id="chart-head" className="fill-line-strong" />
    <Head id="chart-head-taken" className="fill-accent" />
    <Head id="chart-head-none" className="fill-danger" />
    <Head id="chart-head-some" className="fill-success" />
    <Head id="chart-head-ink" className="fill-ink" />
  </defs>
)

const Head = ({ id, className }: { id: string; className: string }) => (
  <marker
    id={id}
    viewBox="0 0 10 10"
    refX={9.5}
    refY={5}
    markerWidth={9}
    markerHeight={9}
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0 1 10 5 0 9z" className={className} stroke="none" />
  </marker>
)

const cornerRadius = 6

/** Formats an SVG path through points, with rounded corners. */
export function formatPath(points: Point[]): string {
  const [first, ...others] = points
  if (!first) return ''
  const parts = others.map((point, index) => {
    const next = others[index + 1]
    if (!next) return `L${point.x} ${point.y}`
    const [from, to] = [moveTowards(point, points[index] ?? first), moveTowards(point, next)]
    return `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`
  })
  return `M${first.x} ${first.y}${parts.join('')}`
}

function moveTowards(corner: Point, target: Point): Point {
  const length = Math.hypot(target.x - corner.x, target.y - corner.y)
  const share = length === 0 ? 0 : Math.min(cornerRadius, length / 2) / length
  return {
    x: corner.x + (target.x - corner.x) * share,
    y: corner.y + (target.y - corner.y) * share,
  }
}
