import type { Change, ChangeKind, Direction, Obstacle, Operation, Step } from '#machines/history.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'

interface ChangeLabels {
  done: string
  doing: string
  /** The kind of thing it was done to. */
  thing: 'video' | 'chapter' | 'course'
}

const changeLabels: Record<ChangeKind, ChangeLabels> = {
  add: { done: 'Added', doing: 'adding', thing: 'video' },
  remove: { done: 'Removed', doing: 'removing', thing: 'video' },
  move: { done: 'Moved', doing: 'moving', thing: 'video' },
  sort: { done: 'Sorted', doing: 'sorting', thing: 'video' },
  rename: { done: 'Renamed', doing: 'renaming', thing: 'video' },
  'chapter-create': { done: 'Added', doing: 'adding', thing: 'chapter' },
  'chapter-duplicate': { done: 'Duplicated', doing: 'duplicating', thing: 'chapter' },
  'chapter-remove': { done: 'Removed', doing: 'removing', thing: 'chapter' },
  'chapter-move': { done: 'Moved', doing: 'moving', thing: 'chapter' },
  'chapter-retitle': { done: 'Renamed', doing: 'renaming', thing: 'chapter' },
  'course-duplicate': { done: 'Duplicated', doing: 'duplicating', thing: 'course' },
  'course-remove': { done: 'Removed', doing: 'removing', thing: 'course' },
  'course-retitle': { done: 'Renamed', doing: 'renaming', thing: 'course' },
}

/** A step that a notice shows. Refused changes are shown in place instead. */
export type ShownStep = Step & { outcome: Exclude<Step['outcome'], 'refused'> }

type FindTitle = (chapterId: string) => string | undefined

/**
 * Describes changes of one kind: `Removed 3 videos from “Light”`.
 * @param findTitle looks up the title of a chapter
 */
function describeChanges(changes: readonly Change[], findTitle: FindTitle): string {
  const [first] = changes
  if (!first) return ''
  const { kind } = first
  const place = preposition[kind]
  const showsPlace = countSubjects(changes) > 1 || first.operations.some(changesChapter)
  const where = showsPlace && place ? describePlace(place, changes, findTitle) : ''
  return `${changeLabels[kind].done} ${describeSubject(changes)}${where}`
}

/** Describes what came of a step: `Undid removing 3 videos`. */
export function describeResult(
  { outcome, obstacle }: ShownStep,
  changes: readonly Change[],
  findTitle: FindTitle,
): string {
  const reason = obstacle ? `: ${describeObstacle(obstacle)}` : '.'
  switch (outcome) {
    case 'made':
    case 'redone':
      return describeChanges(changes, findTitle)
    case 'undone':
      return `Undid ${nameChanges(changes)}`
    case 'not-undone':
      return `Can’t undo ${nameChanges(changes)}${reason}`
    case 'not-redone':
      return `Can’t redo ${nameChanges(changes)}${reason}`
  }
}

/** Describes them as a noun: `removing 3 videos`. */
const nameChanges = (changes: readonly Change[]): string =>
  changes[0] ? `${changeLabels[changes[0].kind].doing} ${describeSubject(changes)}` : ''

/** Describes them as a command: `Undo removing 3 videos`. */
export const describeStep = (direction: Direction, changes: readonly Change[]): string =>
  `${directionLabels[direction]} ${nameChanges(changes)}`

export const directionLabels: Record<Direction, string> = { undo: 'Undo', redo: 'Redo' }

const preposition: Partial<Record<ChangeKind, string>> = {
  add: 'to',
  remove: 'from',
  move: 'to',
  sort: 'in',
}

const changesChapter = (operation: Operation) =>
  operation.field === 'place' && operation.from.chapterId !== operation.to.chapterId

function describePlace(place: string, changes: readonly Change[], findTitle: FindTitle) {
  const chapterIds = [...new Set(changes.flatMap(({ chapterIds }) => chapterIds))]
  const [only = ''] = chapterIds
  if (chapterIds.length > 1) return ` ${place} ${formatCount(chapterIds.length, 'chapter')}`
  const title = findTitle(only)
  return title === undefined ? '' : ` ${place} “${isolate(title)}”`
}

function describeSubject(changes: readonly Change[]): string {
  const [first] = changes
  if (!first) return ''
  const { thing } = changeLabels[first.kind]
  const count = countSubjects(changes)
  if (count > 1 || first.name === undefined) return formatCount(count, thing)
  return thing === 'video' ? isolate(first.name) : `${thing} “${isolate(first.name)}”`
}

/** A change with a name has one subject, however many operations it consists of. */
const countSubjects = (changes: readonly Change[]) =>
  changes.reduce(
    (sum, { name, operations }) => sum + (name === undefined ? operations.length : 1),
    0,
  )

const obstacleTexts: Record<Operation['field'], string> = {
  isPresent: 'part of it has since been removed or restored.',
  filename: 'a video has since been renamed.',
  place: 'a video has since been moved.',
  title: 'it has since been renamed.',
  position: 'it has since been moved.',
}

/** Why a change could not be undone or redone. */
function describeObstacle({ entity, field, isGone }: Obstacle): string {
  if (!isGone || field === 'isPresent') return obstacleTexts[field]
  return `${entity === 'video' ? 'a video' : 'it'} has since been removed.`
}
