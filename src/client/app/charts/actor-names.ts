import type { AnyActorRef } from 'xstate'

/** What the chart page calls an actor: a video by its filename, a chapter and everything else by its id. */
export function actorName(actor: AnyActorRef): string {
  const { machine, context } = actor.getSnapshot() ?? {}
  if (machine?.id === 'video') return String(context.filename)
  if (machine?.id === 'chapter') return `Chapter ${actor.id.slice(-6)}`
  return machine?.id === 'workspace' ? 'Workspace' : actor.id
}
