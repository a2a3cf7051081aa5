import { type ChartTransition, isForbidden } from '../chart.ts'
import { formatInvokes } from '../invoke-names.ts'
import { formatActions, formatGuard, toStateKey } from '../labels.ts'
import { estimateText } from './estimate-text.ts'
import { type MeasureText, type TextStyle, textStyles } from './measure-text.ts'
import type { Arrow, VisibleState } from './visible-chart.ts'

/** A line of text, relative to the corner of its box. */
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
  /** The id of the transition; null for a block of another kind. */
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

type StyledText = { text: string; style: TextStyle }
type UnplacedBlock = Pick<TextBlock, 'kind' | 'transitionId'> & { texts: StyledText[] }

const maxLineWidth = 240
const padding = { state: { x: 12, y: 8 }, arrow: { x: 8, y: 4 } }
const blockGap = 4

/** Lays out the text of a state's box, or of its frame's header if it has states inside. */
export function layOutStateText(visible: VisibleState, measure: MeasureText): TextBox {
  const { state, own, exits, isCollapsed } = visible
  const blocks = [
    createBlock('name', { text: formatName(visible), style: 'title' }),
    ...createDetails('tags', state.tags.length > 0 ? [state.tags.join(' · ')] : []),
    ...createDetails('effect', [
      ...(state.entry.length > 0 ? [`entry / ${formatActions(state.entry)}`] : []),
      ...(state.exit.length > 0 ? [`exit / ${formatActions(state.exit)}`] : []),
    ]),
    ...createDetails(
      'invoke',
      formatInvokes(state).map((invoke) => `invoke ${invoke}`),
    ),
    ...createDetails('effect', isCollapsed ? [formatHiddenStates(visible)] : []),
    ...createDetails('effect', visible.entrances > 0 ? [formatEntrances(visible)] : []),
    ...own.map((transition) => createTransitionBlock(transition, listHiddenTargets(transition))),
    ...exits.map(({ transition, target }) => createTransitionBlock(transition, [target.state.key])),
  ]
  return placeBlocks(blocks, padding.state, measure)
}

/** Lays out the text of an arrow's label: a block for each of its transitions. */
export function layOutArrowText({ transitions }: Arrow, measure: MeasureText): TextBox {
  return placeBlocks(
    transitions.map((transition) => createTransitionBlock(transition, [])),
    padding.arrow,
    measure,
  )
}

const createBlock = (kind: TextBlock['kind'], text: StyledText): UnplacedBlock => ({
  kind,
  transitionId: null,
  texts: [text],
})

const createDetails = (kind: TextBlock['kind'], texts: string[]): UnplacedBlock[] =>
  texts.map((text) => createBlock(kind, { text, style: 'detail' }))

function formatName({ state }: VisibleState): string {
  if (state.kind !== 'history') return state.key
  return state.history === 'deep' ? `H* ${state.key}` : `H ${state.key}`
}

const maxListed = 8

function formatHiddenStates({ state }: VisibleState): string {
  const keys = state.states.map(({ key }) => key)
  const more = keys.length - maxListed
  const listed = keys.slice(0, maxListed).join(', ')
  return more > 0 ? `holds ${listed} and ${more} more` : `holds ${listed}`
}

const formatEntrances = ({ entrances }: VisibleState) =>
  entrances === 1 ? 'exit of 1 state' : `exit of ${entrances} states`

/** Lists the hidden targets of a transition that is listed in its state's box. */
const listHiddenTargets = ({ targets, source }: ChartTransition) =>
  targets.filter((target) => target !== source).map(toStateKey)

/** Creates a transition's block, with the names of targets that no line leads to. */
function createTransitionBlock(transition: ChartTransition, exits: string[]): UnplacedBlock {
  const { id, guard, actions, targets, reenter } = transition
  const texts: StyledText[] = [{ text: transition.label, style: 'event' }]
  const addDetail = (text: string) => texts.push({ text, style: 'detail' })
  if (guard) addDetail(`if ${formatGuard(guard)}`)
  if (actions.length > 0) addDetail(`/ ${formatActions(actions)}`)
  if (isForbidden(transition)) addDetail('does nothing')
  if (reenter) addDetail('re-enters')
  else if (targets.includes(transition.source)) addDetail('to itself')
  if (exits.length > 0) texts.push({ text: `→ ${exits.join(', ')}`, style: 'event' })
  return { kind: 'transition', transitionId: id, texts }
}

function placeBlocks(
  blocks: UnplacedBlock[],
  { x, y }: { x: number; y: number },
  measure: MeasureText,
): TextBox {
  const box: TextBox = { width: 0, height: y, blocks: [] }
  for (const { texts, ...block } of blocks) {
    const top = box.blocks.length === 0 ? box.height : box.height + blockGap
    let bottom = top
    const lines = texts.flatMap(wrap).map(({ text, style }) => {
      const line = { text, style, x, y: bottom, width: measure(text, style) }
      bottom += textStyles[style].lineHeight
      return line
    })
    box.blocks.push({ ...block, y: top, height: bottom - top, lines })
    box.width = Math.max(box.width, ...lines.map(({ width }) => Math.ceil(width) + 2 * x))
    box.height = bottom
  }
  return { ...box, height: box.height + y }
}

// Never breaks a word, because a broken name is unreadable. Lines break at the same places in every
// font, so a precomputed layout has room for them.
function wrap({ text, style }: StyledText): StyledText[] {
  const lines: StyledText[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const joined = last && `${last.text} ${word}`
    if (last && joined && estimateText(joined, style) <= maxLineWidth) last.text = joined
    else lines.push({ text: word, style })
  }
  return lines
}
