import type { AnyActorRef, InspectionEvent } from 'xstate'
import { readLogicConfig, readParent } from '../xstate-internals.ts'
import { redact, type TextFilter } from './redact.ts'

/**
 * Redacts an inspection event: replaces its actors with plain objects that have only what
 * inspectors show. Returns undefined for events that inspectors don't show.
 */
export function redactEvent(
  event: InspectionEvent,
  allowText: TextFilter,
): InspectionEvent | undefined {
  const content = redactContent(event, allowText)
  if (!content) return undefined
  const { type, rootId } = event
  const actorRef = redactActor(event.actorRef as AnyActorRef, allowText)
  // The redacted actors and snapshots have every property that inspectors read.
  return { type, rootId, actorRef, ...content } as never
}

function redactContent(event: InspectionEvent, allowText: TextFilter): object | undefined {
  switch (event.type) {
    case '@xstate.actor':
      return {}
    case '@xstate.event': {
      const { sourceRef } = event
      return {
        event: redact(event.event, allowText),
        sourceRef: sourceRef && { sessionId: sourceRef.sessionId },
      }
    }
    case '@xstate.snapshot':
      return {
        event: redact(event.event, allowText),
        snapshot: redactSnapshot(event.snapshot, allowText),
      }
    default:
      return undefined
  }
}

function redactActor(actor: AnyActorRef, allowText: TextFilter) {
  const parent = readParent(actor)
  return {
    id: actor.id,
    sessionId: actor.sessionId,
    // The inspector looks for the parent under this name.
    _parent: parent && { sessionId: parent.sessionId },
    logic: { config: readLogicConfig(actor) },
    getSnapshot: () => redactSnapshot(actor.getSnapshot(), allowText),
  }
}

type AnySnapshot = {
  status?: string
  value?: unknown
  context?: unknown
  output?: unknown
  error?: unknown
}

function redactSnapshot(snapshot: AnySnapshot | undefined, allowText: TextFilter) {
  const { status = 'active', value, context, output, error } = snapshot ?? {}
  return {
    status,
    ...(value !== undefined && { value }),
    ...(context !== undefined && { context: redact(context, allowText) }),
    ...(output !== undefined && { output: redact(output, allowText) }),
    ...(error !== undefined && { error: redact(error, allowText) }),
  }
}
