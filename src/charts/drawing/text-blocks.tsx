import type { Point } from '../layout/chart-layout.ts'
import type { TextBlock, TextBox, TextLine } from '../layout/chart-text.ts'
import { textStyles } from '../layout/measure-text.ts'

/** A box's lines of text, outlined so that they stay legible over arrows. */
export const TextBlocks = ({ text, at, rim }: { text: TextBox; at: Point; rim: string }) => (
  <g transform={`translate(${at.x} ${at.y})`} className={`${rim} pointer-events-none`}>
    {text.blocks.map((block) => (
      <g key={`${block.kind}${block.y}`}>
        {block.lines.map((line) => (
          <Line key={line.y} line={line} block={block} />
        ))}
      </g>
    ))}
  </g>
)

const Line = ({ line: { text, style, x, y }, block }: { line: TextLine; block: TextBlock }) => (
  <text
    x={x}
    y={y + textStyles[style].lineHeight * 0.74}
    fontSize={textStyles[style].size}
    fontWeight={textStyles[style].weight}
    className={getFillClass(block, style)}
    strokeWidth={4}
    strokeLinejoin="round"
    paintOrder="stroke"
  >
    {text}
  </text>
)

function getFillClass({ kind }: TextBlock, style: TextLine['style']): string {
  if (kind === 'tags') return 'fill-accent'
  return style === 'detail' ? 'fill-ink-soft' : 'fill-ink'
}
