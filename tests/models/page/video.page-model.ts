import type { AnyMachineSnapshot } from 'xstate'
import { graphOf, type Model, type ModelPath, pathsOf } from '../../support/model.ts'
import { type Criterion, routesFor } from '../criteria.ts'
import { transitionsOf } from '../transitions.ts'
import type { Unreachable } from '../unreachable.ts'
import { videoModel } from '../video.model.ts'

type Condition = (snapshot: AnyMachineSnapshot) => boolean

const never: Condition = () => false
const isShown: Condition = (snapshot) => !snapshot.hasTag('hidden')
const isOnServer: Condition = ({ context }) => context.version > 0

/**
 * What has to hold for a case to happen on a page: there is something to press, and the server has
 * what it answers. A link or a name that got no answer never arrived there; a removal did.
 */
const conditions: Record<string, Condition> = {
  ...{ edit: isShown, cancel: isShown, rename: isShown },
  ...{ 'retry rename': isShown, 'discard rename': isShown },
  ...{ 'keep mine': isShown, 'take theirs': isShown },
  restore: (snapshot) => !isShown(snapshot) || snapshot.hasTag('unsaved'),
  ...{ 'removal refused': isOnServer, restored: isOnServer },
  ...{ 'wait to link broke': never, 'wait to remove broke': never },
  ...{ 'wait to restore broke': never, 'wait to rename broke': never },
}

/** The video as far as a page, its server and its network can take it. */
export const videoPageModel: Model = {
  ...videoModel,
  cases: Object.fromEntries(
    Object.entries(videoModel.cases).map(([name, caseOf]) => {
      const condition = conditions[name]
      return [name, (snapshot) => (condition?.(snapshot) === false ? null : caseOf(snapshot))]
    }),
  ),
}

/** The transitions that no path goes through on a page. */
export const leftOutOfPage: readonly Unreachable[] = [
  {
    reason: 'The page waits for a connection until there is one, or until it waits no more.',
    names: [
      'video.filename.queued.waitingForConnection|xstate.error.actor.renameConnection|0',
      'video.link.optimistic|xstate.error.actor.linkConnection|0',
      'video.link.removing.waiting|xstate.error.actor.removalConnection|0',
      'video.link.restoring.waiting|xstate.error.actor.restorationConnection|0',
    ],
  },
]

/** The paths through the page that fulfil a criterion. */
export function pagePaths(kind: Extract<Criterion['kind'], 'states' | 'transitions'>): ModelPath[] {
  return pathsOf(videoPageModel, routesFor({ kind }, graphOf(videoPageModel), 1))
}

/** The transitions of the video that none of the paths goes through. */
export function missedBy(paths: readonly ModelPath[]): string[] {
  const taken = new Set(paths.flatMap(({ microsteps }) => microsteps.flat(2)))
  return [...transitionsOf(videoModel.machine).keys()].filter((id) => !taken.has(id)).sort()
}
