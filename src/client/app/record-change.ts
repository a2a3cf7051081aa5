import type { ChangeKind, Operation } from '#machines/history.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'

/** A change of one chapter or course. */
interface SingleChange {
  kind: ChangeKind
  /** Its title. */
  name: string
  operation: Operation
}

/** A chapter or course, with the title that it had before. */
type Titled = { id: string; title: string } & (
  | { entity: 'chapter'; courseId: string }
  | { entity: 'course' }
)

/** Records that a chapter or a course was renamed, after the server has saved its title. */
export function recordRetitle(authoring: Authoring, titled: Titled, title: string) {
  const { id, title: from } = titled
  if (title === from) return
  const parts = { field: 'title' as const, id, from, to: title }
  const operation =
    titled.entity === 'chapter'
      ? { entity: titled.entity, courseId: titled.courseId, ...parts }
      : { entity: titled.entity, ...parts }
  recordSingle(authoring, { kind: `${titled.entity}-retitle`, name: title, operation })
}

/** Records a change of one chapter or course at once, and reports it as refused if it fails. */
export async function recordChange<Result>(
  authoring: Authoring,
  change: SingleChange,
  outcome: Promise<Result>,
): Promise<Result> {
  const number = recordSingle(authoring, change)
  try {
    return await outcome
  } catch (error) {
    authoring.send({ type: 'change.refused', number })
    throw error
  }
}

/** @returns the change's number */
function recordSingle(authoring: Authoring, { kind, name, operation }: SingleChange): number {
  const change = { kind, name, chapterIds: [], operations: [operation], madeAt: Date.now() }
  authoring.send({ type: 'change.made', change })
  return authoring.getSnapshot().context.history.count
}
