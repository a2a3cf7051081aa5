import type { AnyMachineSnapshot } from 'xstate'
import type { RequestKind } from '#machines/next-request.ts'
import { isRemovedElsewhere, type VideoContext } from '#machines/video.context.ts'
import {
  createPaths,
  type EventCase,
  exploreModel,
  type Model,
  type ModelPath,
} from '../../support/model.ts'
import { type Criterion, findRoutes } from '../criteria.ts'
import { listTransitions } from '../transitions.ts'
import type { UnreachableTransitions } from '../unreachable.ts'
import { type VideoStart, videoModel } from '../video.model.ts'

type Condition = (snapshot: AnyMachineSnapshot) => boolean

const getContext = (snapshot: AnyMachineSnapshot): VideoContext => snapshot.context

const isShown: Condition = (snapshot) => !snapshot.hasTag('removing') && !snapshot.hasTag('removed')

/** A video that was removed elsewhere offers its restoration instead of a choice of names. */
const isChoiceShown: Condition = (snapshot) =>
  isShown(snapshot) && !isRemovedElsewhere(getContext(snapshot))

const isRequest =
  (kind: RequestKind): Condition =>
  (snapshot) =>
    getContext(snapshot).request?.kind === kind

/**
 * The cases that can happen on a page, with their conditions: there is a button to press, and the
 * server is in the state that it answers with. An unanswered link or change never arrived; an
 * unanswered removal did.
 */
const conditions: Record<string, Condition> = {
  retry: (snapshot) => snapshot.hasTag('failed') || snapshot.hasTag('retrying'),
  remove: isShown,
  edit: isShown,
  cancel: isShown,
  rename: isShown,
  'rename back': isShown,
  restore: (snapshot) => !isShown(snapshot),
  'retry rename': isChoiceShown,
  'discard rename': isChoiceShown,
  'keep mine': isChoiceShown,
  'take theirs': isChoiceShown,
  linked: () => true,
  changed: () => true,
  removed: () => true,
  refused: () => true,
  restored: (snapshot) => getContext(snapshot).confirmed.version > 0,
  'was never linked': () => true,
  'had been removed elsewhere': () => true,
  'renamed elsewhere': isRequest('change'),
  lost: () => true,
  'timed out': () => true,
  'backed off': () => true,
  connected: () => true,
}

const pageStarts: VideoStart[] = ['a pick that was sent', 'a row from the server']

/** The model of the video, limited to what can happen on a page. */
export const videoPageModel: Model = {
  ...videoModel,
  inputs: Object.fromEntries(pageStarts.map((start) => [start, videoModel.inputs[start]])),
  cases: Object.fromEntries(
    Object.entries(conditions).map(([name, condition]): [string, EventCase] => [
      name,
      (snapshot) => (condition(snapshot) ? (videoModel.cases[name]?.(snapshot) ?? null) : null),
    ]),
  ),
}

/** The transitions that no path on a page takes. */
export const notTakenOnPage: readonly UnreachableTransitions[] = [
  {
    reason: 'The page waits until there is a connection, or until the wait is aborted.',
    names: ['video.request.waiting|xstate.error.actor.connection|0'],
  },
  {
    reason: 'It needs a second video of the same asset, which the chapter releases.',
    names: ['video.request|video.release|0'],
  },
  {
    reason: 'A page with one row has no control for it.',
    names: [
      'video.link.linked|video.restore|0',
      'video.filename.unsaved|video.setFilename|0',
      'video.filename|video.setFilename|0',
      'video|video.move|0',
    ],
  },
  {
    reason: 'It needs an earlier page, and a reload would end the test.',
    names: ['video.link.optimistic||2', 'video.link.optimistic||3'],
  },
  {
    reason: 'Only a move reveals that someone else gave the same name.',
    names: ['video.filename.conflict||0'],
  },
]

/** Creates paths through the page that fulfil a criterion. */
export function createPagePaths(
  kind: Extract<Criterion['kind'], 'states' | 'transitions'>,
): ModelPath[] {
  return createPaths(videoPageModel, findRoutes({ kind }, exploreModel(videoPageModel), 1))
}

/** Finds the transitions of the video that none of the paths takes. */
export function findMissed(paths: readonly ModelPath[]): string[] {
  const taken = new Set(paths.flatMap(({ microsteps }) => microsteps.flat(2)))
  return [...listTransitions(videoModel.machine).keys()].filter((id) => !taken.has(id)).sort()
}
