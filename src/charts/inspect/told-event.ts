import type { AnyActorRef, InspectionEvent } from 'xstate'
import { type MayTell, told } from './told.ts'

/**
 * What XState says of an actor, as it may be told: with stand-ins for the actors, and only what an
 * inspector shows of their snapshots. `undefined` for what it does not show.
 */
export function toldEvent(event: InspectionEvent, mayTell: MayTell): InspectionEvent | undefined {
  const actorRef = standInFor(event.actorRef as AnyActorRef, mayTell)
  const tell = (value: unknown) => told(value, mayTell)
  const parts = () => {
    switch (event.type) {
      case '@xstate.actor':
        return {}
      case '@xstate.event':
        return { event: tell(event.event), sourceRef: sourceOf(event) }
      case '@xstate.snapshot':
        return { event: tell(event.event), snapshot: toldSnapshot(event.snapshot, mayTell) }
      default:
        return undefined
    }
  }
  const shown = parts()
  // An inspector reads of an actor and of its snapshot what the stand-ins have, and nothing else.
  return shown && ({ type: event.type, rootId: event.rootId, actorRef, ...shown } as never)
}

const sourceOf = ({ sourceRef }: { sourceRef: { sessionId: string } | undefined }) =>
  sourceRef && { sessionId: sourceRef.sessionId }

function standInFor(actor: AnyActorRef & { logic?: { config?: unknown } }, mayTell: MayTell) {
  const config = actor.logic?.config
  return {
    id: actor.id,
    sessionId: actor.sessionId,
    _parent: actor._parent && { sessionId: actor._parent.sessionId },
    // A machine's is its definition; a promise's is its code.
    logic: { config: typeof config === 'object' ? config : undefined },
    getSnapshot: () => toldSnapshot(actor.getSnapshot(), mayTell),
  }
}

type AnySnapshot = {
  status?: string
  value?: unknown
  context?: unknown
  output?: unknown
  error?: unknown
}

function toldSnapshot(snapshot: AnySnapshot | undefined, mayTell: MayTell) {
  const { status = 'active', value, context, output, error } = snapshot ?? {}
  return {
    status,
    ...(value !== undefined && { value }),
    ...(context !== undefined && { context: told(context, mayTell) }),
    ...(output !== undefined && { output: told(output, mayTell) }),
    ...(error !== undefined && { error: told(error, mayTell) }),
  }
}
