import { type ChartTransition, isForbidding } from '../chart.ts'
import { actionLabel, guardLabel } from '../chart-parts.ts'
import { estimateText } from './estimated-text.ts'
import { type MeasureText, type TextStyle, textStyles } from './text-styles.ts'
import type { Arrow, VisibleState } from './visible-chart.ts'

/** One line of a box, relative to the box's corner. */
export interface TextLine {
  text: string
  style: TextStyle
  x: number
  y: number
  width: number
}

/** Lines that belong together: a state's name, its tags, one transition. */
export interface TextBlock {
  kind: 'name' | 'tags' | 'effect' | 'invoke' | 'transition'
  /** The transition's id, where the block is one. */
  transitionId: string | null
  y: number
  height: number
  lines: TextLine[]
}

export interface TextBox {
  width: number
  height: number
  blocks: TextBlock[]
}

type Words = { text: string; style: TextStyle }
type BlockWords = Pick<TextBlock, 'kind' | 'transitionId'> & { words: Words[] }

const wrapAt = 240
const padding = { state: { x: 12, y: 8 }, arrow: { x: 8, y: 4 } }
const blockGap = 4

/** What stands in a state's box, or in the head of its frame where it has states inside. */
export function stateText(visible: VisibleState, measure: MeasureText): TextBox {
  const { state, own, isCollapsed } = visible
  const blocks: BlockWords[] = [plainBlock('name', { text: nameOf(visible), style: 'title' })]
  const detail = (text: string): Words => ({ text, style: 'detail' })
  if (state.tags.length > 0) blocks.push(plainBlock('tags', detail(state.tags.join(' · '))))
  for (const [word, actions] of [
    ['entry', state.entry],
    ['exit', state.exit],
  ] as const) {
    if (actions.length > 0) {
      blocks.push(plainBlock('effect', detail(`${word} / ${actions.map(actionLabel).join(', ')}`)))
    }
  }
  for (const { id, src } of state.invokes) {
    const text = src === null || src === id ? id : `${id}: ${src}`
    blocks.push(plainBlock('invoke', detail(`invoke ${text}`)))
  }
  if (isCollapsed) blocks.push(plainBlock('effect', detail(hiddenStates(visible))))
  return boxOf([...blocks, ...own.map(transitionBlock)], padding.state, measure)
}

/** What stands on an arrow: a block for each of its transitions. */
export function arrowText({ transitions }: Arrow, measure: MeasureText): TextBox {
  return boxOf(transitions.map(transitionBlock), padding.arrow, measure)
}

const plainBlock = (kind: TextBlock['kind'], words: Words): BlockWords => ({
  kind,
  transitionId: null,
  words: [words],
})

function nameOf({ state }: VisibleState): string {
  if (state.kind !== 'history') return state.key
  return state.history === 'deep' ? `H* ${state.key}` : `H ${state.key}`
}

function hiddenStates({ state }: VisibleState): string {
  const count = state.states.length
  return count === 1 ? '1 state inside' : `${count} states inside`
}

function transitionBlock(transition: ChartTransition): BlockWords {
  const { id, guard, actions, targets, reenter } = transition
  const words: Words[] = [{ text: transition.label, style: 'event' }]
  const detail = (text: string) => words.push({ text, style: 'detail' })
  if (guard) detail(`if ${guardLabel(guard)}`)
  if (actions.length > 0) detail(`/ ${actions.map(actionLabel).join(', ')}`)
  if (isForbidding(transition)) detail('does nothing')
  if (reenter) detail('re-enters')
  else if (targets.includes(transition.source)) detail('to itself')
  return { kind: 'transition', transitionId: id, words }
}

function boxOf(
  blocks: BlockWords[],
  { x, y }: { x: number; y: number },
  measure: MeasureText,
): TextBox {
  const box: TextBox = { width: 0, height: y, blocks: [] }
  for (const { words, ...block } of blocks) {
    const begin = box.blocks.length === 0 ? box.height : box.height + blockGap
    const lines = words.flatMap(wrap)
    let end = begin
    const placed = lines.map(({ text, style }) => {
      const line = { text, style, x, y: end, width: measure(text, style) }
      end += textStyles[style].lineHeight
      return line
    })
    box.blocks.push({ ...block, y: begin, height: end - begin, lines: placed })
    box.width = Math.max(box.width, ...placed.map(({ width }) => Math.ceil(width) + 2 * x))
    box.height = end
  }
  return { ...box, height: box.height + y }
}

// A word that is wider than that stays whole: names can't be read in pieces. Lines break at the same places in
// every font, so that a layout made ahead of time has room for them.
function wrap({ text, style }: Words): Words[] {
  const lines: Words[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const joined = last && `${last.text} ${word}`
    if (last && joined && estimateText(joined, style) <= wrapAt) last.text = joined
    else lines.push({ text: word, style })
  }
  return lines
}
