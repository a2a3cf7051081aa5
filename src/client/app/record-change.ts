import type { ChangeKind, Operation } from '#machines/history.ts'
import type { TypedName } from '#ui/save-draft.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { isRefused } from '../lib/http.ts'

/** A change of one chapter or course. */
interface SingleChange {
  kind: ChangeKind
  /** Its title. */
  name: string
  operation: Operation
}

type Titled = { id: string } & ({ entity: 'chapter'; courseId: string } | { entity: 'course' })

/**
 * Records a new title of a chapter or a course at once. It can be undone unless the server refuses
 * it. A title that is sent again after its response was lost may be recorded already.
 */
export async function recordRetitle<Result>(
  authoring: Authoring,
  titled: Titled,
  { name, from, isRepeated }: Pick<TypedName, 'name' | 'from' | 'isRepeated'>,
  outcome: Promise<Result>,
): Promise<Result> {
  const operation = { ...titled, field: 'title' as const, from, to: name }
  const change = { kind: `${titled.entity}-retitle` as const, name, operation }
  const recorded = isRepeated ? findRetitle(authoring, titled.id, name) : undefined
  const number = recorded ?? (name === from ? undefined : recordSingle(authoring, change))
  try {
    return await outcome
  } catch (error) {
    if (number !== undefined && isRefused(error)) {
      authoring.send({ type: 'change.refused', number })
    }
    throw error
  }
}

/** Finds the number of the last change of a title, if it is a change to this one. */
function findRetitle(authoring: Authoring, id: string, title: string): number | undefined {
  const { past } = authoring.getSnapshot().context.history
  const isRetitle = (operation: Operation) => operation.field === 'title' && operation.id === id
  const last = past.findLast(({ operations }) => operations.some(isRetitle))
  return last?.operations.some(({ to }) => to === title) ? last.number : undefined
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
